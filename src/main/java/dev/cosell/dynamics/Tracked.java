package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import java.util.Map;

/**
 * Reads of one table's tracked changes, page by page. A link is the path and query of the next link or delta link,
 * without the host, so that a token only ever goes to the configured environment.
 *
 * @param set      entity set name
 * @param select   columns, separated by commas
 * @param pageSize most rows in one page, 1 to 5000
 */
record Tracked(String set, String select, int pageSize) {

    /** @param link null for a read of all rows */
    Request page(String link) {
        String uri = link == null ? start() + "$select=" + select : link;
        return new Request("GET", uri, Map.of("Prefer", "odata.track-changes,odata.maxpagesize=" + pageSize), null);
    }

    private String start() {
        return "/" + set + "?";
    }

    /** Whether Dataverse has forgotten a link, so that only a full read helps. */
    static boolean expired(Answer answer) {
        return answer.status() == 410 || Refusals.says(answer, Refusals.TOKEN_EXPIRED, Refusals.BAD_PAGING_COOKIE);
    }

    static boolean more(Answer answer) {
        return answer.object().get("@odata.nextLink") != null;
    }

    /** The way on; null when the answer shows none. */
    String next(Answer answer) {
        Object next = answer.object().get(more(answer) ? "@odata.nextLink" : "@odata.deltaLink");
        int start = next instanceof String text ? text.indexOf(start()) : -1;
        return start < 0 ? null : ((String) next).substring(start);
    }

    /**
     * Whether the answer tells something about changes: rows with a way on, an expired link, or a right that is
     * missing.
     */
    boolean tells(Answer answer) {
        return answer.status() == 403 || expired(answer) || answer.ok() && next(answer) != null;
    }
}
