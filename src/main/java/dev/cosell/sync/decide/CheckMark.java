package dev.cosell.sync.decide;

import dev.cosell.verbs.CrmView;
import java.util.Map;

/**
 * The mark in front of an opportunity's name that shows whether its last sync went well. It is written together with something else
 * only, and no comparison sees it.
 *
 * @param wanted whether names are marked at all
 */
public record CheckMark(boolean wanted) {

    private static final String SUCCESS = "\u2714 ";
    private static final String FAILURE = "\u2716 ";
    private static final String MARKS = "\u2714\u2713\u2716\u2718\uFE0F";

    /** Adds the marked name to a patch that writes something, unless the name shows the mark already. */
    public void put(CrmView crm, Map<String, Object> opportunity, Map<String, Object> patch, boolean success) {
        Object present = opportunity.get(crm.nameField());
        Object name = patch.getOrDefault(crm.nameField(), present);
        if (!wanted || patch.isEmpty() || !(name instanceof String text) || text.isBlank()) {
            return;
        }
        String marked = (success ? SUCCESS : FAILURE) + bare(text);
        String fitted = marked.length() <= crm.nameLength() ? marked : marked.substring(0, crm.nameLength()).stripTrailing();
        if (!fitted.equals(present)) {
            patch.put(crm.nameField(), fitted);
        } else {
            patch.remove(crm.nameField());
        }
    }

    /** Whether the name still tells of a failure. */
    public boolean showsFailure(CrmView crm, Map<String, Object> opportunity) {
        return wanted && opportunity.get(crm.nameField()) instanceof String name && name.startsWith(FAILURE.strip());
    }

    private static String bare(String name) {
        int start = 0;
        while (start < name.length() && (MARKS.indexOf(name.charAt(start)) >= 0 || Character.isWhitespace(name.charAt(start)))) {
            start++;
        }
        return name.substring(start);
    }
}
