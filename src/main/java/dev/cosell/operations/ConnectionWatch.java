package dev.cosell.operations;

import dev.cosell.connection.Connection;
import dev.cosell.connection.Connections;
import dev.cosell.entra.EntraTokens;
import dev.cosell.entra.SignIn;
import dev.cosell.entra.SignInStore;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.sync.steps.Organizations;
import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the connections: tries broken ones at their pace or after a new sign-in, keeps sign-ins alive, warns in
 * time.
 */
public final class ConnectionWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);
    private static final String PARTNER_CENTER = "partner-center";
    private static final String WEBHOOKS = PARTNER_CENTER + "-webhooks";
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration KEEP_ALIVE = Duration.ofDays(1);

    private final CamelContext camel;
    private final Connections connections;
    private final Settings settings;
    private final SignInStore signIn;
    private final Predicate<String> spent;
    private final Clock clock;
    private final ConnectionWarnings warnings;
    private final HeldQueues queues;
    private final ProducerTemplate template;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2,
            BasicThreadFactory.builder().namingPattern("cosell-connections").daemon().build());
    private final SignInStore registrar;
    private final Map<SignInStore, String> fingerprints = new HashMap<>();
    private final Map<String, ConnectionMXBean> states = new ConcurrentSkipListMap<>();

    /**
     * @param spent    whether a CRM, by its name, has no calls left for us
     * @param warnings what will end a CRM's connection soon, by its name and the date of today
     */
    public record OfCrms(Predicate<String> spent, BiFunction<String, LocalDate, List<String>> warnings) {}

    /**
     * @param registrar the sign-in that registers for webhooks; null when the app does so by itself
     * @param ofCrms    what CRMs know of their own connections
     */
    public ConnectionWatch(CamelContext camel, Connections connections, SignInStore signIn, SignInStore registrar,
            OfCrms ofCrms,
            Settings settings, Clock clock) {
        this.registrar = registrar;
        this.camel = camel;
        this.connections = connections;
        this.spent = ofCrms.spent();
        this.settings = settings;
        this.signIn = signIn;
        this.clock = clock;
        this.warnings = new ConnectionWarnings(
                SecretEnd.of(PARTNER_CENTER, settings.text(Key.PARTNER_CENTER_CLIENT_SECRET_EXPIRES)).orElse(null),
                signIn::signIn, ofCrms.warnings(), clock);
        this.queues = new HeldQueues(camel, this::rests, settings.crms());
        this.template = camel.createProducerTemplate();
        signedInAnew(signIn);
        signedInAnew(registrar);
    }

    public ConnectionWatch start() {
        connections.all().forEach(this::show);
        every(LOOK, queues::align);
        every(LOOK, this::lookForSignIn);
        List<String> systems = new ArrayList<>(settings.crms());
        systems.add(PARTNER_CENTER);
        systems.forEach(system -> every(LOOK, () -> look(connections.of(system))));
        timer.scheduleWithFixedDelay(guarded(this::daily), 0, 24, TimeUnit.HOURS);
        timer.scheduleWithFixedDelay(guarded(this::keepAlive), 1, 1, TimeUnit.HOURS);
        return this;
    }

    private void every(Duration time, Runnable work) {
        timer.scheduleWithFixedDelay(guarded(work), time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An executor forgets a task that has failed once. */
    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException fault) {
                LOG.debug("The watch over the connections failed once; it continues", fault);
            }
        };
    }

    /**
     * Whether the hints of a CRM stay in their queue: a connection they need is broken, a system they need wants to be
     * left alone, or the calls of their CRM are used up. An attempt would ask the other system in vain.
     */
    private boolean rests(String crm) {
        return spent.test(crm) || Stream.of(PARTNER_CENTER, crm).map(connections::of)
                .anyMatch(connection -> connection.broken() || connection.pause().lasts());
    }

    private void lookForSignIn() {
        boolean anew = signedInAnew(signIn);
        if (anew) {
            connections.of(PARTNER_CENTER).tryNow();
        }
        if (registrar == signIn ? anew : signedInAnew(registrar)) {
            connections.of(WEBHOOKS).tryNow();
        }
    }

    private boolean signedInAnew(SignInStore store) {
        if (store == null) {
            return false;
        }
        String now = store.fingerprint();
        // A renewal of ours is no new sign-in, and no reason to try a broken connection before its time.
        return !now.equals(fingerprints.put(store, now)) && !store.wrote(now);
    }

    private void look(Connection connection) {
        if (!connection.pause().lasts() && (connection.suspected() || connection.attemptDue())) {
            attempt(connection);
        }
    }

    /** Reads what changed, as the next poll would: the least that a connection must be able to do. */
    private void attempt(Connection connection) {
        String system = connection.system();
        Watermarks watermarks = camel.getRegistry().lookupByNameAndType("watermarks", Watermarks.class);
        try {
            if (settings.crms().contains(system)) {
                camel.getRegistry().lookupByNameAndType("organizations", Organizations.class).verify(system);
            }
            template.requestBody("direct:" + system + "-changes", watermarks.read(system));
            connection.verified();
        } catch (Fault.Auth another) {
            connection.noted(another);
        } catch (Fault away) {
            unsure(connection);
        } catch (CamelExecutionException failed) {
            if (failed.getCause() instanceof Fault.Auth refused && !refused.known()) {
                connection.stop(refused);
            } else {
                unsure(connection);
            }
        }
    }

    /** Whoever wants a pause is asked again after it. */
    private static void unsure(Connection connection) {
        if (!connection.pause().lasts()) {
            connection.unsure();
        }
    }

    private void daily() {
        connections.all().forEach(connection -> warnings.of(connection.system()).forEach(LOG::warn));
    }

    /** A sign-in that nobody uses for 90 days is gone. */
    private void keepAlive() {
        Optional<Instant> renewed = signIn.signIn().map(SignIn::renewed);
        boolean old = renewed.isPresent() && renewed.get().plus(KEEP_ALIVE).isBefore(clock.instant());
        Connection connection = connections.of(PARTNER_CENTER);
        if (old && !connection.broken()) {
            try {
                camel.getRegistry().lookupByNameAndType("partnerCenterTokens", EntraTokens.class).renewNow();
            } catch (Fault.Auth refused) {
                connection.noted(refused);
            }
        }
    }

    private void show(Connection connection) {
        SignInStore store = connection.system().equals(PARTNER_CENTER) ? signIn
                : connection.system().equals(WEBHOOKS) ? registrar : null;
        Supplier<Optional<SignIn>> whose = store == null ? Optional::empty : store::signIn;
        ConnectionState state = new ConnectionState(connection, warnings, whose);
        HealthCheckRegistry.get(camel).register(state);
        states.put(connection.system(), state);
        PlatformMBean.show(name(connection), state);
    }

    /** How each connection is, by the name of its system. */
    public Map<String, ConnectionMXBean> states() {
        return Collections.unmodifiableMap(states);
    }

    private static String name(Connection connection) {
        return "dev.cosell:type=Connection,name=" + connection.system();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        connections.all().forEach(connection -> PlatformMBean.hide(name(connection)));
    }
}
