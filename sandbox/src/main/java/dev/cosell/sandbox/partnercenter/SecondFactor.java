package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.IssuedTokens;
import dev.cosell.sandbox.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Partner Center makes of users who signed in without multi-factor authentication. Applications by themselves are
 * let through.
 */
final class SecondFactor {
    static final String CODE = "900421";
    static final String MESSAGE = "The access token was made without multi-factor authentication.";
    private static final String ANSWER = "isMfaCompliant";

    private final Switches switches;

    SecondFactor(Switches switches) {
        this.switches = switches;
    }

    boolean refuses(IssuedTokens.Holder holder) {
        return switches.on("enforceMfa") && !holder.multiFactor();
    }

    /** Whoever asks with {@code ValidateMfa} is told; nobody has written down in which part of the answer. */
    Answer told(Call call, IssuedTokens.Holder holder, Answer answer) {
        if (!"true".equalsIgnoreCase(call.header("ValidateMfa"))) {
            return answer;
        }
        return switch (switches.text("mfaAnswer")) {
            case "header" -> answer.with(ANSWER, String.valueOf(holder.multiFactor()));
            case "body" -> inBody(answer, holder.multiFactor());
            default -> answer;
        };
    }

    private static Answer inBody(Answer answer, boolean compliant) {
        if (answer.body() == null) {
            return answer;
        }
        Map<String, Object> json = new LinkedHashMap<>(Json.object(answer.body()));
        json.put(ANSWER, compliant);
        return new Answer(answer.status(), answer.headers(), Json.bytes(json));
    }
}
