package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads of one table's tracked changes, page by page. A link is the path and query of the next link or delta link,
 * without the host, so that a token only ever goes to the configured environment. It keeps the columns that it was
 * given for.
 */
final class Tracked {
    private final String set;
    private final String select;
    private final int pageSize;
    private volatile String given;

    /**
     * @param set      entity set name
     * @param select   columns, separated by commas
     * @param pageSize most rows in one page, 1 to 5000
     */
    Tracked(String set, String select, int pageSize) {
        this.set = set;
        this.select = select;
        this.pageSize = pageSize;
    }

    /**
     * Whether a link that was kept leads to the rows and columns that are wanted today. The settings may have named
     * others when it was given: then its rows lack today's columns, and a column that is gone is refused. A link
     * that shows no columns is taken, and so is the one that was given last, however the service spells them.
     */
    boolean leadsOn(String link) {
        return link.equals(given) || link.startsWith(start()) && selects(link.substring(start().length()));
    }

    private boolean selects(String query) {
        for (String option : query.split("&")) {
            int equals = option.indexOf('=');
            if (equals > 0 && decoded(option.substring(0, equals)).equalsIgnoreCase("$select")) {
                return columns(decoded(option.substring(equals + 1))).equals(columns(select));
            }
        }
        return true;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    private static Set<String> columns(String list) {
        return Arrays.stream(list.toLowerCase(Locale.ROOT).split(",")).map(String::strip).collect(Collectors.toSet());
    }

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

    /**
     * Whether Dataverse does not take a link, for whatever reason: also metadata that changed and a restore end one,
     * with other codes.
     */
    static boolean refused(Answer answer) {
        return !Refusals.tooEarly(answer) && (answer.status() == 400 || answer.status() == 404);
    }

    static boolean more(Answer answer) {
        return answer.object().get("@odata.nextLink") != null;
    }

    /** The way on; null when the answer shows none. */
    String next(Answer answer) {
        Object next = answer.object().get(more(answer) ? "@odata.nextLink" : "@odata.deltaLink");
        int start = next instanceof String text ? text.indexOf(start()) : -1;
        if (start < 0) {
            return null;
        }
        given = ((String) next).substring(start);
        return given;
    }

    /**
     * Whether the answer tells something about changes: rows with a way on, an expired link, or a right that is
     * missing.
     */
    boolean tells(Answer answer) {
        return answer.status() == 403 || expired(answer) || answer.ok() && next(answer) != null;
    }
}
