package dev.cosell.app;

import dev.cosell.operations.Housekeeping;
import dev.cosell.partnercenter.ReferralView;
import dev.cosell.partnercenter.Sweep;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.sync.books.BrakeStore;
import dev.cosell.sync.books.Intents;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.sync.books.WaitingRelated;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.sync.decide.Brake;
import dev.cosell.sync.decide.Breaker;
import dev.cosell.sync.decide.CheckMark;
import dev.cosell.sync.decide.Decider;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.HoldPolicy;
import dev.cosell.sync.decide.LeadMode;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.sync.steps.AttemptSteps;
import dev.cosell.sync.steps.Beginnings;
import dev.cosell.sync.steps.Brakes;
import dev.cosell.sync.steps.ClaimSteps;
import dev.cosell.sync.steps.CustomerSteps;
import dev.cosell.sync.steps.DuePairs;
import dev.cosell.sync.steps.EngagementLooks;
import dev.cosell.sync.steps.HiddenOpportunities;
import dev.cosell.sync.steps.KeptOpportunities;
import dev.cosell.sync.steps.Notices;
import dev.cosell.sync.steps.OtherSide;
import dev.cosell.sync.steps.ParkedLooks;
import dev.cosell.sync.steps.Parking;
import dev.cosell.sync.steps.PreviewSteps;
import dev.cosell.sync.steps.ReadAhead;
import dev.cosell.sync.steps.Releases;
import dev.cosell.sync.steps.ReportedVersions;
import dev.cosell.sync.steps.SyncMemory;
import dev.cosell.sync.steps.SyncSteps;
import dev.cosell.sync.steps.WriteSteps;
import dev.cosell.verbs.CrmRecordView;
import dev.cosell.verbs.CrmView;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.Registry;

/**
 * The beans of the sync itself, which {@code routes/sync.camel.yaml}, {@code routes/failures.camel.yaml} and
 * {@code routes/preview.camel.yaml} name.
 */
final class SyncBeans {
    private final Settings settings;
    private final Clock clock;
    private final Ground ground;
    private final Map<String, CrmView> views;
    private final Map<String, CrmRecordView> leads;
    private final ReferralRules referrals;

    SyncBeans(Settings settings, Clock clock, Ground ground, Map<String, CrmView> views,
            Map<String, CrmRecordView> leads, ReferralRules referrals) {
        this.settings = settings;
        this.clock = clock;
        this.ground = ground;
        this.views = views;
        this.leads = leads;
        this.referrals = referrals;
    }

    /** @param customers whose leases are extended for as long as the context runs */
    void bind(CamelContext camel, ReferralIndex index, CustomerSteps customers) {
        Registry registry = camel.getRegistry();
        Intents intents = new Intents(ground.database(), clock, settings.duration(Key.PARTNER_CENTER_CREATE_WAIT));
        registry.bind("attempts", new AttemptSteps(intents));
        registry.bind("claims", new ClaimSteps(views, referrals, ground.mappings(), ground.links(), intents, index));
        registry.bind("otherSide", new OtherSide(views, ground.mappings(), ground.links(), clock));
        registry.bind("reportedVersions", new ReportedVersions(ground.links(), clock));
        registry.bind("notices", new Notices(views, clock));
        registry.bind("readAhead", new ReadAhead(views, ground.hints()::polled, clock));
        registry.bind("preview", new PreviewSteps());
        registry.bind("customers", extended(camel, customers));
        BrakeStore stopped = new BrakeStore(ground.database(), clock);
        Brakes brakes = new Brakes(new Brake(settings.number(Key.SYNC_BRAKE_SHARE),
                settings.number(Key.SYNC_BRAKE_LEAST)), stopped, clock);
        registry.bind("duePairs", new DuePairs(ground.links(), settings.crms(),
                new Releases(brakes, stopped, new Watermarks(ground.database(), clock), clock),
                ground.hints()::isBusy, clock));
        registry.bind("parkedLooks", new ParkedLooks(ground.links(), settings.crms(), ground.hints()::backlog,
                settings.duration(Key.SYNC_PARKED_INTERVAL), clock));
        registry.bind("hiddenOpportunities", new HiddenOpportunities(ground.links(), views, ground.hints()::isBusy));
        bindWrites(registry, brakes);
        EngagementLooks looks = looks(registry, index);
        registry.bind("engagementLooks", looks);
        bindDecision(registry, brakes, intents, looks);
    }

    private EngagementLooks looks(Registry registry, ReferralIndex index) {
        Sweep sweep = registry.lookupByNameAndType("partnerCenterSweep", Sweep.class);
        return new EngagementLooks(ground.links(), index, new Watermarks(ground.database(), clock), settings.crms(),
                sweep::isShowingMicrosofts, ground.hints()::offer,
                settings.duration(Key.PARTNER_CENTER_FULL_SWEEP_INTERVAL), clock);
    }

    private void bindWrites(Registry registry, Brakes brakes) {
        Beginnings beginnings = new Beginnings(ground.mappings(), ground.links(), brakes);
        registry.bind("beginnings", beginnings);
        registry.bind("refusedWrites", refused(beginnings));
    }

    private void bindDecision(Registry registry, Brakes brakes, Intents intents, EngagementLooks looks) {
        CheckMark mark = new CheckMark(settings.isOn(Key.CHECK_MARK));
        Breaker breaker = new Breaker(settings.number(Key.SYNC_BREAKER_WRITES),
                settings.duration(Key.SYNC_BREAKER_WINDOW));
        TimeRules time = new TimeRules(new HoldPolicy(settings.hold(Key.PARTNER_CENTER_IRREVERSIBLE)),
                settings.duration(Key.SYNC_DEADLINE_NOTICE));
        Decider decider = new Decider(referrals, LeadMode.of(settings.text(Key.LEADS)), breaker, mark);
        registry.bind("sync", new SyncSteps(views, referrals, decider, ground.mappings(), ground.links(),
                brakes, time, clock));
        registry.bind("writes",
                new WriteSteps(views, referrals, ground.mappings(), mark, settings.text(Key.MISSING_CURRENCY), clock));
        bindMemory(registry, breaker, time, intents, looks);
    }

    /** What is written down of a sync, and what is kept for the next one. */
    private void bindMemory(Registry registry, Breaker breaker, TimeRules time, Intents intents,
            EngagementLooks looks) {
        WaitingRelated waiting = new WaitingRelated(ReferralView.SYSTEM, ground.database(), ground.links(),
                ground.hints()::offer, clock);
        registry.bind("housekeeping",
                new Housekeeping(ground.seen(), ground.auditTrail(), waiting, intents,
                        new Watermarks(ground.database(), clock), settings.duration(Key.SYNC_KEEP_SEEN),
                        settings.duration(Key.SYNC_KEEP_AUDIT), clock));
        KeptOpportunities kept = new KeptOpportunities(referrals, ground.mappings(), clock);
        registry.bind("kept", kept);
        registry.bind("memory", new SyncMemory(views, leads, referrals, ground.mappings(), ground.links(), breaker,
                waiting, looks::begun, kept, time, clock));
        registry.bind("parking", new Parking(views, referrals, ground.mappings(), ground.links(), waiting, clock));
    }

    /** Camel asks for a processor between two rounds, where steps name a method of a bean. */
    @SuppressWarnings("unchecked")
    private static Processor refused(Beginnings beginnings) {
        return sync -> beginnings.refused(sync.getVariable("pair", Pair.class),
                sync.getVariable("decision", Decision.class),
                (Map<String, Object>) sync.getVariable("referral"),
                sync.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }

    private CustomerSteps extended(CamelContext camel, CustomerSteps customers) {
        long third = settings.duration(Key.SYNC_CUSTOMER_LEASE).toMillis() / 3;
        camel.getExecutorServiceManager().newSingleThreadScheduledExecutor(customers, "CustomerLeases")
                .scheduleWithFixedDelay(customers::extendAll, third, third, TimeUnit.MILLISECONDS);
        return customers;
    }
}
