package dev.cosell.sync.steps;

import dev.cosell.mapping.Mappings;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.UnfinishedShare;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Variable;

/**
 * What the books know of the side that did not report: it may be joined already, with this record or with a third one,
 * or be half of a link that is just being made.
 */
public final class OtherSide {
    private final Map<String, CrmView> crms;
    private final Mappings mappings;
    private final LinkStore links;
    private final Clock clock;

    /** @param crms the enabled CRMs by name, by which the ids in referrals are read */
    public OtherSide(Map<String, CrmView> crms, Mappings mappings, LinkStore links, Clock clock) {
        this.crms = Map.copyOf(crms);
        this.mappings = mappings;
        this.links = links;
        this.clock = clock;
    }

    /**
     * Looks up what the books say about the side that did not report, unless the two are joined. The link of a record
     * that is joined with a third one is never this pair's, whatever the two records say of each other.
     *
     * @throws Fault.VersionConflict when another sync has joined the two since this one began, so that all has to be
     *     read again
     * @throws Fault.Taken when the opportunity is just being shared, and the referral is closed, or the share does more
     *     than to join the two: the referral may be the one that is being made. To take a closed one for an older deal
     *     would lose the close, and to join the two would leave the rest undone. The opportunity is looked at again, in
     *     case its own news got lost. Nobody goes on with one that is switched off, and nothing is decided about it
     */
    public Pair withKnownLink(@Variable("pair") Pair read) {
        Pair pair = linked(isClaimOver(read) ? released(read) : read);
        return pair.withInItsPlace(inItsPlace(pair));
    }

    /**
     * Whether the referral that reported was parked with an opportunity that it names no longer, and that does not name
     * it: somebody has corrected its CRM id.
     */
    private boolean isClaimOver(Pair pair) {
        Link claim = pair.link();
        boolean ofReferral = claim != null && claim.state() == LinkState.CLAIMED && pair.referral() != null
                && !pair.isReportedByCrm() && !pair.isReportedByMicrosoft();
        String named = ofReferral ? crms.get(pair.crm()).readId(pair.referral().externalReference()) : null;
        // One that names nothing may be claimed by an identifier that only a look at the opportunity can tell.
        return named != null && !claim.crmId().equals(named)
                && Stream.concat(Stream.ofNullable(pair.opportunity()), pair.rivals().stream())
                        .noneMatch(found -> found.id().equals(claim.crmId()));
    }

    private Pair released(Pair pair) {
        if (pair.isPreview()) {
            return pair.withLink(pair.link().releasedReferral());
        }
        links.release(pair.link());
        return pair.withLink(links.findByReferral(pair.crm(), pair.referral().id()).orElse(null));
    }

    private Pair linked(Pair pair) {
        Link other = pair.isLinked() ? null : otherSide(pair);
        if (other == null || pair.link() != null && pair.link().id() == other.id()) {
            return pair;
        }
        if (other.isJoined() && isOf(other, pair)) {
            throw new Fault.VersionConflict(pair.crm(),
                    "Referral " + other.referralId() + " and opportunity " + other.crmId()
                            + " were joined by another sync while they were read");
        }
        boolean wanted = pair.opportunity() != null && pair.opportunity().isSyncWanted();
        if (other.isLead()) {
            // An opportunity that is switched off has no say in the lead that waits for an answer.
            return wanted || !pair.isReportedByCrm() ? pair.withLink(other).withOther(pair.link())
                    : pair.withOther(other);
        }
        if (wanted && pair.referral() != null && waitsForTheShare(pair, UnfinishedShare.of(other))) {
            if (!pair.isPreview()) {
                links.lookAgain(other.id(), clock.instant());
            }
            throw new Fault.Taken(pair.crm(), "Referral " + pair.referral().id() + " waits while opportunity "
                    + other.crmId() + ", which it names, is being shared with Partner Center");
        }
        boolean half = other.referralId() == null || other.crmId() == null;
        return pair.link() == null && half ? pair.withLink(other) : pair.withOther(other);
    }

    /** Not for one that is parked or held back, which may be so for days: what is done then is decided. */
    private boolean waitsForTheShare(Pair pair, UnfinishedShare share) {
        return share != null && share.isUnderWay() && (pair.referral().isClosed()
                || share.doesMoreThanJoin(pair, mappings.of(pair.crm()).opportunity()));
    }

    private boolean isOf(Link link, Pair pair) {
        return pair.referral() != null && pair.opportunity() != null && link.referralId().equals(pair.referral().id())
                && link.crmId().equals(pair.opportunity().id());
    }

    /**
     * An organisation has one referral in an engagement: the id of ours, when a referral without a link is in one that
     * has a link.
     */
    private String inItsPlace(Pair pair) {
        if (pair.link() != null || pair.isReportedByCrm() || pair.isReportedByMicrosoft() || pair.referral() == null
                || pair.referral().engagementId() == null) {
            return null;
        }
        return links.findByEngagement(pair.crm(), pair.referral().engagementId()).map(Link::referralId)
                .filter(known -> !known.equals(pair.referral().id())).orElse(null);
    }

    private Link otherSide(Pair pair) {
        if (pair.isReportedByCrm()) {
            return pair.referral() == null ? null : links.findByReferral(pair.crm(), pair.referral().id()).orElse(null);
        }
        return pair.opportunity() == null ? null : links.findByCrmId(pair.crm(), pair.opportunity().id()).orElse(null);
    }
}
