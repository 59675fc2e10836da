package dev.cosell.crm.dynamics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import dev.cosell.connection.Connection;
import dev.cosell.dynamics.WebApi;
import dev.cosell.entra.EntraTokens;
import dev.cosell.entra.TokenSource;
import dev.cosell.http.Answer;
import dev.cosell.http.HttpClientSetUp;
import dev.cosell.http.HttpSystem;
import dev.cosell.http.OutgoingHosts;
import dev.cosell.http.Request;
import dev.cosell.settings.Settings;
import dev.cosell.settings.SettingsFault;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/**
 * The administrator's calls of one Dataverse environment. Waits when it is told to wait, and while somebody else
 * customizes.
 */
final class Dataverse implements AutoCloseable {
    private static final String SYSTEM = DynamicsCrm.NAME;
    /** Creating a table takes the real service the better part of a minute. */
    private static final String SEND = "http://dynamics-setup?httpClientConfigurer=#httpClientSetUp&throwExceptionOnFailure=false&copyHeaders=false"
            + "&connectTimeout=10000&connectionRequestTimeout=10000&responseTimeout=300000";
    private static final Pattern LOCKED = Pattern.compile("(?i)0x8004f06[1-7]");
    private static final Pattern PRIVILEGE = Pattern.compile("prv\\w+");
    private static final Duration LOCK_PAUSE = Duration.ofSeconds(10);
    private static final int MOST_PAUSES = 30;

    private final String address;
    private final HttpSystem http;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate sender;

    Dataverse(Settings settings) {
        Clock clock = Clock.systemUTC();
        address = settings.text(DynamicsKey.URL);
        http = WebApi.calls(new Connection(SYSTEM, clock), address + DynamicsCrm.API, tokens(settings, clock),
                new ObjectMapper(), clock);
        camel.disableJMX();
        camel.getRegistry().bind("httpClientSetUp", new HttpClientSetUp(new OutgoingHosts(settings.hosts())));
        camel.start();
        sender = camel.createProducerTemplate();
    }

    private static TokenSource tokens(Settings settings, Clock clock) {
        boolean administrator = !settings.text(DynamicsKey.SETUP_CLIENT_ID).isEmpty();
        if (administrator && settings.text(DynamicsKey.SETUP_CLIENT_SECRET).isEmpty()) {
            throw new SettingsFault(List
                    .of("setup.dynamics.client-id is set but setup.dynamics.client-secret is not; set both or none"));
        }
        URI endpoint = URI.create(
                settings.text(DynamicsKey.LOGIN_URL) + "/" + settings.text(DynamicsKey.TENANT) + "/oauth2/v2.0/token");
        EntraTokens tokens = new EntraTokens(SYSTEM, endpoint,
                settings.text(administrator ? DynamicsKey.SETUP_CLIENT_ID : DynamicsKey.CLIENT_ID),
                settings.text(administrator ? DynamicsKey.SETUP_CLIENT_SECRET : DynamicsKey.CLIENT_SECRET),
                DynamicsCrm.scope(settings),
                ClientCredentialsGrant::new, rotated -> {}, clock);
        return administrator ? asAdministrator(tokens) : tokens;
    }

    /** The same tokens, whose refusals name the settings of the set-up. */
    private static TokenSource asAdministrator(EntraTokens tokens) {
        return new TokenSource() {
            @Override
            public String token() {
                try {
                    return tokens.token();
                } catch (Fault.Auth refused) {
                    throw new Fault.Auth(SYSTEM,
                            refused.getMessage().replace("dynamics.client", "setup.dynamics.client"));
                }
            }

            @Override
            public void discard(String refused) {
                tokens.discard(refused);
            }
        };
    }

    String address() {
        return address;
    }

    /** @param path after the base address, not encoded; @param what for messages */
    Answer get(String path, String what) {
        return checked(call(new Request("GET", encoded(path), Map.of("Consistency", "Strong"), null)), what);
    }

    /** Null when there is no such thing. */
    Answer find(String path, String what) {
        Answer answer = call(new Request("GET", encoded(path), Map.of("Consistency", "Strong"), null));
        return answer.status() == 404 ? null : checked(answer, what);
    }

    /** @param solution unique name of the solution that takes it; null for none */
    Answer write(String method, String path, String solution, Object body, String what) {
        Map<String, String> headers = method.equals("PUT") ? Map.of("MSCRM.MergeLabels", "true") : Map.of();
        Map<String, String> all = new java.util.HashMap<>(headers);
        if (solution != null) {
            all.put("MSCRM.SolutionUniqueName", solution);
        }
        return checked(call(new Request(method, encoded(path), all, body)), what);
    }

    private static String encoded(String path) {
        int mark = path.indexOf('?');
        if (mark < 0) {
            return path;
        }
        StringBuilder encoded = new StringBuilder(path.substring(0, mark + 1));
        for (String option : path.substring(mark + 1).split("&")) {
            int equals = option.indexOf('=');
            encoded.append(encoded.charAt(encoded.length() - 1) == '?' ? "" : "&").append(option, 0, equals + 1)
                    .append(URLEncoder.encode(option.substring(equals + 1), StandardCharsets.UTF_8).replace("+",
                            "%20"));
        }
        return encoded.toString();
    }

    private Answer call(Request request) {
        for (int pause = 0; ; pause++) {
            try {
                Answer answer = once(request);
                if (pause == MOST_PAUSES || answer.status() != 400 || !LOCKED.matcher(code(answer)).matches()) {
                    return answer;
                }
                pass(LOCK_PAUSE);
            } catch (Fault.Throttled throttled) {
                if (pause == MOST_PAUSES) {
                    throw throttled;
                }
                pass(throttled.retryAfter().plusMillis(50));
            }
        }
    }

    private Answer once(Request request) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(request);
        try {
            http.prepare(exchange);
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
        Exchange answered = sender.send(SEND, exchange);
        if (answered.getException() != null) {
            throw new Fault.Transient(SYSTEM,
                    "there was no answer from Dynamics 365 for " + request.method() + " " + request.uri()
                            + "; it may have been done",
                    answered.getException());
        }
        http.receive(answered);
        return answered.getMessage().getBody(Answer.class);
    }

    /** Waits for nothing but the time. */
    static void pass(Duration time) {
        try {
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault.Transient(SYSTEM, "interrupted", e);
        }
    }

    private static String code(Answer answer) {
        return answer.object().get("error") instanceof Map<?, ?> error ? String.valueOf(error.get("code")) : "";
    }

    private static Answer checked(Answer answer, String what) {
        if (answer.ok()) {
            return answer;
        }
        String said = "Dynamics 365 says " + answer.status() + " " + code(answer) + " for " + what + ": "
                + answer.reason();
        if (code(answer).equals("0x80072560")) {
            throw new Fault.Auth(SYSTEM,
                    said + " Create an application user for the client id in the Power Platform admin centre");
        }
        if (answer.status() == 403) {
            Matcher privilege = PRIVILEGE.matcher(answer.reason());
            throw new Fault.Denied(SYSTEM, said
                    + (privilege.find() ? " The application user of the set-up lacks " + privilege.group() + ":" : ":")
                    + " give it the role System Customizer, or name an application that has it with "
                    + "setup.dynamics.client-id");
        }
        throw new Fault.Data(SYSTEM, Trouble.REFUSED,
                said + remedy(answer));
    }

    private static String remedy(Answer answer) {
        return switch (code(answer)) {
            case "0x80047013", "0x80040237" -> " Somebody has made it meanwhile: start the command again";
        case "0x80040203" ->
            " See that its name begins with the prefix of the solution's publisher (setup.dynamics.solution) and that "
                    + "the settings and the mapping spell it rightly";
        default -> LOCKED.matcher(code(answer)).matches()
                ? " Somebody else customizes the environment: start the command again later"
                : " Make it by hand in Power Apps, or correct its name in the settings or the mapping";
        };
    }

    @Override
    public void close() {
        camel.stop();
    }
}
