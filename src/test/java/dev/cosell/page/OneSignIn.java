package dev.cosell.page;

import dev.cosell.http.KnownHosts;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** A question to an identity provider, for tests of other packages. */
public final class OneSignIn {
    private OneSignIn() {}

    public static void at(String address) {
        SignInSettings settings = new SignInSettings(address + "/contoso/v2.0", "client", "secret",
                "https://sync.example", KnownHosts.of(address), Set.of(), Set.of(), Duration.ofMinutes(1),
                Duration.ofMinutes(1));
        new Provider(settings, Clock.systemUTC()).address(Attempt.begin(), false);
    }
}
