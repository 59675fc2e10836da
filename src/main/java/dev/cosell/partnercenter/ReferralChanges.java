package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.sync.Changes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Variable;

/**
 * The verb that lists what changed. Each read goes a few minutes behind the last position, because times of the service and
 * the order of its commits need not agree; repeats are harmless.
 */
public final class ReferralChanges {
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private final Refusals refusals;
    private final ReferralView view = new ReferralView();

    public ReferralChanges(Refusals refusals) {
        this.refusals = refusals;
    }

    public Request read(String position) {
        ChangesPosition at = ChangesPosition.parse(position);
        if (at.next() != null) {
            return Calls.list(at.next());
        }
        if (at.since() == null) {
            return Calls.list("$orderby=updatedDateTime%20asc");
        }
        return refusals.refused(Refusals.Feature.UPDATED_FILTER) ? newestFirst() : Calls.list("$filter=updatedDateTime%20ge%20"
                + Calls.encoded(at.since().minus(OVERLAP).toString()) + "&$orderby=updatedDateTime%20asc");
    }

    private static Request newestFirst() {
        return Calls.list("$orderby=updatedDateTime%20desc");
    }

    /** The filter by time is documented by name only; a tenant that refuses it answers 400. */
    public boolean filterRefused(Answer answer, @Variable("partnerCenterPosition") String position) {
        ChangesPosition at = ChangesPosition.parse(position);
        return answer.status() == 400 && at.since() != null && at.next() == null && !refusals.refused(Refusals.Feature.UPDATED_FILTER);
    }

    public Request withoutFilter() {
        refusals.remember(Refusals.Feature.UPDATED_FILTER);
        return newestFirst();
    }

    public Changes page(Answer answer, @Variable("partnerCenterPosition") String position) {
        ChangesPosition at = ChangesPosition.parse(position);
        boolean descending = at.next() == null ? at.since() != null && refusals.refused(Refusals.Feature.UPDATED_FILTER) : at.descending();
        List<Map<String, Object>> items = Answers.success(answer, "list of changes").list("value");
        List<Changes.Change> changes = new ArrayList<>();
        boolean reachedKnown = false;
        for (Map<String, Object> item : items) {
            if (descending && older(view.modifiedAt(item), at.since())) {
                reachedKnown = true;
                break;
            }
            changes.add(new Changes.Change(view.id(item), view.version(item)));
        }
        Instant newest = items.stream().map(view::modifiedAt).filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null);
        String next = reachedKnown ? null : nextQuery(answer);
        ChangesPosition after = new ChangesPosition(at.since(), at.newest(), descending, null).after(newest, next);
        return new Changes(changes, after.text(), next != null);
    }

    private static boolean older(Instant changed, Instant since) {
        return changed != null && changed.isBefore(since.minus(OVERLAP));
    }

    /** Only the query of a next link is used: its scheme and path are known to be wrong, and no other host may see a token. */
    private static String nextQuery(Answer answer) {
        if (!(answer.object().get("@odata.nextLink") instanceof String link) || link.indexOf('?') < 0) {
            return null;
        }
        return link.substring(link.indexOf('?') + 1).replace(" ", "%20");
    }
}
