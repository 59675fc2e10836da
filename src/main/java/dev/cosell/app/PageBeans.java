package dev.cosell.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cosell.explain.Deals;
import dev.cosell.explain.MappingRows;
import dev.cosell.explain.Overview;
import dev.cosell.explain.Preview;
import dev.cosell.explain.Rules;
import dev.cosell.explain.Why;
import dev.cosell.live.CheckedReload;
import dev.cosell.operations.ConnectionWatch;
import dev.cosell.operations.ParkedRetry;
import dev.cosell.operations.RecordIds;
import dev.cosell.operations.SyncOperations;
import dev.cosell.operations.WebhookOperations;
import dev.cosell.page.Api;
import dev.cosell.page.Page;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.text.Moment;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** The operator page and its API, made of what a running application has. */
final class PageBeans {
    private final Settings settings;
    private final Clock clock;

    PageBeans(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** What operators see and do in other ways too. */
    record Running(SyncOperations operations, ConnectionWatch connections, WebhookOperations webhook,
            CheckedReload reload) {}

    /** Opens it on the management server; its parts are to be closed with the application. */
    void open(CamelContext camel, Beans beans, Beans.Ground ground, Running running, Parts opened) {
        RecordIds ids = camel.getRegistry().lookupByNameAndType("recordIds", RecordIds.class);
        LinkSearch search = new LinkSearch(ground.database());
        ParkedRetry retry = opened.add(new ParkedRetry(running.operations(), keys -> search.byIds(keys).stream()
                .map(LinkSearch.Found::link).toList(), clock));
        Rules rules = new Rules(ground.mappings(), running.reload()::inForce);
        Deals deals = new Deals(search, ids, rules);
        MappingRows mapping = new MappingRows(settings.crms(), ground.mappings(), running.reload()::inForce,
                running.reload()::fault);
        Overview overview = new Overview(new Overview.Sources(camel, running.operations(), ground.hints(),
                ground.links(), ground.auditTrail(),
                running.connections()::states, running.webhook(), ground.mappings(), running.reload()::fault,
                running.reload()::lastEdit, retry, () -> instances(ground)), settings.crms(), settings.sandbox(),
                clock);
        Preview preview = new Preview(camel.createProducerTemplate(), running.operations(), ids, settings.crms(),
                beans.previewRows(rules));
        Api api = new Api(new Api.Parts(overview, deals, new Why(running.operations(), deals, ground.auditTrail(), ids),
                preview, mapping, search,
                running.operations(), retry, KnownCauses.all()), settings.crms());
        int port = settings.number(Key.MANAGEMENT_PORT);
        opened.add(Page.open(ground.vertx(), VertxPlatformHttpRouter.lookup(camel,
                VertxPlatformHttpRouter.getRouterNameFromPort(port)),
                JsonMapper.builder().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN).build(), api,
                settings.text(Key.MANAGEMENT_HOST),
                settings.text(Key.MANAGEMENT_USERS)));
    }

    private static List<Overview.Instance> instances(Beans.Ground ground) {
        return ground.instances().known().stream().map(each -> new Overview.Instance(each.name(), each.live(),
                Moment.text(each.started()))).toList();
    }
}
