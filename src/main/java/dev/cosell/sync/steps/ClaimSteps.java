package dev.cosell.sync.steps;

import dev.cosell.mapping.Mappings;
import dev.cosell.sync.books.Intents;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.sync.decide.Claimants;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Naming;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.Referral;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Opportunity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Variable;

/** The steps that look for the referral of an opportunity that was never joined, before one is created for it. */
public final class ClaimSteps {
    /** Each candidate costs a call; who has more is a case for a person anyway. */
    private static final int MOST = 5;

    private final Map<String, CrmView> crms;
    private final ReferralRules referrals;
    private final Mappings mappings;
    private final LinkStore links;
    private final Intents intents;
    private final ReferralIndex index;
    private volatile boolean toldToWait;

    public ClaimSteps(Map<String, CrmView> crms, ReferralRules referrals, Mappings mappings, LinkStore links,
            Intents intents, ReferralIndex index) {
        this.crms = Map.copyOf(crms);
        this.referrals = referrals;
        this.mappings = mappings;
        this.links = links;
        this.intents = intents;
        this.index = index;
    }

    /**
     * Referrals that may be the other side.
     *
     * @param ids    of all of them, in the order in which they are read
     * @param listed those that Partner Center has just listed, so that they are there
     */
    public record Claims(List<String> ids, Set<String> listed) {
        Claims(List<String> ids) {
            this(ids, Set.of());
        }

        public boolean isLeft() {
            return !ids.isEmpty();
        }

        public String next() {
            return ids.get(0);
        }

        public Claims rest() {
            return new Claims(ids.subList(1, ids.size()), listed);
        }
    }

    /**
     * Whether a referral would be created for the pair's opportunity if none is found. A create that was begun looks
     * for itself.
     */
    public boolean wanted(@Variable("pair") Pair pair) {
        if (!pair.isReportedByCrm() || pair.isLinked() || pair.referral() != null || pair.opportunity() == null) {
            return false;
        }
        return pair.opportunity().isSyncWanted() && naming(pair).identified(pair.opportunity()) == null
                && !intents.begun(pair.crm(), pair.opportunity().id());
    }

    /**
     * Whether an opportunity that is about to be joined may not be the only one that names the referral, or that the
     * referral names.
     */
    public boolean mayHaveRivals(@Variable("pair") Pair pair) {
        return pair.isReportedByCrm() && !pair.isLinked() && pair.referral() != null && pair.opportunity() != null
                && pair.rivals().isEmpty()
                && pair.opportunity().isSyncWanted();
    }

    /** Id of the referral that was read. */
    public String referralId(@Variable("pair") Pair pair) {
        return pair.referral().id();
    }

    /** Takes further opportunities that carry the referral's id. */
    public Pair withRivals(@Variable("pair") Pair pair, @Variable("found") List<Map<String, Object>> found) {
        return found.stream().map(each -> opportunity(pair, each))
                .filter(each -> naming(pair).identifiesDeal(each, pair.referral()))
                .reduce(pair, claimants(pair)::withRival, (one, other) -> other);
    }

    /**
     * The id of another opportunity that the referral names; null when it names none or this one, or this one's
     * Referral Identifier is that referral's, which outweighs what the referral names.
     */
    public String otherNamedId(@Variable("pair") Pair pair) {
        Naming naming = naming(pair);
        return naming.names(pair.referral(), pair.opportunity())
                || naming.identifiesDeal(pair.opportunity(), pair.referral()) ? null : naming.namedId(pair.referral());
    }

    /** @param other the opportunity that the referral names; null when it does not exist */
    public Pair withNamedRival(@Variable("pair") Pair pair, @Variable("named") Map<String, Object> other) {
        return other == null ? pair : claimants(pair).withRival(pair, opportunity(pair, other));
    }

    /** @throws Fault.Early while not every referral was read yet */
    public Claims claims(@Variable("pair") Pair pair) {
        if (!index.isWhole()) {
            if (!toldToWait) {
                toldToWait = true;
                Journey.LOG.info(
                        "No referral is created before all that there are were read once, so that none is made twice");
            }
            throw new Fault.Early(referrals.system(), "Opportunity " + pair.opportunity().id()
                    + " waits until all referrals were read once");
        }
        return new Claims(index.claims(pair.crm(), pair.opportunity().id(), naming(pair).linked(pair.opportunity()),
                MOST).stream()
                .map(ReferralIndex.Named::referralId).toList());
    }

    /** With what Partner Center itself finds, which may be newer than the index. */
    public Claims withFound(@Variable("pair") Pair pair, @Variable("claims") Claims claims,
            @Variable("found") List<Map<String, Object>> found) {
        List<Referral> listed = found.stream().map(this::referral).toList();
        return new Claims(claimants(pair).ids(claims.ids(), listed).stream().limit(MOST).toList(),
                listed.stream().map(Referral::id).collect(Collectors.toSet()));
    }

    /** What the Referral Link may mean, as long as no referral is found that names the opportunity. */
    public Claims linked(@Variable("pair") Pair pair) {
        return new Claims(pair.referral() != null ? List.of()
                : naming(pair).linked(pair.opportunity()).stream().limit(MOST).toList());
    }

    /** Whether the opportunity is not joined and names a referral by an id. */
    public boolean identifies(@Variable("pair") Pair pair) {
        return pair.opportunity() != null && pair.referral() == null && !pair.isLinked() && identified(pair) != null;
    }

    public String identified(@Variable("pair") Pair pair) {
        return naming(pair).identified(pair.opportunity());
    }

    /**
     * @param claims   the candidates, of which the next one was read
     * @param referral that candidate; null when it is not there
     * @throws Fault.Transient when Partner Center has just listed it and shows nothing now: without it, a second
     *     referral would be created
     */
    public Pair withClaimant(@Variable("pair") Pair pair, @Variable("claims") Claims claims,
            @Variable("referral") Map<String, Object> referral) {
        if (referral == null && claims.listed().contains(claims.next())) {
            throw new Fault.Transient(referrals.system(), "Partner Center lists referral " + claims.next()
                    + ", which may be that of opportunity " + pair.opportunity().id()
                    + ", and shows nothing when it is read. It is read again before a referral is created");
        }
        boolean anothers = referral != null && links.findByReferral(pair.crm(), referral(referral).id())
                .filter(Link::isJoined).isPresent();
        return referral == null ? pair : claimants(pair).with(pair, referral(referral), anothers);
    }

    /** For a referral that no link knows: what it names is in the index from here on. */
    public void note(@Variable("pair") Pair pair) {
        if (pair.referral() != null && !pair.isPushed()) {
            index.note(List.of(pair.referral().fields()));
        }
    }

    private Referral referral(Map<String, Object> fields) {
        return new Referral(fields, referrals);
    }

    private Opportunity opportunity(Pair pair, Map<String, Object> fields) {
        return new Opportunity(fields, crms.get(pair.crm()));
    }

    private Claimants claimants(Pair pair) {
        return new Claimants(referrals, crms.get(pair.crm()), mappings.of(pair.crm()).opportunity());
    }

    private Naming naming(Pair pair) {
        return new Naming(referrals, crms.get(pair.crm()));
    }
}
