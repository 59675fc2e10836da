package dev.cosell.crm.dynamics;

import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Opportunities;
import dev.cosell.check.dynamics.DynamicsOpportunities;
import dev.cosell.check.dynamics.DynamicsRights;
import dev.cosell.check.dynamics.DynamicsTables;
import dev.cosell.connection.Connections;
import dev.cosell.crm.CrmBeans;
import dev.cosell.crm.CrmGround;
import dev.cosell.dynamics.Batches;
import dev.cosell.dynamics.ChangeFeed;
import dev.cosell.dynamics.Closings;
import dev.cosell.dynamics.Creations;
import dev.cosell.dynamics.Currencies;
import dev.cosell.dynamics.DateColumns;
import dev.cosell.dynamics.DynamicsFields;
import dev.cosell.dynamics.DynamicsLeadView;
import dev.cosell.dynamics.DynamicsView;
import dev.cosell.dynamics.LeadVerbs;
import dev.cosell.dynamics.Listings;
import dev.cosell.dynamics.OpportunityBodies;
import dev.cosell.dynamics.OpportunityColumns;
import dev.cosell.dynamics.Parties;
import dev.cosell.dynamics.Reads;
import dev.cosell.dynamics.Records;
import dev.cosell.dynamics.SalesTeam;
import dev.cosell.dynamics.SolutionRows;
import dev.cosell.dynamics.Updates;
import dev.cosell.dynamics.WebApi;
import dev.cosell.entra.EntraTokens;
import dev.cosell.http.HttpSystem;
import dev.cosell.live.LiveMappings.Part;
import dev.cosell.live.LiveMappings;
import dev.cosell.mapping.DateFields;
import dev.cosell.settings.Settings;
import dev.cosell.verbs.CrmRecordView;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.OwnerRule;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** The beans that {@code routes/dynamics.camel.yaml} names, and its checks. */
final class DynamicsBeans implements CrmBeans {
    private static final String SYSTEM = DynamicsCrm.NAME;
    private static final int AUDIT_LENGTH = 100_000;
    private static final int PAGE_SIZE = 500;
    /** Columns of an opportunity that hold days in every environment. */
    private static final Set<String> DAYS = Set.of("estimatedclosedate", "actualclosedate", "finaldecisiondate");

    private final Settings settings;
    private final Clock clock;
    private final Connections connections;
    private final DynamicsFields fields;
    private final DynamicsView view;
    /** Alone until the beans are bound. */
    private IntSupplier instances = () -> 1;

    DynamicsBeans(Settings settings, Clock clock, Connections connections) {
        this.settings = settings;
        this.clock = clock;
        this.connections = connections;
        this.fields = fields(settings);
        this.view = new DynamicsView(fields, AUDIT_LENGTH);
    }

    @Override
    public CrmView view() {
        return view;
    }

    @Override
    public CrmRecordView leadView() {
        return new DynamicsLeadView(settings.text(DynamicsKey.LEAD_REFERRAL_ID_FIELD),
                settings.text(DynamicsKey.LEAD_AUDIT_FIELD), AUDIT_LENGTH);
    }

    @Override
    public void bind(CamelContext camel, CrmGround ground) {
        Registry registry = camel.getRegistry();
        instances = ground.shared().instances();
        LiveMappings mappings = ground.mappings();
        Supplier<Set<String>> accountFields = () -> mappings.fields(SYSTEM, Part.ACCOUNT);
        Supplier<Set<String>> contactFields = () -> mappings.fields(SYSTEM, Part.CONTACT);
        OpportunityColumns columns = new OpportunityColumns(fields, () -> mappings.fields(SYSTEM, Part.OPPORTUNITY),
                accountFields, contactFields,
                () -> mappings.fields(SYSTEM, Part.TEAM));
        Currencies currencies = new Currencies(camel.createProducerTemplate(), clock);
        DateFields dates = dates(camel, mappings, Part.OPPORTUNITY, "opportunity", DAYS);
        OpportunityBodies bodies = new OpportunityBodies(fields, currencies, dates);
        Records records = new Records(fields, currencies, dates);
        Updates updates = new Updates(columns, bodies, records);
        HttpSystem http = WebApi.calls(connections.of(SYSTEM), settings.text(DynamicsKey.URL) + DynamicsCrm.API,
                tokens(), ground.json(), clock);
        Reads reads = new Reads(fields, columns, records, view);
        SolutionRows solutions = new SolutionRows(fields, bodies, records, updates, reads);
        registry.bind("dynamicsHttp", http);
        registry.bind("dynamicsBatches", new Batches(http, DynamicsCrm.API, ground.json()));
        registry.bind("dynamicsReads", reads);
        registry.bind("dynamicsListings", new Listings(fields, columns, records, view));
        registry.bind("dynamicsUpdates", updates);
        registry.bind("dynamicsSolutionRows", solutions);
        registry.bind("dynamicsCreations", new Creations(fields, columns, bodies, records, reads));
        registry.bind("dynamicsParties",
                new Parties(accountFields, contactFields, new DynamicsCrm().partyRules(settings),
                        new OwnerRule(settings.isOn(DynamicsKey.OWNER_FROM_TEAM))));
        registry.bind("dynamicsClosings", new Closings(fields, updates, solutions, reads, clock));
        registry.bind("dynamicsLeads", new LeadVerbs(settings.text(DynamicsKey.LEAD_REFERRAL_ID_FIELD),
                settings.text(DynamicsKey.LEAD_AUDIT_FIELD), () -> mappings.fields(SYSTEM, Part.LEAD), currencies,
                dates(camel, mappings, Part.LEAD, "lead", Set.of())));
        registry.bind("dynamicsTeam", new SalesTeam(() -> mappings.fields(SYSTEM, Part.TEAM)));
        registry.bind("dynamicsChangeFeed",
                new ChangeFeed(fields, view, ground.joined(), ground.rows(), PAGE_SIZE, clock));
    }

    @Override
    public List<Check> checks(Checked checked) {
        Calls calls = checked.calls();
        return List.of(new DynamicsRights(calls, fields, checked.leads(), settings.isOn(DynamicsKey.SALES_TEAM)),
                new DynamicsTables(calls,
                        new DynamicsTables.Wanted(fields, checked.leads(),
                                settings.text(DynamicsKey.LEAD_REFERRAL_ID_FIELD),
                                settings.text(DynamicsKey.LEAD_AUDIT_FIELD), checked.linkLength(), AUDIT_LENGTH,
                                settings.text(DynamicsKey.TIME_ZONE)),
                        checked.mapping()));
    }

    @Override
    public List<AutoCloseable> operations(CamelContext camel) {
        return List.of(new ConcurrentCalls(camel, settings.number(DynamicsKey.CONCURRENT_CALLS), instances).start());
    }

    @Override
    public Opportunities opportunities(Calls calls) {
        return new DynamicsOpportunities(calls, fields);
    }

    private DateFields dates(CamelContext camel, LiveMappings mappings, Part part, String table, Set<String> days) {
        return new DateFields(() -> mappings.dateFields(SYSTEM, part), days,
                new DateColumns(camel.createProducerTemplate(), table, settings.text(DynamicsKey.TIME_ZONE)), clock);
    }

    private EntraTokens tokens() {
        URI endpoint = URI.create(
                settings.text(DynamicsKey.LOGIN_URL) + "/" + settings.text(DynamicsKey.TENANT) + "/oauth2/v2.0/token");
        return new EntraTokens(SYSTEM, endpoint, settings.text(DynamicsKey.CLIENT_ID),
                settings.text(DynamicsKey.CLIENT_SECRET),
                DynamicsCrm.scope(settings), ClientCredentialsGrant::new, rotated -> {}, clock);
    }

    private static DynamicsFields fields(Settings settings) {
        return new DynamicsFields(settings.text(DynamicsKey.SYNC_FIELD), settings.text(DynamicsKey.REFERRAL_ID_FIELD),
                settings.text(DynamicsKey.REFERRAL_LINK_FIELD), settings.text(DynamicsKey.AUDIT_FIELD),
                settings.text(DynamicsKey.SOLUTION_SET), settings.text(DynamicsKey.SOLUTION_ID_FIELD),
                settings.text(DynamicsKey.SOLUTION_NAME_FIELD), settings.text(DynamicsKey.SOLUTION_OPPORTUNITY_NAV),
                settings.text(DynamicsKey.OPPORTUNITY_SOLUTIONS_NAV));
    }
}
