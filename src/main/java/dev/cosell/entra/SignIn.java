package dev.cosell.entra;

import java.time.Instant;

/**
 * Somebody's sign-in, as it is kept.
 *
 * @param connection for which tenant and app it is good
 * @param user       who signed in; null when Entra did not say
 * @param signedIn   when
 * @param renewed    when Entra last accepted the token; null when it was never tried
 * @param seed       fingerprint of the setting that was in force then; empty without one
 */
public record SignIn(String connection, String refreshToken, String user, Instant signedIn, Instant renewed,
        String seed) {

    SignIn renewed(String newToken, String newUser, Instant now) {
        return new SignIn(connection, newToken == null ? refreshToken : newToken, newUser == null ? user : newUser,
                signedIn, now, seed);
    }

    @Override
    public String toString() {
        return "sign-in of " + user + " at " + signedIn;
    }
}
