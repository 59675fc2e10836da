package dev.cosell.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cosell.backfill.Backfills;
import dev.cosell.crm.Crms;
import dev.cosell.explain.Deals;
import dev.cosell.explain.DecisionLog;
import dev.cosell.explain.Figures;
import dev.cosell.explain.MappingRows;
import dev.cosell.explain.MappingTry;
import dev.cosell.explain.Overview;
import dev.cosell.explain.Preview;
import dev.cosell.explain.PreviewRows;
import dev.cosell.explain.Rules;
import dev.cosell.explain.Why;
import dev.cosell.http.OutgoingHosts;
import dev.cosell.live.CheckedReload;
import dev.cosell.live.MappingTrial;
import dev.cosell.operations.BrakeOperations;
import dev.cosell.operations.CheckOperations;
import dev.cosell.operations.ConnectionWatch;
import dev.cosell.operations.RecordIds;
import dev.cosell.operations.SyncOperations;
import dev.cosell.operations.WebhookOperations;
import dev.cosell.page.Api;
import dev.cosell.page.AssistantRequests;
import dev.cosell.page.BackfillApi;
import dev.cosell.page.Page;
import dev.cosell.page.SignInSettings;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.state.TableSizes;
import dev.cosell.support.Installation;
import dev.cosell.support.LogTail;
import dev.cosell.support.RunningState;
import dev.cosell.sync.books.AuditLog;
import dev.cosell.sync.books.FirstSync;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.sync.books.MinuteFigures;
import dev.cosell.text.Moment;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** The operator page and its API, made of what a running application has. */
final class PageBeans {
    private final Crms known;
    private final Settings settings;
    private final Clock clock;

    /** @param known all CRMs */
    PageBeans(Crms known, Settings settings, Clock clock) {
        this.known = known;
        this.settings = settings;
        this.clock = clock;
    }

    /** What operators see and do in other ways too. */
    record Running(SyncOperations operations, BrakeOperations brakes, ConnectionWatch connections,
            WebhookOperations webhook, CheckedReload reload, LogTail log) {}

    /** Opens it on the management server; its parts are to be closed with the application. */
    void open(CamelContext camel, Beans beans, Ground ground, Running running, Parts opened) {
        RecordIds ids = camel.getRegistry().lookupByNameAndType("recordIds", RecordIds.class);
        LinkSearch search = new LinkSearch(ground.database());
        AssistantRequests requests = settings.text(Key.MCP).equals("act") ? new AssistantRequests(ground.database())
                : null;
        Rules rules = new Rules(ground.mappings(), running.reload()::textsInForce);
        Deals deals = new Deals(search, ids, rules, new RecordPages(known, settings), settings.crms());
        MappingRows mapping = new MappingRows(settings.crms(), ground.mappings(), running.reload()::textsInForce,
                () -> String.join("\n", running.reload().faults().refused().values()), camel.getRegistry()
                .lookupByNameAndType("checkOperations", CheckOperations.class));
        Backfills backfills = camel.getRegistry().lookupByNameAndType("backfills", Backfills.class);
        MinuteFigures minutes = camel.getRegistry().lookupByNameAndType("minuteFigures", MinuteFigures.class);
        Overview overview = new Overview(new Overview.Sources(camel, running.operations(), running.brakes(),
                ground.hints(), ground.links(), minutes,
                running.connections()::states, running.webhook(), ground.mappings(), running.reload()::faults,
                running.reload()::lastEdit, running.operations().retries(), backfills::phase,
                () -> instances(ground), beans::told,
                () -> requests == null ? List.of() : requests.waiting().stream()
                        .map(AssistantRequests.Request::sentence).toList()), settings.crms(),
                settings.duration(Key.ALERTS_OLDEST), settings.sandbox(), clock);
        RunningState state = new RunningState(new RunningState.Sources(camel, running.operations(),
                running.connections()::states, ground.instances()::known, search, ground.auditTrail(),
                new TableSizes(ground.database()), running.log(), settings.crms()));
        FirstSync first = new FirstSync(ground.database(), settings.crms());
        ProducerTemplate template = camel.createProducerTemplate();
        Function<PreviewRows, Preview> preview = rows -> new Preview(template, running.operations(), ids, first, rows);
        MappingTry trial = new MappingTry(ground.mappings(), new MappingTrial(ground.mappings(), camel.getRegistry(),
                running.reload()::textsInForce), running.reload()::textsInForce, preview);
        Why why = new Why(running.operations(), deals, ground.auditTrail(), ids, first);
        Api api = new Api(new Api.Parts(overview, deals, why,
                preview.apply(new PreviewRows(rules)), mapping, trial, new DecisionLog(new AuditLog(ground.database()),
                search, clock), new Figures(minutes, settings.crms(), clock), search, running.operations(),
                running.brakes(), KnownCauses.all(), requests,
                () -> supportBundle(running, state)), new BackfillApi(backfills, settings.crms()), settings.crms());
        int port = settings.number(Key.MANAGEMENT_PORT);
        opened.add(Page.open(ground.vertx(), VertxPlatformHttpRouter.lookup(camel,
                VertxPlatformHttpRouter.getRouterNameFromPort(port)),
                JsonMapper.builder().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN).build(), api,
                new Page.Doors(settings.text(Key.MANAGEMENT_HOST), settings.text(Key.MANAGEMENT_USERS), signIn(),
                        ground.database(), settings.text(Key.MCP))));
    }

    /** Null when people do not sign in with an identity provider. */
    private SignInSettings signIn() {
        String issuer = settings.text(Key.MANAGEMENT_SIGN_IN_ISSUER);
        return issuer.isEmpty() ? null : new SignInSettings(issuer, settings.text(Key.MANAGEMENT_SIGN_IN_CLIENT_ID),
                settings.text(Key.MANAGEMENT_SIGN_IN_CLIENT_SECRET), settings.text(Key.MANAGEMENT_PUBLIC_URL),
                new OutgoingHosts(settings.hosts()), words(Key.MANAGEMENT_SIGN_IN_VIEWERS),
                words(Key.MANAGEMENT_SIGN_IN_OPERATORS),
                settings.duration(Key.MANAGEMENT_SIGN_IN_IDLE), settings.duration(Key.MANAGEMENT_SIGN_IN_LONGEST));
    }

    private Set<String> words(Key key) {
        return Arrays.stream(settings.text(key).split(",")).map(String::strip).filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    private Map<String, Object> supportBundle(Running running, RunningState state) {
        Map<String, Object> files = new LinkedHashMap<>(Installation.files(settings, running.reload().textsInForce(),
                clock.instant()));
        files.putAll(state.files());
        return files;
    }

    private static List<Overview.Instance> instances(Ground ground) {
        return ground.instances().known().stream().map(each -> new Overview.Instance(each.name(), each.live(),
                Moment.text(each.started()))).toList();
    }
}
