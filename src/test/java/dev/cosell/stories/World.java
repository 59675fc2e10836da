package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.app.Cosell;
import dev.cosell.app.FreePorts;
import dev.cosell.app.SandboxPlan;
import dev.cosell.crm.Crms;
import dev.cosell.operations.SyncOperations;
import dev.cosell.sandbox.Sandbox;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import dev.cosell.settings.Settings;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.Watermarks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RouteController;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.awaitility.pollinterval.PollInterval;
import org.springframework.util.FileSystemUtils;

/** The sandbox servers and the application as a user starts them, on free ports and with an empty data folder. */
public final class World implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int A_WHILE = 800;
    /** Of a story with hundreds of deals the last ones speak for all. */
    private static final int MOST_REPORTED = 20;
    /** Longer from look to look, because each is a call, and many worlds are looked at at the same time. */
    private static final PollInterval LOOKS = (looks, last) -> Duration.ofMillis(Math.min(150, 40 + 10 * looks));
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Crms known;
    private final Map<String, String> values = new HashMap<>();
    private final AutoCloseable sandbox;
    private Settings settings;
    private final Path routes;
    private final Api partnerCenter;
    private final Api application;
    private final Map<String, CrmDriver> crms = new LinkedHashMap<>();
    private final Path folder = folder();
    private Cosell cosell;
    private Firings firings;
    private int storyBegins;

    /** @param crms the CRMs to sync with; stories act in the first */
    public World(Map<String, String> more, Path routes, String... crms) {
        this(more, routes, ready -> { }, crms);
    }

    /** @param before happens when the sandbox servers run and the application does not yet */
    World(Map<String, String> more, Path routes, Consumer<World> before, String... crms) {
        this(Crms.SHIPPED, (world, crm) -> Drivers.of(crm, world.settings), more, routes, before, crms);
    }

    /**
     * With other CRMs than those of the product.
     *
     * @param known   all of them
     * @param drivers acts in a CRM, by its name
     */
    World(Crms known, BiFunction<World, String, CrmDriver> drivers, Map<String, String> more, Path routes,
            Consumer<World> before, String... crms) {
        this(known, drivers, more, routes, (settings, values) -> Sandbox.start(SandboxPlan.of(settings, true)), before,
                crms);
    }

    /**
     * With sandbox servers that somebody else starts.
     *
     * @param servers starts them, by the settings and what of those goes on the command line
     */
    World(Map<String, String> more, BiFunction<Settings, Map<String, String>, AutoCloseable> servers, String crm) {
        this(Crms.SHIPPED, (world, name) -> Drivers.of(name, world.settings), more, Path.of("routes"), servers,
                ready -> { }, crm);
    }

    private World(Crms known, BiFunction<World, String, CrmDriver> drivers, Map<String, String> more, Path routes,
            BiFunction<Settings, Map<String, String>, AutoCloseable> servers, Consumer<World> before, String... crms) {
        values.putAll(Map.of("sandbox", "external", "crms", String.join(",", crms), "data.directory",
                folder.toString()));
        known.names().forEach(crm -> values.put(crm + ".poll-interval", "500ms"));
        // A quarter of what starting Camel costs are the MBeans of its steps, at which hardly a story looks.
        values.put("camel.main.jmxManagementMBeansLevel", "RoutesOnly");
        // For as long a stop waits for consumers that have nothing to do; the default is a second.
        values.put("camel.component.jms.receiveTimeout", "200");
        FreePorts
                .give(values,
                        Stream.concat(Stream.of(Key.HTTP_PORT, Key.MANAGEMENT_PORT, Key.SANDBOX_PARTNER_CENTER_PORT),
                                known.all().stream().flatMap(crm -> crm.sandboxPort().stream()))
                                .toArray(Setting[]::new));
        values.putAll(more);
        if (!values.containsKey("state.password")) {
            ReadyDatabase.h2(folder.resolve("cosell"));
        }
        this.known = known;
        this.routes = routes;
        settings = known.settings(Path.of("application.properties"), Map.of(), values);
        sandbox = servers.apply(settings, values);
        partnerCenter = new Api(settings.number(Key.SANDBOX_PARTNER_CENTER_PORT));
        application = new Api(settings.number(Key.HTTP_PORT));
        for (String crm : crms) {
            this.crms.put(crm, drivers.apply(this, crm));
        }
        before.accept(this);
        start();
    }

    public World(String... crms) {
        this(Map.of(), Path.of("routes"), crms);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("cosell-world");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void start() {
        cosell = Cosell.start(known, settings, routes);
        firings = new Firings(cosell.camel());
    }

    public void stopApplication() {
        cosell.close();
    }

    /** Stops the application as a person would, and starts it on the same data. */
    public void restart() {
        stopApplication();
        start();
    }

    /** Starts the application again on the same data, with other settings. The servers stay as they are. */
    void restartWith(Map<String, String> more) {
        stopApplication();
        values.putAll(more);
        settings = known.settings(Path.of("application.properties"), Map.of(), values);
        start();
    }

    /** Its data goes, too: some ten megabytes each. */
    @Override
    public void close() {
        cosell.close();
        try {
            sandbox.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        FileSystemUtils.deleteRecursively(folder.toFile());
    }

    public CrmDriver crm() {
        return crms.values().iterator().next();
    }

    public CrmDriver crm(String name) {
        return crms.get(name);
    }

    public Api partnerCenter() {
        return partnerCenter;
    }

    public Api application() {
        return application;
    }

    /** The servers of all systems. */
    List<Api> servers() {
        return Stream.concat(Stream.of(partnerCenter), crms.values().stream().map(CrmDriver::api)).toList();
    }

    public Settings settings() {
        return settings;
    }

    public CamelContext camel() {
        return cosell.camel();
    }

    Firings firings() {
        return firings;
    }

    /** What a CRM has to tell is asked for at once, as if the next poll were due. */
    public void eventually(ThrowingRunnable assertion) {
        // Null before the application runs.
        if (firings != null) {
            firings.hastenPolls();
        }
        Awaitility.await().atMost(PATIENCE).pollInterval(LOOKS).untilAsserted(assertion);
    }

    /** For what is much work on a busy machine. */
    void eventually(Duration patience, ThrowingRunnable assertion) {
        Awaitility.await().atMost(patience).pollInterval(Duration.ofMillis(500)).untilAsserted(assertion);
    }

    /** Lets time go by, as people do between two actions. */
    public static void pause(int millis) {
        Awaitility.await().pollInterval(Duration.ofMillis(1)).pollDelay(Duration.ofMillis(millis))
                .atMost(Duration.ofMillis(millis).plus(PATIENCE)).until(() -> true);
    }

    // ---- deals
    // ---------------------------------------------------------------------------------------------------------

    /** A deal that somebody makes in the portal; fields over complete defaults. */
    public String newDeal(Map<String, Object> fields) {
        return (String) partnerCenter.post("/sandbox/deals", fields).get("id");
    }

    public Map<String, Object> referral(String id) {
        return partnerCenter.get("/sandbox/deals/" + id);
    }

    public BigDecimal valueOf(Map<String, Object> referral) {
        return new BigDecimal(Api.map(referral.get("details")).get("dealValue").toString());
    }

    /** Waits for the referral of an opportunity, joined on both sides. */
    public Map<String, Object> referralFor(String crmId) {
        AtomicReference<Map<String, Object>> found = new AtomicReference<>();
        eventually(() -> {
            String referralId = crm().referralId(crm().opportunity(crmId));
            assertThat(referralId).as("Referral Identifier of " + crmId).isNotNull();
            found.set(referral(referralId));
        });
        settle();
        return referral((String) found.get().get("id"));
    }

    /** Waits for the opportunity of a referral. */
    public Map<String, Object> opportunityFor(String referralId) {
        return opportunityFor(crm(), referralId);
    }

    public Map<String, Object> opportunityFor(CrmDriver crm, String referralId) {
        AtomicReference<Map<String, Object>> found = new AtomicReference<>();
        eventually(() -> {
            List<Map<String, Object>> all = crm.opportunitiesOf(referralId);
            assertThat(all).as("opportunities of " + referralId).hasSize(1);
            found.set(all.get(0));
        });
        return found.get();
    }

    public List<Map<String, Object>> referralsNaming(String crmId) {
        return deals().stream().filter(referral -> crmId.equals(referral.get("externalReferenceId"))).toList();
    }

    public List<Map<String, Object>> microsoftReferralsOf(Map<String, Object> referral) {
        return deals().stream().filter(other -> other.get("engagementId").equals(referral.get("engagementId")))
                .filter(other -> "msft".equals(other.get("organizationId"))).toList();
    }

    /** Ids of all referrals but Microsoft's. */
    List<Object> ownReferrals() {
        return deals().stream().filter(referral -> !"msft".equals(referral.get("organizationId")))
                .map(referral -> referral.get("id")).toList();
    }

    private List<Map<String, Object>> deals() {
        return partnerCenter.list("/sandbox/deals");
    }

    // ---- the application
    // -----------------------------------------------------------------------------------------------

    public List<String> parked() {
        return cosell.operations().getParked();
    }

    public List<String> auditTrail(String recordId) {
        return cosell.auditTrail().last(recordId, 50).stream().map(AuditEntry::detail).toList();
    }

    /** The situations that the audit has noted for a record. */
    public List<String> auditSituations(String recordId) {
        return cosell.auditTrail().last(recordId, 50).stream().map(AuditEntry::situation).toList();
    }

    /** Hints not yet done, of all CRMs. */
    int backlog() {
        return cosell.operations().getBacklog().values().stream().mapToInt(Integer::intValue).sum();
    }

    public SyncOperations operations() {
        return cosell.operations();
    }

    public void pauseSync() {
        cosell.operations().pause("all");
    }

    public void resumeSync() {
        cosell.operations().resume("all");
    }

    /** From here on the CRM's changes are not noticed, so that a referral's hint comes first for certain. */
    void pausePolls(CrmDriver crm) {
        onPoll(crm, RouteController::suspendRoute);
    }

    void resumePolls(CrmDriver crm) {
        onPoll(crm, RouteController::resumeRoute);
    }

    private void onPoll(CrmDriver crm, RouteAction action) {
        try {
            action.on(camel().getRouteController(), crm.name() + "-poll");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface RouteAction {
        void on(RouteController routes, String id) throws Exception;
    }

    /** Waits until everything was read once that is read at a start: all referrals, and each CRM from its position. */
    void firstReadsAreOver() {
        Watermarks watermarks = camel().getRegistry().lookupByNameAndType("watermarks", Watermarks.class);
        eventually(() -> assertThat(Stream.concat(Stream.of("partner-center-full"), crms.keySet().stream()))
                .allSatisfy(source -> assertThat(watermarks.read(source)).as(source).isNotNull()));
        settle();
    }

    // ---- webhooks
    // ------------------------------------------------------------------------------------------------------

    public byte[] event(String referralId) {
        return Api.bytes(Map.of("EventName", "referral-updated", "ResourceName", "referral", "ResourceChangeUtcDate",
                Instant.now().toString(),
                "ResourceUri", "https://api.partnercenter.microsoft.com/engagements/v1/referrals/" + referralId));
    }

    /** The headers Partner Center would send with this body. */
    public Map<String, String> signed(byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        Api.object(partnerCenter.raw("POST", "/sandbox/sign", body, Map.of()).body())
                .forEach((name, value) -> headers.put(name, value.toString()));
        headers.put("Content-Type", "application/json");
        return headers;
    }

    public HttpResponse<byte[]> deliver(byte[] body, Map<String, String> headers) {
        return application.raw("POST", "/webhooks/partner-center", body, headers);
    }

    // ---- silence
    // -------------------------------------------------------------------------------------------------------

    /**
     * Waits until a look at all systems finds that no notification is under way, nothing is queued and nobody was
     * written to meanwhile.
     */
    public void settle() {
        Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(LOOK).until(() -> {
            Map<String, Integer> before = writes();
            if (notificationsAreUnderWay()) {
                return false;
            }
            lookAtAllSystems();
            return backlog() == 0 && writes().equals(before);
        });
    }

    private void lookAtAllSystems() {
        if (pollsAreRare()) {
            pause(A_WHILE);
        } else {
            firings.fireFrequent();
        }
    }

    /** One that was refused comes again later, and nobody waits for it. */
    private boolean notificationsAreUnderWay() {
        return partnerCenter.list("/sandbox/deliveries").stream()
                .anyMatch(sent -> "pending".equals(sent.get("state")) && sent.get("error") == null);
    }

    /** Every referral of the story is reported once more, all systems are looked at, and nobody is written to. */
    public void andAgainNothingHappens() {
        settle();
        Map<String, Integer> before = writes();
        List<Map<String, Object>> all = deals();
        int first = Math.max(Math.min(storyBegins, all.size()), all.size() - MOST_REPORTED);
        all.subList(first, all.size()).forEach(referral -> {
            byte[] body = event((String) referral.get("id"));
            assertThat(deliver(body, signed(body)).statusCode()).isEqualTo(200);
        });
        settle();
        assertThat(writes()).as("writes by an echo").isEqualTo(before);
    }

    /** What there is by now belongs to the stories before. */
    void aStoryBegins() {
        storyBegins = deals().size();
    }

    private boolean pollsAreRare() {
        return crms.keySet().stream().flatMap(crm -> known.named(crm).keys().stream())
                .filter(key -> key.text().endsWith(".poll-interval"))
                .anyMatch(key -> settings.duration(key).compareTo(PATIENCE) > 0);
    }

    private Map<String, Integer> writes() {
        Map<String, Integer> writes = new HashMap<>();
        crms.forEach((name, crm) -> writes.put(name, (Integer) crm.api().get("/sandbox/stats").get("writes")));
        writes.put("partner-center", (Integer) partnerCenter.get("/sandbox/stats").get("writes"));
        return writes;
    }
}
