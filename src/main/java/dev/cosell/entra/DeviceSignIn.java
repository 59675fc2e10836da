package dev.cosell.entra;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.cosell.verbs.Fault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Signs a user in whose browser is on another machine than this process: the device code grant of Entra's v2 endpoints.
 */
public final class DeviceSignIn {
    /**
     * What the user has to do.
     *
     * @param address where to go with a browser
     * @param code    what to enter there
     */
    public record Invitation(String address, String code, Duration life) {}

    /** How time passes between two questions. */
    public interface Waiting {
        void pass(Duration time) throws InterruptedException;
    }

    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final EntraApp app;
    private final Scope scope;
    private final Clock clock;
    private DeviceAuthorizationSuccessResponse begun;
    private Instant end;

    public DeviceSignIn(EntraApp app, String scope, Clock clock) {
        this.app = app;
        this.scope = SignedIn.scope(scope);
        this.clock = clock;
    }

    /** @throws Fault when Entra does not give a code */
    public Invitation begin() {
        URI endpoint = URI.create(app.tenant() + "/oauth2/v2.0/devicecode");
        HTTPResponse response = app
                .send(new DeviceAuthorizationRequest.Builder(new ClientID(app.clientId())).scope(scope)
                        .endpointURI(endpoint).build().toHTTPRequest());
        if (!response.indicatesSuccess()) {
            throw EntraErrors.fault(app.system(), SignInStore.LOGIN, response);
        }
        try {
            begun = DeviceAuthorizationSuccessResponse.parse(response);
        } catch (ParseException e) {
            throw new Fault.Transient(app.system(), "Entra gave no readable answer at " + endpoint);
        }
        Duration life = Duration.ofSeconds(begun.getLifetime());
        end = clock.instant().plus(life);
        return new Invitation(begun.getVerificationURI().toString(), begun.getUserCode().getValue(), life);
    }

    /**
     * Asks until the user has done it.
     *
     * @throws Fault.Auth when the user declined or let the code expire, or Entra refuses the user
     */
    public SignedIn await(Waiting waiting) throws InterruptedException {
        Duration interval = Duration.ofSeconds(Math.max(1, begun.getInterval()));
        while (clock.instant().isBefore(end)) {
            waiting.pass(interval);
            HTTPResponse response = ask();
            if (response != null && response.indicatesSuccess()) {
                return SignedIn.of(app, response);
            }
            String error = response == null ? "authorization_pending"
                    : EntraErrors.text(EntraErrors.body(response), "error");
            if (response != null && EntraErrors.blocked(response)) {
                throw EntraErrors.fault(app.system(), SignInStore.LOGIN, response);
            }
            switch (String.valueOf(error)) {
                case "authorization_pending" -> { }
                case "slow_down" -> interval = interval.plus(SLOWER);
                case "authorization_declined", "access_denied" ->
                    throw new Fault.Auth(app.system(),
                            "The sign-in was declined. Start ./cosell login again to repeat it");
                case "expired_token", "code_expired" -> throw expired();
                default -> {
                    Fault fault = EntraErrors.fault(app.system(), SignInStore.LOGIN, response);
                    if (fault instanceof Fault.Auth) {
                        throw fault;
                    }
                }
            }
        }
        throw expired();
    }

    private Fault expired() {
        return new Fault.Auth(app.system(),
                "The code has expired before anybody signed in with it. Start ./cosell login again for a new one");
    }

    /** Null when there was no answer: the code lives on, so the question may be repeated. */
    private HTTPResponse ask() {
        try {
            return app.token(new DeviceCodeGrant(begun.getDeviceCode()), scope);
        } catch (Fault.Transient away) {
            return null;
        }
    }
}
