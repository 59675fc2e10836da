package dev.cosell.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import dev.cosell.connection.Connections;
import dev.cosell.dynamics.Batches;
import dev.cosell.dynamics.ChangeFeed;
import dev.cosell.dynamics.Closings;
import dev.cosell.dynamics.Creations;
import dev.cosell.dynamics.Currencies;
import dev.cosell.dynamics.DateColumns;
import dev.cosell.dynamics.DynamicsFields;
import dev.cosell.dynamics.DynamicsView;
import dev.cosell.dynamics.LeadVerbs;
import dev.cosell.dynamics.OpportunityBodies;
import dev.cosell.dynamics.OpportunityColumns;
import dev.cosell.dynamics.Parties;
import dev.cosell.dynamics.Reads;
import dev.cosell.dynamics.Records;
import dev.cosell.dynamics.SalesTeam;
import dev.cosell.dynamics.SolutionRows;
import dev.cosell.dynamics.Updates;
import dev.cosell.entra.EntraTokens;
import dev.cosell.http.HttpSystem;
import dev.cosell.live.LiveMappings;
import dev.cosell.live.LiveMappings.Part;
import dev.cosell.mapping.DateFields;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.OwnerRule;
import dev.cosell.verbs.PartRows;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** The beans that {@code routes/dynamics.camel.yaml} names. */
final class DynamicsBeans {
    private static final String SYSTEM = "dynamics";
    private static final String API = "/api/data/v9.2";
    private static final int AUDIT_LENGTH = 100_000;
    private static final int PAGE_SIZE = 500;
    /** Columns of an opportunity that hold days in every environment. */
    private static final Set<String> DAYS = Set.of("estimatedclosedate", "actualclosedate", "finaldecisiondate");

    private final Settings settings;
    private final Clock clock;
    private final Connections connections;

    DynamicsBeans(Settings settings, Clock clock, Connections connections) {
        this.settings = settings;
        this.clock = clock;
        this.connections = connections;
    }

    CrmView bind(CamelContext camel, ObjectMapper json, LiveMappings mappings, PartRows rows) {
        Registry registry = camel.getRegistry();
        DynamicsFields fields = fields();
        DynamicsView view = new DynamicsView(fields, AUDIT_LENGTH);
        Supplier<Set<String>> accountFields = () -> mappings.fields(SYSTEM, Part.ACCOUNT);
        Supplier<Set<String>> contactFields = () -> mappings.fields(SYSTEM, Part.CONTACT);
        OpportunityColumns columns = new OpportunityColumns(fields, () -> mappings.fields(SYSTEM, Part.OPPORTUNITY), accountFields, contactFields,
                () -> mappings.fields(SYSTEM, Part.TEAM));
        Currencies currencies = new Currencies(camel.createProducerTemplate());
        DateFields dates = dates(camel, mappings, Part.OPPORTUNITY, "opportunity", DAYS);
        OpportunityBodies bodies = new OpportunityBodies(fields, currencies, dates);
        Records records = new Records(fields, currencies, dates);
        Updates updates = new Updates(columns, bodies, records);
        HttpSystem http = new HttpSystem(connections.of(SYSTEM), settings.text(Key.DYNAMICS_URL) + API, tokens(), json, clock);
        Reads reads = new Reads(fields, columns, records, view);
        SolutionRows solutions = new SolutionRows(fields, bodies, records, updates, reads);
        registry.bind("dynamicsHttp", http);
        registry.bind("dynamicsBatches", new Batches(http, API, json));
        registry.bind("dynamicsReads", reads);
        registry.bind("dynamicsUpdates", updates);
        registry.bind("dynamicsSolutionRows", solutions);
        registry.bind("dynamicsCreations", new Creations(fields, columns, bodies, records, reads));
        registry.bind("dynamicsParties", new Parties(accountFields, contactFields, PartyMatching.rules(settings, SYSTEM),
                new OwnerRule("on".equals(settings.text(Key.DYNAMICS_OWNER_FROM_TEAM)))));
        registry.bind("dynamicsClosings", new Closings(fields, updates, solutions, reads, clock));
        registry.bind("dynamicsLeads", new LeadVerbs(settings.text(Key.DYNAMICS_LEAD_REFERRAL_ID_FIELD),
                settings.text(Key.DYNAMICS_LEAD_AUDIT_FIELD), () -> mappings.fields(SYSTEM, Part.LEAD), currencies,
                dates(camel, mappings, Part.LEAD, "lead", Set.of())));
        registry.bind("dynamicsTeam", new SalesTeam(() -> mappings.fields(SYSTEM, Part.TEAM)));
        registry.bind("dynamicsChangeFeed", new ChangeFeed(fields, view, rows, PAGE_SIZE));
        return view;
    }

    private DateFields dates(CamelContext camel, LiveMappings mappings, Part part, String table, Set<String> days) {
        return new DateFields(() -> mappings.dateFields(SYSTEM, part), days,
                new DateColumns(camel.createProducerTemplate(), table, settings.text(Key.DYNAMICS_TIME_ZONE)), clock);
    }

    private EntraTokens tokens() {
        URI endpoint = URI.create(settings.text(Key.DYNAMICS_LOGIN_URL) + "/" + settings.text(Key.DYNAMICS_TENANT) + "/oauth2/v2.0/token");
        return new EntraTokens(SYSTEM, endpoint, settings.text(Key.DYNAMICS_CLIENT_ID), settings.text(Key.DYNAMICS_CLIENT_SECRET),
                settings.text(Key.DYNAMICS_URL) + "/.default", ClientCredentialsGrant::new, rotated -> { }, clock);
    }

    DynamicsFields fields() {
        return new DynamicsFields(settings.text(Key.DYNAMICS_SYNC_FIELD), settings.text(Key.DYNAMICS_REFERRAL_ID_FIELD),
                settings.text(Key.DYNAMICS_REFERRAL_LINK_FIELD), settings.text(Key.DYNAMICS_AUDIT_FIELD),
                settings.text(Key.DYNAMICS_SOLUTION_SET), settings.text(Key.DYNAMICS_SOLUTION_ID_FIELD),
                settings.text(Key.DYNAMICS_SOLUTION_NAME_FIELD), settings.text(Key.DYNAMICS_SOLUTION_OPPORTUNITY_NAV),
                settings.text(Key.DYNAMICS_OPPORTUNITY_SOLUTIONS_NAV));
    }
}
