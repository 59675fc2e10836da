package dev.cosell.sync.decide;

import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Opportunity;
import java.util.Map;

/**
 * The mark in front of an opportunity's name that shows whether its last sync went well. It is written together with
 * something else only, and no comparison sees it. A name that leaves no room for it goes without: cut, it would come
 * back as another name.
 *
 * @param wanted whether names are marked at all
 */
public record CheckMark(boolean wanted) {

    private static final String SUCCESS = "\u2714 ";
    private static final String FAILURE = "\u2716 ";
    private static final String MARKS = "\u2714\u2713\u2716\u2718\uFE0F";

    /**
     * Adds the marked name to a patch that writes something, unless the name shows the mark already or has no room for
     * it.
     *
     * @param present the opportunity's name; null for one that has none, or is new
     */
    public void put(CrmView crm, Object present, Map<String, Object> patch, boolean success) {
        Object name = patch.getOrDefault(crm.nameField(), present);
        if (!wanted || patch.isEmpty() || !(name instanceof String text) || text.isBlank()) {
            return;
        }
        String bare = bare(text);
        String marked = (success ? SUCCESS : FAILURE) + bare;
        String shown = marked.length() <= crm.nameLength() ? marked : bare;
        if (!shown.equals(present)) {
            patch.put(crm.nameField(), shown);
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
