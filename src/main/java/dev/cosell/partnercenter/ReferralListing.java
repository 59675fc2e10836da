package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Listing;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * The verb that lists referrals whether they changed or not. Without a condition of its own that is a read of changes
 * from a time on, with all its ways round what a tenant refuses; a condition is sent as it is.
 */
public final class ReferralListing {
    private final NextPages pages;
    private final ReferralView view = new ReferralView();

    public ReferralListing(NextPages pages) {
        this.pages = pages;
    }

    /** Where a read of changes has to begin or go on to give this list; null for the beginning. */
    public String position(@Body Listing wanted) {
        return wanted.position() != null ? wanted.position() : wanted.since() == null ? null
                : wanted.since().toString();
    }

    public Request read(@Body Listing wanted) {
        if (wanted.position() != null) {
            return pages.read(wanted.position());
        }
        String since = wanted.since() == null ? "" : "updatedDateTime ge " + wanted.since() + " and ";
        return Calls.page("$filter=" + Calls.encoded(since + "(" + wanted.where() + ")"));
    }

    /** Whether a further page is not there at our own address, and may be at its link's own path. */
    public boolean strayed(Answer answer, @Variable("partnerCenterListed") Listing wanted) {
        return pages.strayed(answer, wanted.position());
    }

    public Request onItsOwnPath(@Variable("partnerCenterListed") Listing wanted) {
        return pages.onItsOwnPath(wanted.position());
    }

    /** Keeps in mind where a further page was, if it was there. */
    public Answer found(Answer answer) {
        pages.found(answer);
        return answer;
    }

    public Changes page(Answer answer, @Variable("partnerCenterListed") Listing wanted) {
        List<Map<String, Object>> items = Answers.items(answer, "list of referrals where " + wanted.where());
        String next = NextPages.next(answer);
        return new Changes(items.stream().map(item -> new Changes.Change(view.id(item), view.version(item))).toList(),
                next, next != null, items);
    }
}
