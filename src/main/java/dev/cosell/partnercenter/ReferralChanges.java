package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.partnercenter.Refusals.Feature;
import dev.cosell.verbs.Changes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Variable;

/**
 * The verb that lists what changed. Each read goes some time behind the last position, because times of the service and
 * the order of its commits need not agree; repeats are harmless. Filter and order by time are documented by name only:
 * a tenant that refuses the filter is read newest first until the position, one that refuses the order too is read as a
 * whole.
 */
public final class ReferralChanges {
    private final Refusals refusals;
    private final Duration overlap;
    private final NextPages pages;
    private final ReferralView view = new ReferralView();

    /** @param overlap how far a read goes behind its position */
    public ReferralChanges(Refusals refusals, Duration overlap, NextPages pages) {
        this.refusals = refusals;
        this.pages = pages;
        this.overlap = overlap;
    }

    public Request read(String position) {
        ChangesPosition at = ChangesPosition.parse(position);
        if (at.next() != null) {
            return pages.read(at.next());
        }
        if (refusals.refused(Feature.UPDATED_ORDER)) {
            return inAnyOrder();
        }
        if (at.since() == null) {
            return Calls.page("$orderby=updatedDateTime%20asc");
        }
        return refusals.refused(Feature.UPDATED_FILTER) ? newestFirst() : Calls.page("$filter=updatedDateTime%20ge%20"
                + Calls.encoded(at.since().minus(overlap).toString()) + "&$orderby=updatedDateTime%20asc");
    }

    private static Request newestFirst() {
        return Calls.page("$orderby=updatedDateTime%20desc");
    }

    private static Request inAnyOrder() {
        return Calls.page("$skip=0");
    }

    /** Whether the first page of a read was refused because of its filter. */
    public boolean filterRefused(Answer answer, @Variable("partnerCenterPosition") String position) {
        ChangesPosition at = ChangesPosition.parse(position);
        return answer.status() == 400 && at.since() != null && at.next() == null
                && !refusals.refused(Feature.UPDATED_FILTER)
                && !refusals.refused(Feature.UPDATED_ORDER);
    }

    public Request withoutFilter() {
        refusals.remember(Feature.UPDATED_FILTER);
        return newestFirst();
    }

    /** Whether the first page of a read was refused because of its order. */
    public boolean orderRefused(Answer answer, @Variable("partnerCenterPosition") String position) {
        return answer.status() == 400 && ChangesPosition.parse(position).next() == null
                && !refusals.refused(Feature.UPDATED_ORDER);
    }

    public Request withoutOrder() {
        refusals.remember(Feature.UPDATED_ORDER);
        return inAnyOrder();
    }

    /** Whether a further page is not there at our own address, and may be at its link's own path. */
    public boolean strayed(Answer answer, @Variable("partnerCenterPosition") String position) {
        return pages.strayed(answer, ChangesPosition.parse(position).next());
    }

    public Request onItsOwnPath(@Variable("partnerCenterPosition") String position) {
        return pages.onItsOwnPath(ChangesPosition.parse(position).next());
    }

    /** Keeps in mind where a further page was, if it was there. */
    public Answer found(Answer answer) {
        pages.found(answer);
        return answer;
    }

    public Changes page(Answer answer, @Variable("partnerCenterPosition") String position) {
        ChangesPosition at = ChangesPosition.parse(position);
        boolean descending = at.next() == null ? at.since() != null && refusals.refused(Feature.UPDATED_FILTER)
                && !refusals.refused(Feature.UPDATED_ORDER) : at.descending();
        List<Map<String, Object>> items = Answers.items(answer, "list of changes");
        List<Changes.Change> changes = new ArrayList<>();
        boolean reachedKnown = false;
        for (Map<String, Object> item : items) {
            if (older(view.modifiedAt(item), at.since())) {
                reachedKnown = descending;
                continue;
            }
            changes.add(new Changes.Change(view.id(item), view.version(item)));
        }
        Instant newest = items.stream().map(view::modifiedAt).filter(Objects::nonNull).max(Comparator.naturalOrder())
                .orElse(null);
        String next = reachedKnown ? null : NextPages.next(answer);
        ChangesPosition after = new ChangesPosition(at.since(), at.newest(), descending, null).after(newest, next);
        return new Changes(changes, after.text(), next != null, items);
    }

    private boolean older(Instant changed, Instant since) {
        return changed != null && since != null && changed.isBefore(since.minus(overlap));
    }
}
