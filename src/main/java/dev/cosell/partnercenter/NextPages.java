package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.partnercenter.Refusals.Feature;
import java.net.URI;

/**
 * How a list goes on. The links that the service shows lack a part of the path, and their scheme is wrong: their query
 * is asked of our own address, and of their own path on our host when that is not there. No other host may see a token.
 */
public final class NextPages {
    private static final String ORIGIN = "^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*";
    /** Stands between query and path of a link; neither can hold it. */
    private static final char SEPARATOR = '#';

    private final Refusals refusals;
    private final String origin;

    /** @param base address of the service */
    public NextPages(Refusals refusals, String base) {
        this.refusals = refusals;
        URI address = URI.create(base);
        this.origin = address.getScheme() + "://" + address.getRawAuthority();
    }

    /** The way to the next page, query first; null when there is none. */
    static String next(Answer answer) {
        if (!(answer.object().get("@odata.nextLink") instanceof String link) || link.indexOf('?') < 0) {
            return null;
        }
        String[] parts = link.replaceFirst(ORIGIN, "").replace(" ", "%20").split("\\?", 2);
        String query = parts[1].indexOf(SEPARATOR) < 0 ? parts[1] : parts[1].substring(0, parts[1].indexOf(SEPARATOR));
        return parts[0].startsWith("/") ? query + SEPARATOR + parts[0] : query;
    }

    Request read(String next) {
        return hasPath(next) && refusals.refused(Feature.BASE_OF_NEXT_LINK) ? onItsOwnPath(next)
                : Calls.page(hasPath(next) ? query(next) : next);
    }

    /** Whether a page is not there at our own address, and may be at the link's own path. */
    boolean strayed(Answer answer, String next) {
        return answer.status() == 404 && next != null && hasPath(next)
                && !refusals.refused(Feature.BASE_OF_NEXT_LINK);
    }

    /** The page at the link's own path. */
    Request onItsOwnPath(String next) {
        return Calls.pageAt(origin + next.substring(next.indexOf(SEPARATOR) + 1) + "?" + query(next));
    }

    /** A page that was read at the link's own path: the next ones are looked for there at once. */
    void found(Answer answer) {
        if (answer.ok()) {
            refusals.remember(Feature.BASE_OF_NEXT_LINK);
        }
    }

    private static boolean hasPath(String next) {
        return next.indexOf(SEPARATOR) >= 0;
    }

    private static String query(String next) {
        return next.substring(0, next.indexOf(SEPARATOR));
    }
}
