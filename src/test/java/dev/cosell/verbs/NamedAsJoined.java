package dev.cosell.verbs;

import java.util.List;

/**
 * What a test says is joined, in whatever CRM.
 *
 * @param ids may change meanwhile
 */
public record NamedAsJoined(List<String> ids) implements JoinedRecords {
    @Override
    public boolean isJoined(String crm, String id) {
        return ids.contains(id);
    }

    @Override
    public List<String> opportunities(String crm) {
        return List.copyOf(ids);
    }
}
