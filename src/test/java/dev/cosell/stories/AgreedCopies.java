package dev.cosell.stories;

import dev.cosell.settings.Key;
import dev.cosell.state.Database;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Opportunities that agree without ever having been synced, each with a link of its own as if it had been. There are no
 * referrals behind them, so nobody may poll as long as they are there.
 */
final class AgreedCopies {
    private static final int AT_ONCE = 1000;
    private static final String COPY = "INSERT INTO link (crm, referral_id, engagement_id, crm_id, agreed,"
            + " referral_version, crm_version, state, updated_at, writes_in_window, waits, record_type)"
            + " SELECT crm, ?, ?, ?, agreed, referral_version, crm_version, state, updated_at, writes_in_window, waits,"
            + " record_type FROM link WHERE crm_id = ?";

    private final CrmDriver crm;
    private final String books;
    private final String pattern;
    private final Set<String> linked;

    /** @param synced all opportunities that there are; the copies are like the first */
    AgreedCopies(World world, List<String> synced) {
        crm = world.crm();
        books = world.settings().text(Key.STATE_URL);
        pattern = synced.get(0);
        linked = new HashSet<>(synced);
    }

    /** From here on there are so many, which all agree. */
    void upTo(int wanted) {
        Map<String, Object> like = crm.opportunity(pattern);
        Map<String, Object> fields = like.entrySet().stream()
                .filter(each -> each.getValue() != null
                        && (each.getKey().endsWith("__c") || each.getKey().startsWith("cosell_"))
                        && !(each.getValue() instanceof List || each.getValue() instanceof Map))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        for (CrmField field : List.of(CrmField.NAME, CrmField.VALUE, CrmField.CLOSE_DATE, CrmField.NOTES)) {
            fields.put(crm.field(field), like.get(crm.field(field)));
        }
        for (int made = linked.size(); made < wanted; made += AT_ONCE) {
            fields.put(crm.field(CrmField.REFERRAL_IDENTIFIER), String.format(Locale.ROOT, "%08x-1111-4222-8333-{n}",
                    made));
            fields.put("count", Math.min(AT_ONCE, wanted - made));
            crm.api().post("/sandbox/opportunities", fields);
        }
        List<Object[]> rows = allIds().stream().filter(linked::add).map(id -> new Object[] {
            UUID.randomUUID().toString(), UUID.randomUUID().toString(), id, pattern}).toList();
        try (Database database = Database.visit(books, null, null)) {
            for (int from = 0; from < rows.size(); from += AT_ONCE) {
                List<Object[]> some = rows.subList(from, Math.min(rows.size(), from + AT_ONCE));
                database.inTransaction(statements -> statements.batchUpdate(COPY, some));
            }
        }
    }

    private List<String> allIds() {
        return crm instanceof SalesforceDriver salesforce ? allIds(salesforce) : allIds((DynamicsDriver) crm);
    }

    private static List<String> allIds(SalesforceDriver salesforce) {
        List<String> all = new ArrayList<>();
        List<String> page;
        do {
            String after = all.isEmpty() ? "" : " WHERE Id > '" + all.get(all.size() - 1) + "'";
            page = ids(salesforce.asApplication("GET", "/services/data/v56.0/query?q=" + URLEncoder.encode(
                    "SELECT Id FROM Opportunity" + after + " ORDER BY Id LIMIT 2000", StandardCharsets.UTF_8), null),
                    "records", "Id");
            all.addAll(page);
        } while (!page.isEmpty());
        return all;
    }

    private static List<String> allIds(DynamicsDriver dynamics) {
        List<String> all = new ArrayList<>();
        String next = "/api/data/v9.2/opportunities?$select=opportunityid";
        while (next != null) {
            Map<String, Object> answer = dynamics.asApplication("GET", next, null);
            all.addAll(ids(answer, "value", "opportunityid"));
            String link = (String) answer.get("@odata.nextLink");
            next = link == null ? null : link.substring(link.indexOf("/api/data/"));
        }
        return all;
    }

    private static List<String> ids(Map<String, Object> answer, String rows, String id) {
        return ((List<?>) answer.get(rows)).stream().map(row -> (String) ((Map<?, ?>) row).get(id)).toList();
    }
}
