package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.Writes;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names the CRM's fields that a referral is made of, and what was left out of it. */
public final class DealSources {
    private static final String CUSTOMER = "customerProfile.";
    private static final String CONTACT = "customerProfile.team.";
    private static final String TEAM = "team.";

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();

    private DealSources() {}

    public static Writes.Sources of(CrmMapping mapping, Opportunity opportunity) {
        DealSources sources = new DealSources();
        sources.take("", mapping.opportunity(), opportunity.fields());
        sources.take(CUSTOMER, mapping.account(), opportunity.related("account"));
        sources.take(CONTACT, mapping.contact(), opportunity.related("contact"));
        if (mapping.team() != null) {
            sources.take(TEAM, mapping.team(), Map.of());
        }
        return new Writes.Sources(sources.fields, sources.leftOut);
    }

    private void take(String group, CompiledTable table, Map<String, Object> record) {
        table.sources().forEach((path, field) -> fields.put(group + path, field));
        table.leftOutByPath(record).forEach((path, sentence) -> leftOut.put(group + path, sentence));
    }
}
