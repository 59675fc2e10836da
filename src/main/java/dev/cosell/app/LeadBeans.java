package dev.cosell.app;

import dev.cosell.partnercenter.MarketplaceLeads;
import dev.cosell.partnercenter.door.MarketplaceDoor;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.sync.books.PersonalData;
import dev.cosell.sync.books.PushedLeads;
import dev.cosell.sync.decide.EndedLead;
import dev.cosell.sync.decide.Erasure;
import dev.cosell.sync.decide.LeadMode;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.steps.LeadSteps;
import dev.cosell.sync.steps.NamedLeads;
import dev.cosell.verbs.CrmRecordView;
import dev.cosell.verbs.CrmView;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.spi.Registry;

/** The beans that {@code routes/leads.camel.yaml} and {@code routes/marketplace-leads.camel.yaml} name. */
final class LeadBeans {
    private final Settings settings;
    private final Clock clock;

    LeadBeans(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What people may have erased.
     *
     * @param crms all that there are
     */
    void bindPeople(Registry registry, Ground ground, Collection<String> crms, ReferralRules referrals) {
        Function<String, EndedLead> ended = crm -> settings.crms().contains(crm)
                ? new EndedLead(ground.mappings().of(crm).lead(), referrals) : null;
        registry.bind("personalData", new PersonalData(ground.database(), ground.links(), crms,
                new Erasure(ended, LeadMode.of(settings.text(Key.LEADS))), clock));
    }

    /** @param leads how the leads of the enabled CRMs are read, whose opportunities {@code views} reads */
    void bind(Registry registry, Ground ground, Map<String, CrmView> views, Map<String, CrmRecordView> leads) {
        registry.bind("leads",
                new LeadSteps(leads, ground.mappings(), settings.crms().get(0), settings.text(Key.MISSING_CURRENCY),
                clock));
        registry.bind("namedLeads", new NamedLeads(views, leads, ground.links()));
        PushedLeads pushed = new PushedLeads(ground.database(), settings.crms(),
                settings.duration(Key.MARKETPLACE_LEADS_KEEP), ground.hints()::backlog, clock);
        registry.bind("pushedLeads", pushed);
        registry.bind("marketplaceLeads", new MarketplaceLeads(pushed));
        registry.bind("marketplaceDoor", new MarketplaceDoor(settings.text(Key.MARKETPLACE_LEADS_PATH_SECRET)));
    }
}
