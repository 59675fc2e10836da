package dev.cosell.cluster;

import dev.cosell.stories.CrmDriver;
import dev.cosell.stories.DealField;
import dev.cosell.stories.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * Sellers and portal users who edit deals on all three sides. Nobody edits a field again before its last edit has
 * arrived on all sides, so
 * that every edit has to arrive; different fields of one deal are edited at the same time.
 */
final class People {
    static final List<DealField> FIELDS = List.of(DealField.VALUE, DealField.DATE, DealField.NOTES);
    private static final int EDITS_FOR_A_NEW_DEAL = 20;
    /** Each look reads all of them: with more, a long run would do little else. */
    private static final int MOST_DEALS = 120;

    private final Cluster cluster;
    private final Random random;
    private final int atATime;
    private final Patience patience;
    private final OlderStates olderStates;
    /** Those that all sides have. */
    private final List<String> deals = new ArrayList<>();
    private final Map<String, Edit> waiting = new LinkedHashMap<>();
    private final Map<String, Edit> last = new LinkedHashMap<>();
    private final Map<String, String> crmIds = new LinkedHashMap<>();
    private final List<Edit> done = new ArrayList<>();
    private final List<Edit> decided = new ArrayList<>();
    private ThreeSides seen;
    private int number;
    /** Each edit has a value that no deal had before. */
    private int edited;

    /**
     * How they wait for what they made.
     *
     * @param between two looks at all sides, each of which reads every deal; what is measured is as exact as this
     * @param lost    after which nobody waits any longer
     */
    record Patience(Duration between, Duration lost) {
        /** Of the runs in the test command. */
        static final Patience SHORT = new Patience(Duration.ofMillis(300), Duration.ofMinutes(5));
        /** Of those that measure: what was only late is told from what was lost, also by a machine that is busy. */
        static final Patience LONG = new Patience(Duration.ofMillis(50), Duration.ofMinutes(10));
    }

    /** @param atATime most edits that are on their way */
    People(Cluster cluster, Random random, int atATime, Patience patience) {
        this(cluster, random, atATime, patience, OlderStates.none());
    }

    /** @param olderStates what may lose; all else has to arrive */
    People(Cluster cluster, Random random, int atATime, Patience patience, OlderStates olderStates) {
        this.olderStates = olderStates;
        this.cluster = cluster;
        this.random = random;
        this.atATime = atATime;
        this.patience = patience;
    }

    List<String> deals() {
        return List.copyOf(deals);
    }

    /** In the order in which they arrived; lost ones when they were given up. */
    List<Edit> edits() {
        return List.copyOf(done);
    }

    /** Edits that lost, by the row of their field and not without right. */
    List<Edit> decided() {
        return List.copyOf(decided);
    }

    /** Makes deals, on each side in turn, and waits until all sides have them. */
    void makeDeals(int count) {
        for (int i = 0; i < count; i++) {
            newDeal();
        }
        finish();
    }

    private void newDeal() {
        String side = sides().get(number++ % sides().size());
        CrmDriver crm = cluster.crm(side);
        long begun = System.nanoTime();
        String id = crm == null ? cluster.newDeal() : crm.newOpportunity(crm.visibleToMicrosoft());
        waiting.put(id, new Edit(id, null, "", "", side, begun, null));
    }

    private List<String> sides() {
        List<String> sides = new ArrayList<>(cluster.crms().keySet());
        sides.add("partner-center");
        return sides;
    }

    /**
     * So many edits; the last of them may still be on their way.
     *
     * @param told how many were made, each time one was
     */
    void edit(int count, IntConsumer told) {
        for (int made = 0; made < count; look()) {
            for (int tries = 0; tries < atATime && waiting.size() < atATime && made < count; tries++) {
                if (editOne()) {
                    told.accept(++made);
                    if (made % EDITS_FOR_A_NEW_DEAL == 0 && deals.size() < MOST_DEALS) {
                        newDeal();
                    }
                }
            }
        }
    }

    private boolean editOne() {
        String deal = deals.get(random.nextInt(deals.size()));
        DealField field = FIELDS.get(random.nextInt(FIELDS.size()));
        String side = sides().get(random.nextInt(sides().size()));
        if (waiting.containsKey(deal + field)) {
            return false;
        }
        Edit edit = new Edit(deal, field, seen.inPortal(deal, field), field.value(++edited), side, System.nanoTime(),
                null);
        waiting.put(edit.key(), edit);
        last.put(edit.key(), edit);
        if (edit.inPortal()) {
            field.editInPortal(cluster.portal(), deal, edit.value());
        } else {
            field.editInCrm(cluster.crm(side), crmIds.get(side + deal), edit.value());
        }
        return true;
    }

    /** Waits until all edits have arrived or are lost. */
    void finish() {
        while (!waiting.isEmpty()) {
            look();
        }
    }

    /** What has arrived, and what never will. */
    private void look() {
        World.pause((int) patience.between().toMillis());
        ThreeSides now = ThreeSides.of(cluster);
        seen = now;
        long at = System.nanoTime();
        for (Iterator<Edit> each = waiting.values().iterator(); each.hasNext();) {
            Edit edit = each.next();
            if (arrived(edit, now)) {
                done.add(edit.arrivedAt(at));
                olderStates.agreed(edit.arrivedAt(at));
                each.remove();
            } else if (olderStates.letLose(edit, now)) {
                // That all show the same again is no agreement yet: a CRM that is joined later may decide the next.
                decided.add(edit);
                last.put(edit.key(), edit.lostTo());
                each.remove();
            } else if (at - edit.made() > patience.lost().toNanos()) {
                done.add(edit);
                each.remove();
            }
        }
    }

    private boolean arrived(Edit edit, ThreeSides now) {
        if (edit.field() != null) {
            return now.show(edit.referralId(), edit.field(), edit.value());
        }
        String deal = edit.inPortal() ? edit.referralId() : now.referralOf(edit.side(), edit.referralId());
        if (deal == null || !now.joined(deal)) {
            return false;
        }
        deals.add(deal);
        cluster.crms().keySet().forEach(crm -> crmIds.put(crm + deal, now.crmId(crm, deal)));
        return true;
    }

    /** What is not as it was edited last, or not the same on all sides, in words. */
    List<String> differences() {
        ThreeSides now = ThreeSides.of(cluster);
        List<String> found = new ArrayList<>();
        last.values().stream().filter(edit -> !now.show(edit.referralId(), edit.field(), edit.value()))
                .forEach(edit -> found.add(edit.field() + " of " + edit.referralId() + " was last edited to "
                        + edit.value() + " in " + edit.side()));
        deals.forEach(deal -> found.addAll(now.differences(deal)));
        return found;
    }
}
