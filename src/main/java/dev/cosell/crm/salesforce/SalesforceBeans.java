package dev.cosell.crm.salesforce;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Opportunities;
import dev.cosell.check.salesforce.CaptureSelection;
import dev.cosell.check.salesforce.SalesforceOpportunities;
import dev.cosell.check.salesforce.SalesforceSignIn;
import dev.cosell.check.salesforce.SalesforceTables;
import dev.cosell.check.salesforce.StageFlags;
import dev.cosell.connection.Connections;
import dev.cosell.crm.CrmBeans;
import dev.cosell.crm.CrmGround;
import dev.cosell.http.OutgoingHosts;
import dev.cosell.live.LiveMappings.Part;
import dev.cosell.live.LiveMappings;
import dev.cosell.mapping.DateFields;
import dev.cosell.salesforce.CallBudget;
import dev.cosell.salesforce.ChildRows;
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
import dev.cosell.salesforce.SalesforceLeadView;
import dev.cosell.salesforce.SalesforceView;
import dev.cosell.settings.Settings;
import dev.cosell.verbs.CrmRecordView;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Lead;
import dev.cosell.verbs.Opportunity;
import dev.cosell.verbs.OwnerRule;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/**
 * The beans and the component that {@code routes/salesforce.camel.yaml} names, its checks, and what operators see of
 * it.
 */
final class SalesforceBeans implements CrmBeans {
    private static final String SYSTEM = SalesforceCrm.NAME;
    private static final int AUDIT_LENGTH = 100_000;
    private static final int PAGE_SIZE = 2000;

    private final Settings settings;
    private final Clock clock;
    private final Connections connections;
    private final SalesforceFields fields;
    private final StreamingBeans streaming;
    /** Null until the beans are bound. */
    private volatile CallBudget budget;

    SalesforceBeans(Settings settings, Clock clock, Connections connections) {
        this.settings = settings;
        this.clock = clock;
        this.connections = connections;
        this.fields = fields(settings);
        this.streaming = new StreamingBeans(settings, clock, connections);
    }

    @Override
    public CrmView view() {
        return new SalesforceView(fields, AUDIT_LENGTH);
    }

    @Override
    public CrmRecordView leadView() {
        return new SalesforceLeadView(settings.text(SalesforceKey.LEAD_REFERRAL_ID_FIELD),
                settings.text(SalesforceKey.LEAD_AUDIT_FIELD), AUDIT_LENGTH);
    }

    @Override
    public void bindComponents(Registry registry) {
        registry.bind("salesforce", SalesforceConnection.component(SalesforceCrm.signIn(settings),
                new OutgoingHosts(settings.hosts())));
        streaming.bindComponent(registry);
    }

    @Override
    public void bind(CamelContext camel, CrmGround ground) {
        Registry registry = camel.getRegistry();
        LiveMappings mappings = ground.mappings();
        budget = new CallBudget(settings.number(SalesforceKey.DAILY_CALLS),
                settings.percent(SalesforceKey.ORG_CALL_SHARE),
                (day, calls) -> ground.shared().calls().add(SYSTEM, day, calls), clock);
        registry.bind("salesforceBudget", budget);
        OpportunityQuery query = new OpportunityQuery(fields, () -> mappings.fields(SYSTEM, Part.OPPORTUNITY),
                () -> mappings.fields(SYSTEM, Part.ACCOUNT), () -> mappings.fields(SYSTEM, Part.CONTACT),
                () -> mappings.fields(SYSTEM, Part.TEAM), new OrgCurrency(settings.text(SalesforceKey.CURRENCY)),
                dates(camel, mappings, Part.OPPORTUNITY, "Opportunity"));
        registry.bind("salesforceCalls", new SalesforceCalls(ground.json(), clock, connections.of(SYSTEM), budget));
        registry.bind("salesforceChildRows", new ChildRows());
        registry.bind("salesforceReads", new OpportunityReads(query));
        registry.bind("salesforceChanges",
                new OpportunityChanges(query, ground.joined(), settings.duration(SalesforceKey.POLL_OVERLAP), PAGE_SIZE,
                        clock));
        registry.bind("salesforceCreate", new OpportunityCreate(query, new SalesforceCrm().partyRules(settings),
                new OwnerRule(settings.isOn(SalesforceKey.OWNER_FROM_TEAM))));
        registry.bind("salesforceUpdate", new OpportunityUpdate(query, "Closed Won", "Closed Lost"));
        registry.bind("salesforceTeam", new SalesTeam(() -> mappings.fields(SYSTEM, Part.TEAM)));
        registry.bind("salesforceLeads", new LeadVerbs(settings.text(SalesforceKey.LEAD_REFERRAL_ID_FIELD),
                settings.text(SalesforceKey.LEAD_AUDIT_FIELD), () -> mappings.fields(SYSTEM, Part.LEAD),
                dates(camel, mappings, Part.LEAD, "Lead")));
        streaming.bind(registry, id -> ground.joined().isJoined(SYSTEM, id),
                ground.shared().turns().apply(SYSTEM + "-events"));
    }

    private DateFields dates(CamelContext camel, LiveMappings mappings, Part part, String object) {
        return new DateFields(() -> mappings.dateFields(SYSTEM, part), Set.of("CloseDate"),
                new DateFieldTypes(camel.createProducerTemplate(), object, settings.text(SalesforceKey.TIME_ZONE)),
                clock);
    }

    @Override
    public List<Check> checks(Checked checked) {
        Calls calls = checked.calls();
        List<Check> checks = new ArrayList<>();
        checks.add(new SalesforceSignIn(calls, SalesforceCrm.passwords(settings), clock));
        checks.add(new SalesforceTables(calls,
                new SalesforceTables.Wanted(fields, checked.leads(),
                        settings.text(SalesforceKey.LEAD_REFERRAL_ID_FIELD),
                        settings.text(SalesforceKey.LEAD_AUDIT_FIELD), checked.linkLength(), AUDIT_LENGTH,
                        settings.text(SalesforceKey.CURRENCY),
                        settings.isOn(SalesforceKey.SALES_TEAM), settings.text(SalesforceKey.TIME_ZONE)),
                checked.mapping()));
        checks.add(new StageFlags(calls, checked.mapping()));
        if (SalesforceCrm.sendsEvents(settings)) {
            checks.add(new CaptureSelection(calls));
        }
        return checks;
    }

    @Override
    public Opportunities opportunities(Calls calls) {
        return new SalesforceOpportunities(calls, fields);
    }

    @Override
    public boolean spent() {
        return budget != null && budget.state() == CallBudget.State.SPENT;
    }

    @Override
    public Map<String, Supplier<Number>> calls() {
        return Map.of("calls.today", budget::calls, "daily.calls", budget::dailyCalls, "organisation.calls",
                budget::orgUsed, "organisation.limit", budget::orgLimit);
    }

    @Override
    public Map<String, String> told() {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("calls", BudgetOperations.sentence(budget));
        if (SalesforceCrm.sendsEvents(settings)) {
            told.put("events", streaming.sentence());
        }
        return told;
    }

    @Override
    public List<AutoCloseable> operations(CamelContext camel) {
        List<AutoCloseable> shown = new ArrayList<>();
        shown.add(new BudgetOperations(budget).register(camel));
        if (SalesforceCrm.sendsEvents(settings)) {
            shown.add(streaming.operations(camel));
        }
        return shown;
    }

    private static SalesforceFields fields(Settings settings) {
        return new SalesforceFields(settings.text(SalesforceKey.SYNC_FIELD),
                settings.text(SalesforceKey.REFERRAL_ID_FIELD),
                settings.text(SalesforceKey.REFERRAL_LINK_FIELD), settings.text(SalesforceKey.AUDIT_FIELD),
                settings.text(SalesforceKey.SOLUTION_OBJECT), settings.text(SalesforceKey.SOLUTION_RELATIONSHIP),
                settings.text(SalesforceKey.SOLUTION_ID_FIELD),
                settings.text(SalesforceKey.SOLUTION_OPPORTUNITY_FIELD));
    }
}
