package dev.cosell.wiring;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.cosell.entra.EntraTokens;
import dev.cosell.http.HttpSystem;
import dev.cosell.partnercenter.DealCompletion;
import dev.cosell.partnercenter.DealDefaults;
import dev.cosell.partnercenter.DealRegistration;
import dev.cosell.partnercenter.PartnerCenterRules;
import dev.cosell.partnercenter.PatchValues;
import dev.cosell.partnercenter.ReferralChanges;
import dev.cosell.partnercenter.ReferralCreation;
import dev.cosell.partnercenter.ReferralReads;
import dev.cosell.partnercenter.ReferralUpdates;
import dev.cosell.partnercenter.Refusals;
import dev.cosell.partnercenter.RegistrationTerms;
import dev.cosell.partnercenter.ServicesAttributes;
import dev.cosell.partnercenter.Sweep;
import dev.cosell.partnercenter.WebhookDoor;
import dev.cosell.partnercenter.WebhookSignature;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.sync.ReferralRules;
import dev.cosell.sync.WonDeals;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** The beans that {@code routes/partner-center.camel.yaml} names. */
final class PartnerCenterBeans {
    private static final String SYSTEM = "partner-center";

    private final Settings settings;
    private final Clock clock;

    PartnerCenterBeans(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    ReferralRules bind(CamelContext camel, ObjectMapper json, WonDeals wonDeals) {
        Registry registry = camel.getRegistry();
        Refusals refusals = new Refusals(clock);
        boolean registers = "on".equals(settings.text(Key.PARTNER_CENTER_REGISTRATION));
        DealCompletion completion = new DealCompletion(defaults());
        registry.bind("partnerCenterHttp", new HttpSystem(SYSTEM, settings.text(Key.PARTNER_CENTER_URL), tokens(), json, clock));
        registry.bind("partnerCenterReads", new ReferralReads(refusals));
        registry.bind("partnerCenterUpdates", new ReferralUpdates(refusals, completion,
                new PatchValues("text".equals(settings.text(Key.PARTNER_CENTER_DEAL_VALUE))), registers ? wonDeals : null));
        registry.bind("dealRegistration", new DealRegistration(wonDeals, registers ? terms() : null, clock));
        registry.bind("partnerCenterChanges", new ReferralChanges(refusals));
        registry.bind("partnerCenterCreation", new ReferralCreation(completion));
        registry.bind("partnerCenterSweep", new Sweep());
        registry.bind("partnerCenterWebhook", new WebhookDoor(new WebhookSignature(Set.copyOf(settings.list(Key.WEBHOOK_CERTIFICATE_ORIGINS)),
                TrustAnchors.of(settings), clock), settings.number(Key.WEBHOOK_MAX_BODY)));
        return new PartnerCenterRules(settings.text(Key.PARTNER_CENTER_REFERRAL_LINK), refusals);
    }

    private EntraTokens tokens() {
        URI endpoint = URI.create(settings.text(Key.PARTNER_CENTER_LOGIN_URL) + "/" + settings.text(Key.PARTNER_CENTER_TENANT)
                + "/oauth2/v2.0/token");
        AtomicReference<String> refreshToken = new AtomicReference<>(settings.text(Key.PARTNER_CENTER_REFRESH_TOKEN));
        return new EntraTokens(SYSTEM, endpoint, settings.text(Key.PARTNER_CENTER_CLIENT_ID), settings.text(Key.PARTNER_CENTER_CLIENT_SECRET),
                settings.text(Key.PARTNER_CENTER_SCOPE), () -> new RefreshTokenGrant(new RefreshToken(refreshToken.get())), refreshToken::set, clock);
    }

    private DealDefaults defaults() {
        Map<String, Object> member = new LinkedHashMap<>();
        put(member, "firstName", Key.PARTNER_CENTER_TEAM_FIRST_NAME);
        put(member, "lastName", Key.PARTNER_CENTER_TEAM_LAST_NAME);
        put(member, "email", Key.PARTNER_CENTER_TEAM_EMAIL);
        put(member, "phoneNumber", Key.PARTNER_CENTER_TEAM_PHONE);
        return new DealDefaults(settings.text(Key.PARTNER_CENTER_PURCHASE_INTENT), member, settings.text(Key.PARTNER_CENTER_PARTNER_ID),
                services());
    }

    private ServicesAttributes services() {
        return new ServicesAttributes(lowerCase(Key.PARTNER_CENTER_SERVICES_SOLUTIONS),
                Map.of("PartnerRole", settings.text(Key.PARTNER_CENTER_SERVICES_PARTNER_ROLE),
                        "SolutionArea", settings.text(Key.PARTNER_CENTER_SERVICES_SOLUTION_AREA),
                        "SolutionPlay", settings.text(Key.PARTNER_CENTER_SERVICES_SOLUTION_PLAY)));
    }

    private RegistrationTerms terms() {
        Map<String, BigDecimal> thresholds = new LinkedHashMap<>();
        settings.list(Key.PARTNER_CENTER_REGISTRATION_THRESHOLDS)
                .forEach(amount -> thresholds.put(amount.substring(0, 3), new BigDecimal(amount.substring(4))));
        return new RegistrationTerms(lowerCase(Key.PARTNER_CENTER_REGISTRATION_SOLUTIONS), thresholds,
                settings.text(Key.PARTNER_CENTER_REGISTRATION_TYPE), settings.text(Key.PARTNER_CENTER_REGISTRATION_PRICING),
                settings.text(Key.PARTNER_CENTER_REGISTRATION_DEPLOYMENT), "true".equals(settings.text(Key.PARTNER_CENTER_REGISTRATION_ON_AZURE)),
                "Finite".equals(settings.text(Key.PARTNER_CENTER_REGISTRATION_TERM)) ? settings.number(Key.PARTNER_CENTER_REGISTRATION_MONTHS) : 0,
                settings.duration(Key.PARTNER_CENTER_REGISTRATION_PATIENCE));
    }

    private Set<String> lowerCase(Key key) {
        return settings.list(key).stream().map(value -> value.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private void put(Map<String, Object> member, String field, Key key) {
        if (!settings.text(key).isEmpty()) {
            member.put(field, settings.text(key));
        }
    }
}
