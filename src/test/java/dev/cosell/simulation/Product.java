package dev.cosell.simulation;

import dev.cosell.connection.Connections;
import dev.cosell.connection.Pauses;
import dev.cosell.partnercenter.PartnerCenterRules;
import dev.cosell.queue.ServerErrors;
import dev.cosell.queue.VerbCounts;
import dev.cosell.sync.books.Intents;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Breaker;
import dev.cosell.sync.decide.CheckMark;
import dev.cosell.sync.decide.Decider;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.HoldPolicy;
import dev.cosell.sync.decide.LeadMode;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.sync.steps.AttemptSteps;
import dev.cosell.sync.steps.Beginnings;
import dev.cosell.sync.steps.ClaimSteps;
import dev.cosell.sync.steps.DuePairs;
import dev.cosell.sync.steps.KeptOpportunities;
import dev.cosell.sync.steps.LeadSteps;
import dev.cosell.sync.steps.NamedLeads;
import dev.cosell.sync.steps.OtherSide;
import dev.cosell.sync.steps.Parking;
import dev.cosell.sync.steps.ReadAhead;
import dev.cosell.sync.steps.ReportedVersions;
import dev.cosell.sync.steps.SyncMemory;
import dev.cosell.sync.steps.SyncSteps;
import dev.cosell.sync.steps.WriteSteps;
import dev.cosell.verbs.CrmView;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** One process of the product: its own classes over the books of the world, put together as {@code Beans} does. */
final class Product implements Routes.Process {
    static final Duration DOUBT = Duration.ofMinutes(1);
    private static final int BREAKER = 30;

    final SeenVersions seen;
    final LinkStore links;
    final DuePairs duePairs;
    final Connections connections;
    private final Map<String, Object> beans = new HashMap<>();
    private final Map<String, Optional<Function<Scope, Object>>> verbs = new HashMap<>();
    private final Verbs systems;

    Product(World world) {
        Clock clock = world.time.clock();
        Mutation mutation = world.mutation;
        seen = mutation.versions(world.books.versions(clock));
        links = mutation.links(world.books.links(seen, clock), world);
        Intents intents = mutation.intents(world.books.intents(clock, DOUBT, world.time::nanos));
        duePairs = new DuePairs(links, List.copyOf(world.crms.keySet()), world.shared.releases(),
                crm -> false, clock);
        List<String> names = new ArrayList<>(world.crms.keySet());
        names.add(Portal.SYSTEM);
        connections = new Connections(names, Pauses.ALONE, clock, Duration.ofMinutes(1));
        systems = new Verbs(world, intents::confirm);
        ReferralRules rules = new PartnerCenterRules("https://portal.example/{id}", "contoso", Duration.ZERO, "Other",
                world.shared.refusals());
        Map<String, CrmView> views = new LinkedHashMap<>();
        world.crms.forEach((name, crm) -> views.put(name, crm.view));
        ReferralIndex index = world.books.index(rules, views, clock);
        Breaker breaker = new Breaker(BREAKER, Duration.ofMinutes(10));
        TimeRules time = new TimeRules(new HoldPolicy(world.setting.hold()), Duration.ofDays(3));
        CheckMark mark = new CheckMark(false);
        Decider decider = new Decider(rules, LeadMode.OFF, breaker, mark);
        beans.put("hints", new Taken());
        beans.put("organizations", new SameOrganization());
        beans.put("backfill", new NoBackfill());
        beans.put("firstSync", new LetGo());
        beans.put("sync", new SyncSteps(views, rules, decider, ShippedTables.MAPPINGS, links,
                world.shared.brakes(), time, clock));
        beans.put("otherSide", new OtherSide(views, ShippedTables.MAPPINGS, links, clock));
        beans.put("reportedVersions", new ReportedVersions(links, clock));
        beans.put("claims", new ClaimSteps(views, rules, ShippedTables.MAPPINGS, links, intents, index));
        beans.put("writes", new WriteSteps(views, rules, ShippedTables.MAPPINGS, mark, "", clock));
        beans.put("beginnings", new Beginnings(ShippedTables.MAPPINGS, links, world.shared.brakes()));
        beans.put("attempts", new AttemptSteps(intents));
        KeptOpportunities kept = new KeptOpportunities(rules, ShippedTables.MAPPINGS, clock);
        beans.put("memory", new SyncMemory(views, ShippedTables.LEADS, rules, ShippedTables.MAPPINGS, links, breaker,
                world.shared.waiting(), own -> { }, kept, time, clock));
        beans.put("parking", new Parking(views, rules, ShippedTables.MAPPINGS, links, world.shared.waiting(), clock));
        beans.put("kept", kept);
        // A sync that waits for another's read would wait for ever where there is one thread.
        beans.put("readAhead", new ReadAhead(views, (crm, wanted, most) -> List.of(), clock));
        beans.put("leads", new LeadSteps(ShippedTables.LEADS, ShippedTables.MAPPINGS, views.keySet().iterator().next(),
                "", clock));
        beans.put("namedLeads", new NamedLeads(views, ShippedTables.LEADS, links));
        beans.put("customers", new Customers());
        beans.put("dealRegistration", new NoRegistration());
        beans.put("connections", connections);
        ServerErrors serverErrors = new ServerErrors(new VerbCounts(names), connections::answered, clock);
        beans.put("serverErrors", serverErrors);
        beans.put("defects", new Defects(world, new dev.cosell.queue.Defects(serverErrors, clock)));
    }

    @Override
    public Object bean(String name) {
        Object bean = beans.get(name);
        if (bean == null) {
            throw new IllegalArgumentException("The simulation has no bean " + name);
        }
        return bean;
    }

    @Override
    public Function<Scope, Object> verb(String endpoint) {
        return verbs.computeIfAbsent(endpoint, each -> Optional.ofNullable(systems.of(each))).orElse(null);
    }

    @Override
    public boolean handled(String key) {
        return seen.asked(key);
    }

    /** No deal is registered for incentives here. */
    public static final class NoRegistration {
        public void changed() {}
    }

    /** Nobody collapses hints here. */
    public static final class Taken {
        public void taken() {}
    }

    /** The CRMs stay the ones with which the deals were linked. */
    public static final class SameOrganization {
        public void verify(String crm) {}
    }

    /** Nobody goes through all records here. */
    public static final class NoBackfill {
        public void watch() {}
    }

    /** The first sync was let go before the history begins. */
    public static final class LetGo {
        public boolean holds() {
            return false;
        }
    }

    /** Accounts are found or made by the model of the CRM. */
    public static final class Customers {
        public Decision told(@Variable("decision") Decision decision) {
            return decision;
        }
    }

    /** In the simulation a defect is not given up but found. */
    public record Defects(World world, dev.cosell.queue.Defects counted) {
        public boolean neverSettles(Exchange exchange) {
            return counted.neverSettles(exchange);
        }

        public void forget(Exchange exchange) {
            counted.forget(exchange);
        }

        public boolean givesUp(@org.apache.camel.ExchangeException Throwable defect) {
            world.ledger.found("defect: " + defect, defect);
            return true;
        }
    }
}
