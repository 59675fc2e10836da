package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Call;
import java.util.Map;
import java.util.UUID;

/** Duplicate detection: accounts of one name, contacts of one e-mail address. Off unless a call asks for it. */
final class DuplicateRules {
    private static final Map<String, String> RULES = Map.of("account", "name", "contact", "emailaddress1");

    private final Store store;

    DuplicateRules(Store store) {
        this.store = store;
    }

    /** @param self the row that is updated; null at a create */
    void check(Call call, Draft draft, UUID self) {
        String column = RULES.get(draft.table().name());
        Object value = column == null ? null : draft.values().get(column);
        if (value == null || !"false".equalsIgnoreCase(call.header("MSCRM.SuppressDuplicateDetection"))) {
            return;
        }
        if (store.rows(draft.table()).holding(column, value).stream().anyMatch(id -> !id.equals(self))) {
            throw new Refusal(412, "0x80040333",
                    "A record was not created or updated because a duplicate of the current record already exists.");
        }
    }
}
