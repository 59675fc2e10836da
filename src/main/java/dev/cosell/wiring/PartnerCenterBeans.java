package dev.cosell.wiring;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.cosell.entra.EntraTokens;
import dev.cosell.http.CallRate;
import dev.cosell.http.HttpSystem;
import dev.cosell.partnercenter.DealCompletion;
import dev.cosell.partnercenter.DealDefaults;
import dev.cosell.partnercenter.PartnerCenterRules;
import dev.cosell.partnercenter.ReferralChanges;
import dev.cosell.partnercenter.ReferralCreation;
import dev.cosell.partnercenter.ReferralReads;
import dev.cosell.partnercenter.ReferralUpdates;
import dev.cosell.partnercenter.Refusals;
import dev.cosell.partnercenter.Sweep;
import dev.cosell.partnercenter.WebhookDoor;
import dev.cosell.partnercenter.WebhookSignature;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.sync.Changes;
import dev.cosell.sync.ReferralRules;
import dev.cosell.sync.SeenVersions;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
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

    ReferralRules bind(CamelContext camel, ObjectMapper json, SeenVersions seen) {
        Registry registry = camel.getRegistry();
        Refusals refusals = new Refusals(clock);
        registry.bind("partnerCenterHttp", new HttpSystem(SYSTEM, settings.text(Key.PARTNER_CENTER_URL), tokens(), json, clock,
                new CallRate(SYSTEM, settings.number(Key.PARTNER_CENTER_CALLS_PER_MINUTE), clock)));
        registry.bind("partnerCenterReads", new ReferralReads(refusals));
        registry.bind("partnerCenterUpdates", new ReferralUpdates(refusals));
        registry.bind("partnerCenterChanges", new ReferralChanges(refusals, settings.duration(Key.PARTNER_CENTER_SWEEP_OVERLAP)));
        registry.bind("partnerCenterCreation", new ReferralCreation(new DealCompletion(defaults())));
        registry.bind("partnerCenterSweep", new Sweep(settings.duration(Key.PARTNER_CENTER_FULL_SWEEP_INTERVAL),
                changes -> unseen(seen, changes), clock));
        registry.bind("partnerCenterWebhook", new WebhookDoor(new WebhookSignature(Set.copyOf(settings.list(Key.WEBHOOK_CERTIFICATE_ORIGINS)),
                TrustAnchors.of(settings), clock), settings.number(Key.WEBHOOK_MAX_BODY)));
        return new PartnerCenterRules(settings.text(Key.PARTNER_CENTER_REFERRAL_LINK), settings.durationOrZero(Key.PARTNER_CENTER_WON_DELAY));
    }

    /** A referral concerns every CRM, so it is news until all of them have seen it. */
    private Changes unseen(SeenVersions seen, Changes page) {
        Set<Changes.Change> news = settings.crms().stream().flatMap(crm -> seen.unseen(page, crm, SYSTEM).changes().stream())
                .collect(Collectors.toSet());
        return new Changes(page.changes().stream().filter(news::contains).toList(), page.position(), page.more());
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
        return new DealDefaults(settings.text(Key.PARTNER_CENTER_PURCHASE_INTENT), member, settings.text(Key.PARTNER_CENTER_PARTNER_ID));
    }

    private void put(Map<String, Object> member, String field, Key key) {
        if (!settings.text(key).isEmpty()) {
            member.put(field, settings.text(key));
        }
    }
}
