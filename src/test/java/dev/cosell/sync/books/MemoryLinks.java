package dev.cosell.sync.books;

import dev.cosell.sync.decide.Direction;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.Waits;
import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Links without a database: one transaction at a time, the same unique keys, the same refusals. */
final class MemoryLinks extends LinkStore {
    private final MemoryBooks books;
    private final SeenVersions seen;
    private final Clock clock;

    MemoryLinks(MemoryBooks books, SeenVersions seen, Clock clock) {
        super(null, seen, clock);
        this.books = books;
        this.seen = seen;
        this.clock = clock;
    }

    @Override
    public void finish(Finished finished) {
        Link absorbed = finished.absorbed() == null ? null : books.links.get(finished.absorbed().id());
        boolean goes = absorbed != null && isStillAlone(absorbed, finished.absorbed());
        if (goes) {
            books.links.remove(absorbed.id());
        }
        try {
            if (finished.link() != null) {
                write(finished.link(), finished.read());
            }
        } catch (Fault.VersionConflict undone) {
            if (goes) {
                books.links.put(absorbed.id(), absorbed);
            }
            throw undone;
        }
        if (finished.entry() != null) {
            books.tell(finished.entry());
        }
        books.versions.addAll(finished.storedKeys());
        seen.remember(finished.seenKeys());
        seen.replace(finished.replaced());
    }

    private void write(Link link, Link read) {
        if (link.id() != 0) {
            Link stored = books.links.get(link.id());
            require(stored != null && asRead(stored, read), link);
            put(link, link.id(), true);
            return;
        }
        Optional<Link> half = one(other -> other.crm().equals(link.crm())
                && (link.referralId() != null && link.referralId().equals(other.referralId()) && other.crmId() == null
                        || link.crmId() != null && link.crmId().equals(other.crmId()) && other.referralId() == null));
        put(link, half.map(Link::id).orElseGet(books::nextId), true);
    }

    private static boolean asRead(Link stored, Link read) {
        if (read == null || read.isWhole()) {
            return read == null || read.updatedAt() == null || read.updatedAt().equals(stored.updatedAt());
        }
        return isStillAlone(stored, read);
    }

    private static boolean isStillAlone(Link stored, Link read) {
        boolean half = stored.referralId() == null || stored.crmId() == null;
        return half || read.state() == LinkState.CLAIMED && stored.state() == LinkState.CLAIMED;
    }

    private void put(Link link, long id, boolean stored) {
        Optional<Link> taken = one(other -> other.id() != id && other.crm().equals(link.crm())
                && (same(link.referralId(), other.referralId()) || same(link.crmId(), other.crmId())));
        if (taken.isPresent()) {
            throw new Fault.VersionConflict(StateFaults.SYSTEM, "The link of " + link.referralId() + " and "
                    + link.crmId() + " was made by another sync");
        }
        Link before = books.links.get(id);
        Waits waits = new Waits(link.waits().held(), link.waits().deadlines(),
                before == null ? null : before.waits().approvedAt());
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        books.links.put(id, new Link(id, link.crm(), link.ends(), link.agreement(),
                new Standing(link.state(), link.reason(), link.standing().causes(), at), link.writes(), waits));
        if (link.waits().next() == null) {
            books.due.remove(id);
        } else {
            books.due.put(id, link.waits().next());
        }
    }

    private static boolean same(String one, String other) {
        return one != null && one.equals(other);
    }

    private static void require(boolean asItWasRead, Link link) {
        if (!asItWasRead) {
            throw new Fault.VersionConflict(StateFaults.SYSTEM, "Link " + link.id() + " was changed or is gone");
        }
    }

    @Override
    void begin(Link link, Link read, Map<Direction, Instant> overwrites) {
        if (link.id() == 0 || !link.isJoined()) {
            write(link, read);
            return;
        }
        Link stored = books.links.get(link.id());
        require(stored != null && (link.updatedAt() == null || stored.updatedAt().equals(link.updatedAt())), link);
        books.links.put(stored.id(), stored.with(link.agreed()));
    }

    @Override
    public void putBack(Link read) {
        Link stored = books.links.get(read.id());
        require(stored != null && asRead(stored, read), read);
        books.links.put(read.id(), read);
    }

    @Override
    public void release(Link claim) {
        Standing parked = claim.standing().in(LinkState.PARKED);
        write(Link.of(claim.crm(), Ends.deal(claim.referralId(), claim.engagementId(), null)).inPlaceOf(claim)
                .with(parked).with(claim.writes()), claim);
        put(Link.of(claim.crm(), Ends.deal(null, null, claim.crmId())).with(parked), books.nextId(), true);
        books.due.put(claim.id(), clock.instant());
        books.lookAgain(claim.crm(), claim.crmId(), clock.instant());
    }

    @Override
    public Optional<Link> get(long id) {
        return Optional.ofNullable(books.links.get(id));
    }

    @Override
    public Optional<Link> findByReferral(String crm, String referralId) {
        return one(link -> link.crm().equals(crm) && same(referralId, link.referralId()));
    }

    @Override
    public Optional<Link> findByCrmId(String crm, String crmId) {
        return one(link -> link.crm().equals(crm) && same(crmId, link.crmId()));
    }

    @Override
    public Optional<Link> findByEngagement(String crm, String engagementId) {
        return one(link -> link.crm().equals(crm) && same(engagementId, link.engagementId())
                && link.referralId() != null && link.crmId() != null);
    }

    @Override
    public List<Waiting> waiting(long after, int limit) {
        return books.links.values().stream().filter(link -> link.id() > after && !link.waits().isNone()).limit(limit)
                .map(MemoryLinks::waiting).toList();
    }

    private static Waiting waiting(Link link) {
        return new Waiting(link.id(), link.crm(), link.ends(), link.waits(), link.updatedAt());
    }

    @Override
    public List<Waiting> due(String crm, Instant now, int limit) {
        return books.due.entrySet().stream().filter(each -> !each.getValue().isAfter(now))
                .sorted(java.util.Map.Entry.comparingByValue()).map(each -> books.links.get(each.getKey()))
                .filter(Objects::nonNull).filter(link -> link.crm().equals(crm)).limit(limit)
                .map(MemoryLinks::waiting).toList();
    }

    @Override
    public void postpone(long link, Instant until) {
        books.due.put(link, until);
    }

    @Override
    public void lookAgain(long link, Instant now) {
        books.due.putIfAbsent(link, now);
    }

    @Override
    public void approve(Link link) {
        Link stored = books.links.get(link.id());
        Instant at = link.waits().approvedNow(clock.instant()).truncatedTo(ChronoUnit.MICROS);
        books.links.put(stored.id(), stored.with(new Waits(stored.waits().held(), stored.waits().deadlines(), at)));
    }

    @Override
    public void join(String crm, String referralId, String crmId, AuditEntry entry) {
        books.links.values().removeIf(link -> link.crm().equals(crm)
                && (same(referralId, link.referralId()) || same(crmId, link.crmId())));
        write(Link.of(crm, Ends.deal(referralId, null, crmId)), null);
        books.tell(entry);
    }

    private Optional<Link> one(Predicate<Link> wanted) {
        for (Link link : books.links.values()) {
            if (wanted.test(link)) {
                return Optional.of(link);
            }
        }
        return Optional.empty();
    }
}
