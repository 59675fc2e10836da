package dev.cosell.verbs;

import java.util.Collection;
import java.util.Map;

/**
 * An opportunity of a CRM as it was read.
 *
 * @param version as the view tells it; kept, because a sync asks for it about ten times and a CRM may have to hash the
 *     whole record for it
 */
public record Opportunity(Map<String, Object> fields, CrmView view, String version) implements CrmRecord {
    public Opportunity(Map<String, Object> fields, CrmView view) {
        this(fields, view, view.version(fields));
    }

    /** @param fields null when there is none, as is the opportunity then */
    public static Opportunity of(Map<String, Object> fields, CrmView view) {
        return fields == null ? null : new Opportunity(fields, view);
    }

    /** As the CRM shows it; null when it has none. */
    public Object name() {
        return fields.get(view.nameField());
    }

    /** See {@link CrmView#syncWanted}. */
    public boolean isSyncWanted() {
        return view.syncWanted(fields);
    }

    /** What stands in the Referral Link; null when nothing does. */
    public String referralLink() {
        return view.referralLink(fields);
    }

    /** See {@link CrmView#ownerIsNoPerson}. */
    public String ownerIsNoPerson() {
        return view.ownerIsNoPerson(fields);
    }

    /** See {@link CrmView#guards}. */
    public boolean isGuarded(Collection<String> written) {
        return view.guards(fields, written);
    }

    /** A record that was read together with it, such as {@code account}; empty when there is none. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> related(String name) {
        return fields.get(name) instanceof Map<?, ?> related ? (Map<String, Object>) related : Map.of();
    }
}
