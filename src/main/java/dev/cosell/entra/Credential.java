package dev.cosell.entra;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import java.util.function.Supplier;

/**
 * What proves to Entra who asks. Several {@link EntraTokens} may share one, each for an audience of its own; they ask
 * one after the other, because a refresh token may be good for one use only.
 */
public interface Credential {
    /**
     * Runs a request for tokens, from {@link #grant} to {@link #renewed}, while no other process that shares this
     * credential makes one.
     */
    default <T> T refreshing(Supplier<T> work) {
        return work.get();
    }

    /** @throws dev.cosell.verbs.Fault.Auth when a person has to sign in first */
    AuthorizationGrant grant();

    /** The command with which a person signs in; null where an application signs in by itself. */
    default String command() {
        return null;
    }

    /**
     * Called for each success, before the access token is used.
     *
     * @param refreshToken the new refresh token; null when there is none
     * @param user         who is signed in; null when the answer does not say
     */
    default void renewed(String refreshToken, String user) {}
}
