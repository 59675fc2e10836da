package dev.cosell.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.connection.Connections;
import dev.cosell.live.LiveMappings;
import dev.cosell.live.LiveMappings.Part;
import dev.cosell.mapping.DateFields;
import dev.cosell.salesforce.CallBudget;
import dev.cosell.salesforce.DateFieldTypes;
import dev.cosell.salesforce.LeadVerbs;
import dev.cosell.salesforce.OpportunityChanges;
import dev.cosell.salesforce.OpportunityCreate;
import dev.cosell.salesforce.OpportunityQuery;
import dev.cosell.salesforce.OpportunityReads;
import dev.cosell.salesforce.OpportunityUpdate;
import dev.cosell.salesforce.OrgCurrency;
import dev.cosell.salesforce.SalesTeam;
import dev.cosell.salesforce.SalesforceCalls;
import dev.cosell.salesforce.SalesforceConnection;
import dev.cosell.salesforce.SalesforceFields;
import dev.cosell.salesforce.SalesforceHints;
import dev.cosell.salesforce.SalesforceSettings;
import dev.cosell.salesforce.SalesforceView;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.OwnerRule;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** The beans and the component that {@code routes/salesforce.camel.yaml} names. */
final class SalesforceBeans {
    private static final String SYSTEM = "salesforce";
    private static final String BUDGET = "salesforceBudget";
    private static final String CALLS = "salesforce-calls";
    private static final int AUDIT_LENGTH = 100_000;
    private static final int PAGE_SIZE = 2000;

    private final Settings settings;
    private final Clock clock;
    private final Connections connections;

    SalesforceBeans(Settings settings, Clock clock, Connections connections) {
        this.settings = settings;
        this.clock = clock;
        this.connections = connections;
    }

    void bindComponent(Registry registry) {
        registry.bind("salesforce", SalesforceConnection.component(connection()));
    }

    CrmView bind(CamelContext camel, ObjectMapper json, LiveMappings mappings, Watermarks watermarks) {
        Registry registry = camel.getRegistry();
        SalesforceFields fields = fields();
        CallBudget budget = new CallBudget(settings.number(Key.SALESFORCE_DAILY_CALLS), settings.percent(Key.SALESFORCE_ORG_CALL_SHARE),
                () -> watermarks.read(CALLS), count -> watermarks.advance(CALLS, count), clock);
        registry.bind(BUDGET, budget);
        OpportunityQuery query = new OpportunityQuery(fields, () -> mappings.fields(SYSTEM, Part.OPPORTUNITY),
                () -> mappings.fields(SYSTEM, Part.ACCOUNT), () -> mappings.fields(SYSTEM, Part.CONTACT),
                () -> mappings.fields(SYSTEM, Part.TEAM), new OrgCurrency(settings.text(Key.SALESFORCE_CURRENCY)),
                dates(camel, mappings, Part.OPPORTUNITY, "Opportunity"));
        registry.bind("salesforceCalls", new SalesforceCalls(json, clock, connections.of(SYSTEM), budget));
        registry.bind("salesforceReads", new OpportunityReads(query));
        registry.bind("salesforceChanges", new OpportunityChanges(query, settings.duration(Key.SALESFORCE_POLL_OVERLAP), PAGE_SIZE, clock));
        registry.bind("salesforceCreate", new OpportunityCreate(query, PartyMatching.rules(settings, SYSTEM),
                new OwnerRule("on".equals(settings.text(Key.SALESFORCE_OWNER_FROM_TEAM)))));
        registry.bind("salesforceUpdate", new OpportunityUpdate(query, "Closed Won", "Closed Lost"));
        registry.bind("salesforceTeam", new SalesTeam(() -> mappings.fields(SYSTEM, Part.TEAM)));
        registry.bind("salesforceHints", new SalesforceHints());
        registry.bind("salesforceLeads", new LeadVerbs(settings.text(Key.SALESFORCE_LEAD_REFERRAL_ID_FIELD),
                settings.text(Key.SALESFORCE_LEAD_AUDIT_FIELD), () -> mappings.fields(SYSTEM, Part.LEAD), dates(camel, mappings, Part.LEAD, "Lead")));
        return new SalesforceView(fields, AUDIT_LENGTH);
    }

    private DateFields dates(CamelContext camel, LiveMappings mappings, Part part, String object) {
        return new DateFields(() -> mappings.dateFields(SYSTEM, part), Set.of("CloseDate"),
                new DateFieldTypes(camel.createProducerTemplate(), object, settings.text(Key.SALESFORCE_TIME_ZONE)), clock);
    }

    /** The budget of calls; empty when Salesforce is not synced. */
    static Optional<CallBudget> budget(Registry registry) {
        return Optional.ofNullable(registry.lookupByNameAndType(BUDGET, CallBudget.class));
    }

    private SalesforceSettings connection() {
        return new SalesforceSettings(settings.text(Key.SALESFORCE_LOGIN_URL), orNull(Key.SALESFORCE_CLIENT_ID),
                orNull(Key.SALESFORCE_CLIENT_SECRET), orNull(Key.SALESFORCE_USER_NAME), orNull(Key.SALESFORCE_PASSWORD),
                orNull(Key.SALESFORCE_REFRESH_TOKEN), orNull(Key.SALESFORCE_KEYSTORE), orNull(Key.SALESFORCE_KEYSTORE_PASSWORD),
                orNull(Key.SALESFORCE_JWT_AUDIENCE));
    }

    private String orNull(Key key) {
        return settings.text(key).isEmpty() ? null : settings.text(key);
    }

    SalesforceFields fields() {
        return new SalesforceFields(settings.text(Key.SALESFORCE_SYNC_FIELD), settings.text(Key.SALESFORCE_REFERRAL_ID_FIELD),
                settings.text(Key.SALESFORCE_REFERRAL_LINK_FIELD), settings.text(Key.SALESFORCE_AUDIT_FIELD),
                settings.text(Key.SALESFORCE_SOLUTION_OBJECT), settings.text(Key.SALESFORCE_SOLUTION_RELATIONSHIP),
                settings.text(Key.SALESFORCE_SOLUTION_ID_FIELD), settings.text(Key.SALESFORCE_SOLUTION_OPPORTUNITY_FIELD));
    }
}
