package dev.cosell.app;

import dev.cosell.backfill.BackfillSteps;
import dev.cosell.backfill.Backfills;
import dev.cosell.backfill.Breakers;
import dev.cosell.backfill.OldReasons;
import dev.cosell.backfill.Pages;
import dev.cosell.connection.Connections;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.sync.books.FirstSync;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.steps.FirstSyncSteps;
import dev.cosell.verbs.CrmView;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** The beans that {@code routes/backfill.camel.yaml} names, and the one at which the first sync asks. */
final class BackfillBeans {
    private final Settings settings;
    private final Connections connections;
    private final Clock clock;

    BackfillBeans(Settings settings, Connections connections, Clock clock) {
        this.settings = settings;
        this.connections = connections;
        this.clock = clock;
    }

    void bind(CamelContext camel, Ground ground, Map<String, CrmView> views, ReferralRules referrals,
            ReferralIndex index) {
        Registry registry = camel.getRegistry();
        FirstSync first = new FirstSync(ground.database(), settings.crms());
        first.begin(settings.sandbox(), "go".equals(settings.text(Key.FIRST_SYNC)));
        Breakers breakers = new Breakers(settings.percent(Key.BACKFILL_MOST_CLOSINGS),
                settings.percent(Key.BACKFILL_MOST_OVERWRITES));
        Backfills backfills = new Backfills(ground.database(), first,
                new BackfillSteps.Rules(breakers, settings.number(Key.FIRST_SYNC_LIMIT)), clock);
        backfills.adjustToCrms();
        registry.bind("backfills", backfills);
        registry.bind("firstSync", new FirstSyncSteps(first, backfills::hands, index, ground.links()));
        registry.bind("backfillReasons",
                new OldReasons(ground.database(), settings.duration(Key.SYNC_KEEP_AUDIT), clock));
        registry.bind("backfill", backfills.steps(new Pages(views, referrals, ground.mappings(),
                new LinkSearch(ground.database()), ground.seen()), ground.hints()::backlog,
                connections::answered, camel::isStopping));
    }
}
