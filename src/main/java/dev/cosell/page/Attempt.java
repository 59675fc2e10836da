package dev.cosell.page;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.util.Optional;

/** One attempt to sign in: what the browser that began it has to bring back, and nobody else knows. */
record Attempt(State state, Nonce nonce, CodeVerifier verifier) {
    private static final String BETWEEN = ".";

    static Attempt begin() {
        return new Attempt(new State(), new Nonce(), new CodeVerifier());
    }

    /** For a cookie. */
    String text() {
        return String.join(BETWEEN, state.getValue(), nonce.getValue(), verifier.getValue());
    }

    /** Empty when it is no such text. */
    static Optional<Attempt> of(String text) {
        String[] parts = text.split("\\" + BETWEEN);
        try {
            return parts.length == 3 ? Optional.of(new Attempt(new State(parts[0]), new Nonce(parts[1]),
                    new CodeVerifier(parts[2]))) : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
