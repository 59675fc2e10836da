package dev.cosell.app;

import dev.cosell.http.HttpSystem;
import dev.cosell.partnercenter.door.CertificateSources;
import dev.cosell.partnercenter.door.RejectedOrigins;
import dev.cosell.partnercenter.door.WebhookDoor;
import dev.cosell.partnercenter.door.WebhookSignature;
import dev.cosell.partnercenter.registration.Registrar;
import dev.cosell.partnercenter.registration.RegistrationStatus;
import dev.cosell.partnercenter.registration.RegistrationWish;
import dev.cosell.partnercenter.registration.WebhookRegistration;
import dev.cosell.partnercenter.registration.WebhookValidation;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.sync.books.Watermarks;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.spi.Registry;

/** The beans of the webhook door and of {@code routes/partner-center-registration.camel.yaml}. */
final class WebhookBeans {
    private static final String LOOK = "webhook-registration-look";
    private static final String RIGHT = "webhook-registration-right";

    private final Settings settings;
    private final Clock clock;
    private final Function<Settings, Set<TrustAnchor>> trust;

    /** @param trust who may have issued the certificate that signs webhooks */
    WebhookBeans(Settings settings, Clock clock, Function<Settings, Set<TrustAnchor>> trust) {
        this.trust = trust;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param http the connection to the host of the registration, which wants tokens of its own */
    void bind(Registry registry, HttpSystem http, Watermarks watermarks) {
        RejectedOrigins rejected = new RejectedOrigins(clock);
        RegistrationStatus status = new RegistrationStatus(new RegistrationStatus.FoundRight(
                () -> watermarks.read(RIGHT), found -> watermarks.advance(RIGHT, found)));
        RegistrationWish wish = wish(settings);
        registry.bind("partnerCenterWebhook", new WebhookDoor(new WebhookSignature(sources(), rejected, clock),
                settings.number(Key.WEBHOOK_MAX_BODY), settings.text(Key.WEBHOOK_PATH_SECRET)));
        registry.bind("partnerCenterWebhookHttp", http);
        registry.bind("partnerCenterRegistration", new WebhookRegistration(wish,
                settings.duration(Key.WEBHOOK_CHECK_INTERVAL),
                settings.duration(Key.PARTNER_CENTER_SWEEP_INTERVAL), status,
                new WebhookRegistration.SharedLook(() -> watermarks.read(LOOK), next -> watermarks.advance(LOOK, next)),
                clock));
        registry.bind("partnerCenterValidation", new WebhookValidation(wish, status, clock));
        registry.bind("partnerCenterRegistrationStatus", status);
        registry.bind("partnerCenterRejectedOrigins", rejected);
    }

    static RegistrationWish wish(Settings settings) {
        return new RegistrationWish(settings.webhookAddress(), settings.text(Key.WEBHOOK_PATH_SECRET),
                settings.flag(Key.WEBHOOK_SIGNATURE_IN_OWN_HEADER), settings.flag(Key.WEBHOOK_OVERWRITE_EXISTING),
                Registrar.of(settings.text(Key.WEBHOOK_SIGN_IN)));
    }

    private CertificateSources sources() {
        return new CertificateSources(settings.origins(Key.WEBHOOK_CERTIFICATE_ORIGINS), trust.apply(settings),
                TrustAnchors.intermediates(settings), settings.origins(Key.WEBHOOK_ISSUER_ORIGINS));
    }
}
