package dev.cosell.simulation;

import dev.cosell.dynamics.DynamicsFields;
import dev.cosell.dynamics.DynamicsLeadView;
import dev.cosell.dynamics.DynamicsView;
import dev.cosell.live.LiveMappings;
import dev.cosell.mapping.FieldTable;
import dev.cosell.mapping.Mappings;
import dev.cosell.mapping.ValueMap;
import dev.cosell.mapping.Years;
import dev.cosell.salesforce.SalesforceFields;
import dev.cosell.salesforce.SalesforceLeadView;
import dev.cosell.salesforce.SalesforceView;
import dev.cosell.verbs.CrmRecordView;
import dev.cosell.verbs.CrmView;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.support.SimpleRegistry;

/** The field tables of {@code routes/}, and how the two CRMs' records are read. */
final class ShippedTables {
    static final Map<String, CrmView> VIEWS = Map.of(
            "salesforce", new SalesforceView(SalesforceFields.defaults(), 100_000),
            "dynamics", new DynamicsView(DynamicsFields.withPrefix("cosell_"), 100_000));
    static final Map<String, CrmRecordView> LEADS = Map.of(
            "salesforce", new SalesforceLeadView("Referral_Identifier__c", "Audit__c", 100_000),
            "dynamics", new DynamicsLeadView("cosell_referralidentifier", "cosell_audit", 100_000));
    static final Mappings MAPPINGS = load();

    private ShippedTables() {}

    private static Mappings load() {
        SimpleRegistry registry = new SimpleRegistry();
        VIEWS.keySet().forEach(crm -> Routes
                .list(Routes.read(Path.of("routes", "mapping-" + crm + ".camel.yaml"))).forEach(node -> Routes
                        .list(Routes.map(node).get("beans")).forEach(bean -> bind(registry, Routes.map(bean)))));
        LiveMappings mappings = new LiveMappings(Path.of("routes"),
                Map.of("salesforce", Years.ALL, "dynamics", Years.ALL));
        mappings.refresh(registry);
        return mappings;
    }

    private static void bind(SimpleRegistry registry, Map<String, Object> bean) {
        Map<String, Object> properties = Routes.map(bean.get("properties"));
        if (bean.get("type").equals(FieldTable.class.getName())) {
            FieldTable table = new FieldTable();
            table.setRows((String) properties.get("rows"));
            table.setWithin((String) properties.getOrDefault("within", ""));
            registry.bind((String) bean.get("name"), table);
            return;
        }
        ValueMap map = new ValueMap();
        map.setValues((String) properties.get("values"));
        properties.forEach((name, value) -> {
            switch (name) {
                case "crmType" -> map.setCrmType((String) value);
                case "referralType" -> map.setReferralType((String) value);
                case "unknownReferralValue" -> map.setUnknownReferralValue((String) value);
                default -> { }
            }
        });
        registry.bind((String) bean.get("name"), map);
    }
}
