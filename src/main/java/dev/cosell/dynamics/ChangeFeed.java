package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.JoinedRecords;
import dev.cosell.verbs.PartRows;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What changed since a position: opportunities, and in the same call their solution rows. A position is that of the
 * opportunities and, behind a bar, that of the solution rows; either may be empty, to be read from the beginning.
 */
public final class ChangeFeed {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");

    /** One batch that was refused may have met a bad moment. */
    private static final int ENOUGH = 3;

    private final OpportunityFeed opportunities;
    private final SolutionFeed solutions;
    private final AtomicInteger inVain = new AtomicInteger();

    /** @param pageSize most rows of each table in one page, 1 to 5000 */
    public ChangeFeed(DynamicsFields fields, DynamicsView view, JoinedRecords joined, PartRows rows, int pageSize,
            Clock clock) {
        this.opportunities = new OpportunityFeed(fields, view, joined, pageSize);
        this.solutions = new SolutionFeed(fields, rows, pageSize, clock);
    }

    /**
     * One page on its way.
     *
     * @param opportunities position of the opportunities; null for a full read
     * @param solutions     position of the solution rows; null for a full read
     * @param asked         answer about opportunities; null when it is not there yet
     * @param askedRows     answer about solution rows; null when it is not there yet, or nobody asks
     * @param refused       whether both were asked for in one batch, in vain
     */
    public record Page(String opportunities, String solutions, Answer asked, Answer askedRows, boolean refused) {
        static Page at(String position) {
            String[] parts = (position == null ? "" : position).split("\\|", 2);
            return new Page(parts[0].isEmpty() ? null : parts[0],
                    parts.length < 2 || parts[1].isEmpty() ? null : parts[1], null, null, false);
        }
    }

    public Page begin(@Body String position) {
        Page kept = Page.at(position);
        return new Page(opportunities.today(kept.opportunities()), solutions.today(kept.solutions()), null, null,
                false);
    }

    public boolean together() {
        return solutions.asks() && inVain.get() < ENOUGH;
    }

    public Batch batch(@Body Page page) {
        return Batch.ofReads(opportunities.page(page.opportunities()), solutions.page(page.solutions()));
    }

    /** An answer that tells of both is taken; otherwise each is asked for by itself, to see whose fault it is. */
    public Page answered(@Body Page page, @Variable(Batches.ANSWERS) BatchAnswer answers) {
        List<Answer> reads = answers.reads();
        boolean good = reads.size() == 2 && opportunities.tells(reads.get(0)) && solutions.tells(reads.get(1));
        if (good) {
            inVain.set(0);
        }
        return new Page(page.opportunities(), page.solutions(), good ? reads.get(0) : null, good ? reads.get(1) : null,
                !good);
    }

    public boolean lacksOpportunities(@Body Page page) {
        return page.asked() == null;
    }

    public Request opportunities(@Body Page page) {
        return opportunities.page(page.opportunities());
    }

    public Page withOpportunities(@Body Page page, @Variable(Reads.ANSWER) Answer answer) {
        return new Page(page.opportunities(), page.solutions(), answer, page.askedRows(), page.refused());
    }

    public boolean lacksSolutions(@Body Page page) {
        return page.askedRows() == null && solutions.asks();
    }

    public Request solutions(@Body Page page) {
        return solutions.page(page.solutions());
    }

    public Page withSolutions(@Body Page page, @Variable(Reads.ANSWER) Answer answer) {
        return new Page(page.opportunities(), page.solutions(), page.asked(), answer, page.refused());
    }

    public Changes changes(@Body Page page) {
        if (page.refused() && page.askedRows() != null && opportunities.tells(page.asked())
                && solutions.tells(page.askedRows())) {
            readApart();
        }
        Changes own = opportunities.changes(page.opportunities(), page.asked());
        Changes rows = page.askedRows() == null ? new Changes(List.of(), page.solutions(), false)
                : solutions.changes(page.solutions(), page.askedRows());
        return new Changes(merged(own, rows), text(own.position()) + "|" + text(rows.position()),
                own.more() || rows.more());
    }

    /** Which opportunity each solution row of a page hangs on. */
    public Map<String, String> rows(@Body Page page) {
        return page.askedRows() == null ? Map.of() : solutions.present(page.askedRows());
    }

    /** To be called when the changes of a page are handed over. */
    public void keep(@Variable("dynamicsRows") Map<String, String> rows) {
        solutions.keep(rows);
    }

    /** An opportunity is named once; a deleted one speaks for its rows. */
    private static List<Change> merged(Changes own, Changes rows) {
        Map<String, String> versions = new HashMap<>();
        own.changes().forEach(change -> versions.put(change.id(), change.version()));
        List<Change> ofRows = rows.changes().stream()
                .filter(change -> !versions.containsKey(change.id()) || versions.get(change.id()) != null)
                .map(change -> Change.ofParts(change.id(), versions.get(change.id()))).toList();
        Set<String> both = ofRows.stream().map(Change::id).collect(Collectors.toSet());
        List<Change> changes = new ArrayList<>(own.changes());
        changes.removeIf(change -> both.contains(change.id()));
        changes.addAll(ofRows);
        return changes;
    }

    private static String text(String position) {
        return position == null ? "" : position;
    }

    private void readApart() {
        if (inVain.incrementAndGet() == ENOUGH) {
            LOG.warn(
                    "Dynamics 365 does not tell in one $batch what changed in both tables; from now on each poll takes "
                            + "two calls");
        }
    }
}
