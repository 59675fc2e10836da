package dev.cosell.simulation;

import dev.cosell.sync.books.Attempt;
import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.Intents;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.Waiting;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Direction;
import dev.cosell.sync.decide.Link;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Books that write down something else than they are told. */
final class MutatedBooks extends LinkStore {
    private final LinkStore real;
    private final UnaryOperator<Finished> change;

    MutatedBooks(LinkStore real, UnaryOperator<Finished> change) {
        super(null, null, Clock.systemUTC());
        this.real = real;
        this.change = change;
    }

    private static Finished with(Finished finished, Link link) {
        return new Finished(link, finished.entry(), finished.seenKeys(), finished.absorbed(), finished.label(),
                finished.read(), finished.replaced());
    }

    static Finished withoutAgreed(Finished finished) {
        return finished.link() == null ? finished : with(finished, finished.link().with(AgreedValues.NONE));
    }

    /** The latest versions that the systems have, though nobody has looked at them. */
    static Finished later(Finished finished, World world) {
        Link link = finished.link();
        if (link == null || !link.isJoined()) {
            return finished;
        }
        CrmModel crm = world.crms.get(link.crm());
        Map<String, Object> referral = world.portal.get(link.referralId());
        Map<String, Object> opportunity = crm.get(link.crmId());
        return with(finished, link.at(referral == null ? link.referralVersion() : world.portal.version(referral),
                opportunity == null ? link.crmVersion() : crm.version(opportunity)));
    }

    @Override
    public void finish(Finished finished) {
        real.finish(change.apply(finished));
    }

    @Override
    public void begin(Link half, Link read) {
        real.begin(half, read);
    }

    @Override
    public void begin(Link link, Map<Direction, Instant> overwrites) {
        real.begin(link, overwrites);
    }

    @Override
    public void putBack(Link read) {
        real.putBack(read);
    }

    @Override
    public void release(Link claim) {
        real.release(claim);
    }

    @Override
    public boolean handled(String seenKey) {
        return real.handled(seenKey);
    }

    @Override
    public void answer(String seenKey, boolean handled) {
        real.answer(seenKey, handled);
    }

    @Override
    public Optional<Link> findByReferral(String crm, String referralId) {
        return real.findByReferral(crm, referralId);
    }

    @Override
    public Optional<Link> findByCrmId(String crm, String crmId) {
        return real.findByCrmId(crm, crmId);
    }

    @Override
    public Optional<Link> findByEngagement(String crm, String engagementId) {
        return real.findByEngagement(crm, engagementId);
    }

    @Override
    public List<Waiting> waiting(long after, int limit) {
        return real.waiting(after, limit);
    }

    @Override
    public List<Waiting> due(String crm, Instant now, int limit) {
        return real.due(crm, now, limit);
    }

    @Override
    public void postpone(long link, Instant until) {
        real.postpone(link, until);
    }

    @Override
    public void lookAgain(long link, Instant now) {
        real.lookAgain(link, now);
    }

    @Override
    public void approve(Link link) {
        real.approve(link);
    }

    static SeenVersions allKnown() {
        return new SeenVersions(null, Clock.systemUTC()) {
            @Override
            public boolean contains(String key) {
                return true;
            }

            @Override
            public boolean add(String key) {
                return false;
            }
        };
    }

    static Intents forgetful() {
        return new Intents(null, Clock.systemUTC(), Duration.ZERO) {
            @Override
            public Attempt begin(String crm, String crmId) {
                return Attempt.first(crm, crmId);
            }

            @Override
            public boolean begun(String crm, String crmId) {
                return false;
            }

            @Override
            public boolean confirm(Attempt attempt) {
                return true;
            }

            @Override
            public void done(Attempt attempt) {}
        };
    }
}
