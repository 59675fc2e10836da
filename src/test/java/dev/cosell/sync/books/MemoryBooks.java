package dev.cosell.sync.books;

import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The books without a database, for a simulation that needs thousands of them a second. What lies in here survives a
 * simulated process; {@link #links}, {@link #versions} and so on are what one process has in its hands.
 * {@code MemoryBooksTest} holds that they answer as those on H2 do.
 */
public final class MemoryBooks {
    /** By id, the oldest first. */
    final Map<Long, Link> links = new TreeMap<>();
    final Set<String> versions = new HashSet<>();
    final Map<String, Instant> intents = new HashMap<>();
    final Map<String, Instant> firstIntents = new HashMap<>();
    final Map<String, ReferralIndex.Named> index = new LinkedHashMap<>();
    final Map<Long, Instant> due = new HashMap<>();
    private final List<AuditEntry> audit = new ArrayList<>();
    private long lastId;

    public SeenVersions versions(Clock clock) {
        return new MemoryVersions(this, clock);
    }

    public LinkStore links(SeenVersions seen, Clock clock) {
        return new MemoryLinks(this, seen, clock);
    }

    /** @param nanos a clock that nobody sets */
    public Intents intents(Clock clock, Duration doubt, LongSupplier nanos) {
        return new MemoryIntents(this, clock, doubt, nanos);
    }

    /** Everything was read once. */
    public ReferralIndex index(dev.cosell.sync.decide.ReferralRules referrals,
            Map<String, dev.cosell.verbs.CrmView> crms, Clock clock) {
        return new MemoryIndex(this, referrals, crms, clock);
    }

    /** All that there are, the oldest first. */
    public List<Link> allLinks() {
        return List.copyOf(links.values());
    }

    /** The oldest first. */
    public List<AuditEntry> audit() {
        return Collections.unmodifiableList(audit);
    }

    /** An opportunity that is parked without a referral of its own; any other stays as it is. */
    void lookAgain(String crm, String crmId, Instant now) {
        links.values().stream().filter(link -> link.crm().equals(crm) && crmId.equals(link.crmId())
                && link.referralId() == null && link.state() == LinkState.PARKED)
                .forEach(link -> due.put(link.id(), now));
    }

    void tell(AuditEntry entry) {
        audit.add(entry);
    }

    long nextId() {
        return ++lastId;
    }
}
