package dev.cosell.sync.decide;

import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Opportunity;
import java.util.Map;

/**
 * The mark in front of an opportunity's name that shows whether its last sync went well. It is written together with
 * something else only, and no comparison sees it.
 *
 * @param wanted whether names are marked at all
 */
public record CheckMark(boolean wanted) {

    private static final String SUCCESS = "\u2714 ";
    private static final String FAILURE = "\u2716 ";
    private static final String MARKS = "\u2714\u2713\u2716\u2718\uFE0F";

    /**
     * Adds the marked name to a patch that writes something, unless the name shows the mark already.
     *
     * @param present the opportunity's name; null for one that has none, or is new
     */
    public void put(CrmView crm, Object present, Map<String, Object> patch, boolean success) {
        Object name = patch.getOrDefault(crm.nameField(), present);
        if (!wanted || patch.isEmpty() || !(name instanceof String text) || text.isBlank()) {
            return;
        }
        String marked = (success ? SUCCESS : FAILURE) + bare(text);
        String fitted = marked.length() <= crm.nameLength() ? marked
                : marked.substring(0, crm.nameLength()).stripTrailing();
        if (!fitted.equals(present)) {
            patch.put(crm.nameField(), fitted);
        } else {
            patch.remove(crm.nameField());
        }
    }

    /** Whether the name still tells of a failure. */
    public boolean showsFailure(Opportunity opportunity) {
        return wanted && opportunity.name() instanceof String name && name.startsWith(FAILURE.strip());
    }

    private static String bare(String name) {
        int start = 0;
        while (start < name.length()
                && (MARKS.indexOf(name.charAt(start)) >= 0 || Character.isWhitespace(name.charAt(start)))) {
            start++;
        }
        return name.substring(start);
    }
}
