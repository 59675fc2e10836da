package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Device codes of the Entra stand-in, and the people who approve or decline them. */
final class DeviceCodes {
    private static final int LIFE_SECONDS = 900;

    /** What became of a code; each is also the error of the token endpoint, but for the approved one. */
    enum State {
        AUTHORIZATION_PENDING(70016), AUTHORIZATION_DECLINED(70000), EXPIRED_TOKEN(70020), APPROVED(0);

        private final int code;

        State(int code) {
            this.code = code;
        }

        String error() {
            return name().toLowerCase(Locale.ROOT);
        }

        int code() {
            return code;
        }
    }

    /** One code on its way. */
    static final class Issued {
        private final String deviceCode = UUID.randomUUID().toString();
        private final String userCode = UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        private final Instant end;
        private State state = State.AUTHORIZATION_PENDING;
        private String user = RefreshTokens.USER;
        private boolean multiFactor = true;
        private Instant asked = Instant.MIN;

        private final String audience;

        private Issued(Instant end, String audience) {
            this.end = end;
            this.audience = audience;
        }

        String audience() {
            return audience;
        }

        String user() {
            return user;
        }

        boolean multiFactor() {
            return multiFactor;
        }
    }

    private final List<Issued> issued = new ArrayList<>();
    private final Switches switches;
    private final Clock clock;

    DeviceCodes(Switches switches, Clock clock) {
        this.switches = switches;
        this.clock = clock;
    }

    Answer issue(String host, String audience) {
        Issued next = new Issued(clock.instant().plusSeconds(LIFE_SECONDS), audience);
        issued.add(next);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("user_code", next.userCode);
        json.put("device_code", next.deviceCode);
        json.put("verification_uri", "http://" + host + "/sandbox/device-codes");
        json.put("expires_in", LIFE_SECONDS);
        json.put("interval", switches.number("deviceCodeInterval"));
        json.put("message", "To sign in, approve the code " + next.userCode + " with POST /sandbox/device-codes/"
                + next.userCode + "/approve.");
        return Answer.json(200, json);
    }

    /** Null when there is no such code or it was used. */
    Issued find(String deviceCode) {
        return issued.stream().filter(one -> one.deviceCode.equals(deviceCode)).findFirst().orElse(null);
    }

    State state(Issued one) {
        return clock.instant().isAfter(one.end) ? State.EXPIRED_TOKEN : one.state;
    }

    /** Whether a client asks again before the interval is over. */
    boolean tooSoon(Issued one) {
        Instant now = clock.instant();
        boolean soon = now.isBefore(one.asked.plusMillis(switches.number("deviceCodeInterval") * 900L));
        one.asked = now;
        return soon;
    }

    void used(Issued one) {
        issued.remove(one);
    }

    /** {@code GET /sandbox/device-codes}: the codes that wait. */
    Answer shown() {
        return Answer.json(200,
                issued.stream().map(one -> Map.of("userCode", one.userCode, "state", state(one).error())).toList());
    }

    /**
     * {@code POST /sandbox/device-codes/{userCode or latest}/{approve, decline or expire}}; null when there is no such
     * code.
     */
    Answer act(Call call) {
        String[] steps = call.path().split("/");
        Issued one = steps[3].equals("latest") && !issued.isEmpty() ? issued.get(issued.size() - 1)
                : issued.stream().filter(each -> each.userCode.equals(steps[3])).findFirst().orElse(null);
        if (one == null) {
            return null;
        }
        one.state = switch (steps[4]) {
            case "approve" -> State.APPROVED;
            case "decline" -> State.AUTHORIZATION_DECLINED;
            default -> State.EXPIRED_TOKEN;
        };
        one.multiFactor = !Boolean.FALSE.equals(call.json().get("secondFactor"));
        one.user = call.json().get("user") instanceof String user ? user : one.user;
        return Answer.empty(204);
    }

    void forget() {
        issued.clear();
    }
}
