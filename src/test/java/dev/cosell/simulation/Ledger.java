package dev.cosell.simulation;

import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What people did and what the product wrote, as somebody sees it who looks at the systems alone. */
final class Ledger {
    /** Which values of a field may be there at rest. */
    static final class Expected {
        /** By the system in which somebody typed it. */
        final Map<String, String> values = new LinkedHashMap<>();
        /** Whether the two sides were changed apart, neither knowing of the other. */
        boolean conflict;
        int edits = 1;
        int writes;
    }

    /**
     * The product wrote a field in Partner Center.
     *
     * @param field null for the status
     */
    record WrittenThere(int deal, Field field) {}

    private final World world;
    private final Map<String, Expected> expected = new HashMap<>();
    private final Map<Integer, Integer> moves = new HashMap<>();
    private final Map<Integer, Integer> statusWrites = new HashMap<>();
    private final Set<WrittenThere> writtenThere = new LinkedHashSet<>();
    private final List<String> found = new ArrayList<>();
    private Throwable cause;
    private boolean writing;
    private int writes;

    Ledger(World world) {
        this.world = world;
    }

    Expected expected(int deal, Field field) {
        return expected.computeIfAbsent(deal + " " + field, key -> new Expected());
    }

    void began(int deal, String system, int number) {
        for (Field field : Field.values()) {
            expected(deal, field).values.put(system, Field.shown(field.value(number, system)));
        }
    }

    void edited(int deal, String system, Field field, String value) {
        Expected of = expected(deal, field);
        of.edits++;
        boolean atRest = Agreement.holds(world, world.deals.get(deal), field);
        if (atRest) {
            of.values.clear();
        }
        boolean differ = !atRest && !Agreement.showTheSame(world, world.deals.get(deal), field);
        of.conflict = differ && !isBehindAWrite(deal, system, field)
                && (of.conflict || !of.values.containsKey(system));
        of.values.put(system, value);
    }

    /** Who edits behind a write of the product whose answer is missing has edited later, and not apart. */
    private boolean isBehindAWrite(int deal, String system, Field field) {
        Map<String, String> ids = world.deals.get(deal).ids;
        return world.books.allLinks().stream()
                .filter(link -> link.crmId() != null && link.crmId().equals(ids.get(link.crm())))
                .map(link -> link.agreed().rows().get(field.in(link.crm()))).filter(Objects::nonNull)
                .map(agreed -> system.equals(Portal.SYSTEM) ? agreed.toReferral() : agreed.toCrm())
                .anyMatch(begun -> begun != null && begun.since() != null);
    }

    /**
     * A sync ended without a known end. When a write is noted that was computed from a read of before somebody's edit,
     * nobody can tell that edit from one that was made behind the write. So either of the two may win.
     */
    void leftUnfinished() {
        for (Link link : world.books.allLinks()) {
            World.Deal deal = link.crmId() == null ? null : world.deal(link.crm(), link.crmId());
            for (Field field : deal == null ? new Field[0] : Field.values()) {
                Agreed agreed = link.agreed().rows().get(field.in(link.crm()));
                if (agreed != null && (isOvertaken(world.portal, deal, field, agreed.toReferral(), true)
                        || isOvertaken(world.crms.get(link.crm()), deal, field, agreed.toCrm(), false))) {
                    expected(world.deals.indexOf(deal), field).conflict = false;
                }
            }
        }
    }

    private static boolean isOvertaken(Model model, World.Deal deal, Field field, Agreed.Begun begun, boolean there) {
        String id = deal.ids.get(model.system);
        if (begun == null || begun.since() == null || id == null) {
            return false;
        }
        String now = model.shown(id, field);
        Object read = there ? begun.since().referral() : begun.since().crm();
        return !field.normal(read).equals(now) && !field.normal(begun.value()).equals(now);
    }

    void moved(int deal) {
        moves.merge(deal, 1, Integer::sum);
    }

    int moves(int deal) {
        return moves.getOrDefault(deal, 0);
    }

    int statusWrites(int deal) {
        return statusWrites.getOrDefault(deal, 0);
    }

    Set<WrittenThere> writtenThere() {
        return writtenThere;
    }

    /** @return what it was before */
    boolean writing(boolean now) {
        boolean before = writing;
        writing = now;
        return before;
    }

    int writes() {
        return writes;
    }

    void created(String fromSystem, String fromId, String toSystem, String id) {
        World.Deal deal = world.deal(fromSystem, fromId);
        if (deal == null) {
            found(toSystem + " " + id + " was created for nothing: " + fromSystem + " " + fromId, null);
        } else if (deal.ids.containsKey(toSystem) && !isThere(toSystem, deal) && world.isLate()) {
            // No system can be asked to leave out a create whose answer nobody waits for any more.
            deal.afterDeletion.add(id);
        } else if (deal.ids.containsKey(toSystem) && (isThere(toSystem, deal)
                || wasJoined(deal, toSystem.equals(Portal.SYSTEM) ? fromSystem : toSystem))) {
            found("doubled: deal " + world.deals.indexOf(deal) + " has " + deal.ids.get(toSystem) + " and " + id
                    + " in " + toSystem, null);
        } else if (deal.ids.put(toSystem, id) != null && toSystem.equals(Portal.SYSTEM)) {
            // What another CRM has stays with the referral that was deleted.
            deal.ids.keySet().retainAll(List.of(fromSystem, toSystem));
        }
    }

    private boolean isThere(String system, World.Deal deal) {
        return world.model(system).get(deal.ids.get(system)) != null;
    }

    /** Whoever deletes a record before the two were joined may get it anew. */
    private boolean wasJoined(World.Deal deal, String crm) {
        return world.books.allLinks().stream().anyMatch(link -> link.crm().equals(crm) && link.referralId() != null
                && link.crmId() != null && link.referralId().equals(deal.ids.get(Portal.SYSTEM))
                && link.crmId().equals(deal.ids.get(crm)));
    }

    /** Whether it has two sides in each CRM, and the product knows it. */
    boolean isJoined(World.Deal deal) {
        return world.crms.keySet().stream().allMatch(crm -> world.books.allLinks().stream()
                .anyMatch(link -> link.isJoined() && link.crm().equals(crm)
                        && link.referralId().equals(deal.ids.get(Portal.SYSTEM))));
    }

    void changed(Model model, String id, Map<String, Object> before, Map<String, Object> after) {
        if (!writing || after == null) {
            return;
        }
        writes++;
        World.Deal deal = world.deal(model.system, id);
        if (before == null || deal == null) {
            return;
        }
        boolean any = !model.status(before).equals(model.status(after));
        if (any) {
            statusWrites.merge(world.deals.indexOf(deal), 1, Integer::sum);
            written(model, deal, after, null);
        }
        for (Field field : Field.values()) {
            String then = Field.shown(model.read(before, field));
            String now = Field.shown(model.read(after, field));
            if (!then.equals(now)) {
                any = true;
                expected(world.deals.indexOf(deal), field).writes++;
                written(model, deal, after, field);
            }
        }
        if (!any && differing(before, after) == 0) {
            found("a write without effect in " + model.system + " on " + id, null);
        }
    }

    /** What is written in a CRM is told in the same write. */
    private void written(Model model, World.Deal deal, Map<String, Object> after, Field field) {
        if (!(model instanceof CrmModel crm)) {
            writtenThere.add(new WrittenThere(world.deals.indexOf(deal), field));
            return;
        }
        String row = field == null ? Field.statusIn(crm.system) : field.in(crm.system);
        if (!crm.view.audit(after).contains(row + " in the CRM: ")) {
            found("the Audit field says nothing of " + row, null);
        }
    }

    private static long differing(Map<String, Object> before, Map<String, Object> after) {
        return after.entrySet().stream()
                .filter(each -> !List.of("eTag", "updatedDateTime", "SystemModstamp", "@odata.etag", "modifiedon")
                        .contains(each.getKey()))
                .filter(each -> !Objects.equals(each.getValue(), before.get(each.getKey()))).count();
    }

    void found(String what, Throwable why) {
        if (found.isEmpty()) {
            cause = why;
        }
        found.add(what);
    }

    List<String> found() {
        return found;
    }

    Throwable cause() {
        return cause;
    }
}
