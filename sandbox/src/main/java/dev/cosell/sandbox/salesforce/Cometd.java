package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.Json;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The streaming endpoint: Bayeux over long polling, with the replay extension. One address or one for each kind of
 * message.
 */
final class Cometd {
    private static final Pattern PATH = Pattern
            .compile("/cometd/(\\d\\d)\\.0(/(handshake|connect|subscribe|unsubscribe|disconnect))?/?");
    private static final Map<String, Object> NEW_HANDSHAKE = Map.of("interval", 0, "reconnect", "handshake");
    private static final Map<String, Object> STOP = Map.of("interval", 0, "reconnect", "none");
    private static final long FORGOTTEN_AFTER_MILLIS = 40_000;

    private final Vertx vertx;
    private final Clock clock;
    private final Sessions sessions;
    private final Switches switches;
    private final ChangeCapture capture;
    private final Database database;
    private final Map<String, BayeuxClient> clients = new LinkedHashMap<>();
    private final BayeuxFaults faults = new BayeuxFaults();

    Cometd(Vertx vertx, Clock clock, Sessions sessions, Switches switches, ChangeCapture capture, Database database) {
        this.vertx = vertx;
        this.clock = clock;
        this.sessions = sessions;
        this.switches = switches;
        this.capture = capture;
        this.database = database;
        capture.listen(this::deliver);
    }

    /** Whether this is a call of the streaming endpoint; the reply to it may come later. */
    boolean take(Call call, Consumer<Answer> reply) {
        if (!call.path().startsWith("/cometd")) {
            return false;
        }
        Matcher path = PATH.matcher(call.path());
        if (!path.matches() || Integer.parseInt(path.group(1)) < ApiUrl.OLDEST) {
            reply.accept(Answer.text(400, "text/plain", "The API version in the address is missing or not supported."));
        } else if (!call.method().equals("POST")) {
            reply.accept(Answer.text(400, "text/plain", "Only long polling is supported."));
        } else {
            messages(call, reply);
        }
        return true;
    }

    private void messages(Call call, Consumer<Answer> reply) {
        List<Object> given;
        try {
            given = call.text().strip().startsWith("[") ? call.jsonArray() : List.of(call.json());
        } catch (Json.Malformed e) {
            reply.accept(Answer.text(400, "text/plain", "The messages are no JSON."));
            return;
        }
        boolean live = sessions.accepts(call);
        List<Object> answers = new ArrayList<>();
        BayeuxClient polling = null;
        boolean atOnce = given.size() > 1;
        for (Object each : given) {
            Map<String, Object> message = Database.object(each);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("channel", message.get("channel"));
            answer.put("id", message.get("id"));
            BayeuxClient client = clientOf(message);
            answer(String.valueOf(message.get("channel")), message, answer, client, live);
            answers.add(answer);
            if ("/meta/connect".equals(message.get("channel")) && Boolean.TRUE.equals(answer.get("successful"))) {
                polling = client;
                atOnce |= message.get("advice") instanceof Map<?, ?> advice
                        && Integer.valueOf(0).equals(advice.get("timeout"));
            }
        }
        send(polling, atOnce, answers, reply);
    }

    private void send(BayeuxClient polling, boolean atOnce, List<Object> answers, Consumer<Answer> reply) {
        List<Object> events = polling == null ? List.of() : polling.take(capture);
        if (polling == null || atOnce || !events.isEmpty()) {
            List<Object> all = new ArrayList<>(events);
            all.addAll(answers);
            reply.accept(Answer.json(200, all).with("Set-Cookie", "BAYEUX_BROWSER=sandbox; Path=/"));
            return;
        }
        if (polling.isWaiting()) {
            polling.release(List.of(), clock.millis());
        }
        long timer = vertx.setTimer(switches.pollSeconds * 1000L,
                ignored -> polling.release(List.of(), clock.millis()));
        polling.hold(reply, answers, () -> vertx.cancelTimer(timer));
    }

    private BayeuxClient clientOf(Map<String, Object> message) {
        BayeuxClient client = clients.get(String.valueOf(message.get("clientId")));
        if (client != null && !client.isWaiting() && clock.millis() - client.lastAnswer > FORGOTTEN_AFTER_MILLIS) {
            clients.remove(client.id);
            return null;
        }
        if (client != null) {
            client.lastAnswer = clock.millis();
        }
        return client;
    }

    private void answer(String channel, Map<String, Object> message, Map<String, Object> answer, BayeuxClient client,
            boolean live) {
        if (faults.take(channel, answer)) {
            return;
        }
        if (channel.equals("/meta/handshake")) {
            handshake(message, answer, live);
            return;
        }
        answer.put("clientId", message.get("clientId"));
        if (client == null) {
            fail(answer, "403::Unknown client", NEW_HANDSHAKE);
        } else if (!live) {
            clients.remove(client.id);
            fail(answer, "401::Authentication invalid", STOP);
        } else {
            known(channel, message, answer, client);
        }
    }

    private void handshake(Map<String, Object> message, Map<String, Object> answer, boolean live) {
        answer.put("version", "1.0");
        answer.put("minimumVersion", "1.0");
        if (!live || !(message.get("supportedConnectionTypes") instanceof List<?> types)
                || !types.contains("long-polling")) {
            fail(answer, "403::Handshake denied", STOP);
            answer.put("ext", Map.of("sfdc", Map.of("failureReason", live ? "400::Only long-polling is supported"
                    : "401::Authentication invalid")));
            return;
        }
        BayeuxClient client = new BayeuxClient(UUID.randomUUID().toString().replace("-", ""), clock.millis());
        clients.put(client.id, client);
        answer.put("clientId", client.id);
        answer.put("supportedConnectionTypes", List.of("long-polling"));
        answer.put("ext", Map.of("replay", true, "payload.format", true));
        answer.put("successful", true);
    }

    private void known(String channel, Map<String, Object> message, Map<String, Object> answer, BayeuxClient client) {
        Object subscription = message.get("subscription");
        switch (channel) {
            case "/meta/connect" -> {
                answer.put("advice",
                        Map.of("interval", 0, "timeout", switches.pollSeconds * 1000, "reconnect", "retry"));
                answer.put("successful", true);
            }
            case "/meta/subscribe" -> subscribe(message, answer, client, String.valueOf(subscription));
            case "/meta/unsubscribe" -> {
                client.positions.remove(String.valueOf(subscription));
                answer.put("subscription", subscription);
                answer.put("successful", true);
            }
            case "/meta/disconnect" -> {
                clients.remove(client.id);
                if (client.isWaiting()) {
                    client.release(List.of(), clock.millis());
                }
                answer.put("successful", true);
            }
            default -> fail(answer, "400::Unknown channel", null);
        }
    }

    private void subscribe(Map<String, Object> message, Map<String, Object> answer, BayeuxClient client,
            String channel) {
        answer.put("subscription", channel);
        if (!channel.equals("/data/ChangeEvents") && database.schema.objects().stream().noneMatch(type ->
                channel.equals(ChangeCapture.channel(type.name)))) {
            fail(answer, "400::The channel you requested to subscribe to does not exist {" + channel + "}", null);
            return;
        }
        long wanted = replay(message, channel);
        if (wanted >= 0 && !capture.knows(wanted)) {
            fail(answer,
                    "400::The replayId {" + wanted
                            + "} you provided was invalid. Please provide a valid ID, -2 to replay all events,"
                            + " or -1 to replay only new events.",
                    null);
            return;
        }
        client.positions.put(channel, wanted == -1 ? capture.newest() : wanted == -2 ? 0 : wanted);
        answer.put("successful", true);
        if (client.isWaiting()) {
            vertx.runOnContext(ignored -> deliver());
        }
    }

    private static long replay(Map<String, Object> message, String channel) {
        if (message.get("ext") instanceof Map<?, ?> ext && ext.get("replay") instanceof Map<?, ?> replay
                && replay.get(channel) instanceof Number position) {
            return position.longValue();
        }
        return -1;
    }

    private static void fail(Map<String, Object> answer, String error, Map<String, Object> advice) {
        answer.put("successful", false);
        answer.put("error", error);
        if (advice != null) {
            answer.put("advice", advice);
        }
    }

    /** Sends what is new to those who wait. */
    private void deliver() {
        for (BayeuxClient client : List.copyOf(clients.values())) {
            if (client.isWaiting()) {
                List<Object> events = client.take(capture);
                if (!events.isEmpty()) {
                    client.release(events, clock.millis());
                }
            }
        }
    }

    /** The next message on a channel is refused as told. */
    void refuse(Map<String, Object> fault) {
        faults.add(fault);
    }

    /** Present clients get no events any more, although their connects go on. */
    void deafen() {
        clients.values().forEach(client -> client.deaf = true);
    }

    /** Ends all polls, so that the clients connect anew. */
    void endPolls() {
        clients.values().stream().filter(BayeuxClient::isWaiting)
                .forEach(client -> client.release(List.of(), clock.millis()));
    }

    void clearFaults() {
        faults.clear();
    }

    /** Ends all polls and knows no client any more, as after a restart of the server. */
    void forgetClients() {
        endPolls();
        clients.clear();
    }
}
