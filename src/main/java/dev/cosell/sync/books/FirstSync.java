package dev.cosell.sync.books;

import dev.cosell.state.Database;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The first contact with real systems: as long as nobody has gone through all records of a system once, and seen the
 * counts before, only records that such a run hands over are joined or created. What is joined already is synced.
 */
public final class FirstSync {
    public static final String PARTNER_CENTER = "partner-center";
    private static final String STATE = "SELECT state FROM first_sync WHERE crm = ? AND source = ?";

    private final Database database;
    private final List<String> crms;
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    private enum State { ASKS, OPEN,
        /** The records are those of stand-in servers. */
        SANDBOX }

    /** @param crms the enabled CRMs */
    public FirstSync(Database database, List<String> crms) {
        this.database = database;
        this.crms = List.copyOf(crms);
    }

    /** The enabled CRMs. */
    public List<String> crms() {
        return crms;
    }

    /**
     * To be called before the first hint is worked on. A database that has links of a CRM was at work before and is
     * not asked, unless they are those of stand-in servers.
     *
     * @param sandbox whether the systems are stand-ins
     * @param go      whether nobody wants to be asked
     */
    public void begin(boolean sandbox, boolean go) {
        crms.forEach(crm -> List.of(crm, PARTNER_CENTER).forEach(source -> begin(crm, source, sandbox, go)));
    }

    private void begin(String crm, String source, boolean sandbox, boolean go) {
        State now = state(crm, source);
        if (sandbox && go) {
            put(crm, source, State.SANDBOX);
        } else if (go || now == null && hasLinks(crm)) {
            put(crm, source, State.OPEN);
        } else if (now == null || now == State.SANDBOX) {
            put(crm, source, State.ASKS);
        }
    }

    private boolean hasLinks(String crm) {
        return database.client().sql("SELECT COUNT(*) FROM link WHERE crm = ?").param(crm).query(Long.class)
                .single() > 0;
    }

    private State state(String crm, String source) {
        return database.client().sql(STATE).params(crm, source).query(String.class).optional().map(State::valueOf)
                .orElse(null);
    }

    private void put(String crm, String source, State state) {
        if (database.client().sql("UPDATE first_sync SET state = ? WHERE crm = ? AND source = ?")
                .params(state.name(), crm, source).update() == 0) {
            database.client().sql("INSERT INTO first_sync (crm, source, state) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                    .params(crm, source, state.name()).update();
        }
    }

    /** Whether records of this system are joined with others or created by a run alone. */
    public boolean asks(String crm, String source) {
        if (open.contains(crm + " " + source)) {
            return false;
        }
        boolean asks = StateFaults.classed(() -> state(crm, source)) == State.ASKS;
        if (!asks) {
            open.add(crm + " " + source);
        }
        return asks;
    }

    /** The same for any of the CRMs that the system concerns. */
    public boolean asks(String source) {
        return !asking(source).isEmpty();
    }

    /** Those of the CRMs that the system concerns for which its records are joined or created by a run alone. */
    public List<String> asking(String source) {
        return concerned(source).stream().filter(crm -> asks(crm, source)).toList();
    }

    /** The CRMs that records of this system concern. */
    public List<String> concerned(String source) {
        return crms.contains(source) ? List.of(source) : crms;
    }

    /**
     * All records of a system were gone through for these CRMs. From here on it is read again from its beginning.
     */
    public void done(String source, List<String> counted) {
        StateFaults.classed(() -> database.inTransaction(statements -> {
            counted.forEach(crm -> statements.update(
                    "UPDATE first_sync SET state = 'OPEN' WHERE crm = ? AND source = ?", crm, source));
            return crms.contains(source)
                    ? statements.update("DELETE FROM watermark WHERE source = ?", source)
                    : statements.update("DELETE FROM watermark WHERE source IN (?, ?)", source + "-full",
                            source + "-full-pass");
        }));
    }

    /** What a person has to do, a sentence by the name of its system; empty when all is let go. */
    public Map<String, String> needs() {
        Map<String, String> needs = new LinkedHashMap<>();
        List<String> sources = new ArrayList<>(List.of(PARTNER_CENTER));
        sources.addAll(crms);
        sources.stream().filter(this::asks).forEach(source -> needs.put(source, need(source)));
        return needs;
    }

    /** What a person has to do before a record of this system is joined with one of the CRM; empty when nothing. */
    public Optional<String> need(String crm, String source) {
        return asks(crm, source) ? Optional.of(need(source)) : Optional.empty();
    }

    private static String need(String source) {
        return "Nothing new from " + source + " is written yet: look at the counts of ./cosell backfill " + source
                + " --dry-run and let it go with ./cosell backfill " + source
                + " --go, or do both on the overview of the page";
    }
}
