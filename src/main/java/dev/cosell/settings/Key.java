package dev.cosell.settings;

import dev.cosell.live.ReleasedRoutes;
import dev.cosell.queue.BrokerAddress;
import dev.cosell.state.Database;
import java.util.function.Function;

/**
 * The settings that are no CRM's own, by the name they have in {@code application.properties}, with the value they have
 * when nobody sets them.
 */
public enum Key implements Setting {
    /** By default every CRM there is. */
    CRMS("crms", ""),
    SANDBOX("sandbox", "auto", Form.oneOf("auto", "external", "off")),
    SANDBOX_HOST("sandbox.host", "127.0.0.1"),
    SANDBOX_PARTNER_CENTER_PORT("sandbox.partner-center-port", "8081", Form.PORT),

    HTTP_HOST("http.host", "0.0.0.0"),
    HTTP_PORT("http.port", "8080", Form.PORT),
    HTTP_WORKERS("http.workers", "64", Form.POSITIVE),
    MANAGEMENT_HOST("management.host", "127.0.0.1"),
    MANAGEMENT_PORT("management.port", "9080", Form.PORT),
    MANAGEMENT_PUBLIC_URL("management.public-url", "", AddressForm::addressOrNothing),
    METRICS("metrics", "on", Form.oneOf("off", "on")),
    MANAGEMENT_USERS("management.users", "", Form::usersOrNothing, true),
    MANAGEMENT_SIGN_IN_ISSUER("management.sign-in.issuer", "", Form.ISSUER_OR_NOTHING),
    MANAGEMENT_SIGN_IN_CLIENT_ID("management.sign-in.client-id", ""),
    MANAGEMENT_SIGN_IN_CLIENT_SECRET("management.sign-in.client-secret", "", Form::any, true),
    MANAGEMENT_SIGN_IN_VIEWERS("management.sign-in.viewers", "Cosell.Viewer"),
    MANAGEMENT_SIGN_IN_OPERATORS("management.sign-in.operators", "Cosell.Operator"),
    MANAGEMENT_SIGN_IN_IDLE("management.sign-in.idle", "30m", Form.TIME),
    MANAGEMENT_SIGN_IN_LONGEST("management.sign-in.longest", "8h", Form.TIME),
    MCP("mcp", "off", Form.oneOf("off", "read", "act")),
    CLI_USER("cli.user", ""),
    CLI_PASSWORD("cli.password", "", Form::any, true),

    DATA_DIRECTORY("data.directory", "data"),
    STATE_URL("state.url", Database.h2("{data.directory}/cosell")),
    STATE_USER("state.user", ""),
    STATE_PASSWORD("state.password", "", Form::any, true),
    CLUSTER_NAME("cluster.name", "", Form::instanceNameOrNothing),
    CLUSTER_TAKE_OVER("cluster.take-over", "15s", Form.TAKE_OVER),
    BROKER_URL("broker.url", "", BrokerAddress::fault, true),
    BROKER_USER("broker.user", ""),
    BROKER_PASSWORD("broker.password", "", Form::any, true),

    SYNC_CONSUMERS("sync.consumers", "4", Form.POSITIVE),
    SYNC_CUSTOMER_LEASE("sync.customer-lease", "30s", Form.LEASE),
    SYNC_BREAKER_WRITES("sync.breaker-writes", "30", Form.POSITIVE),
    SYNC_BREAKER_WINDOW("sync.breaker-window", "10m", Form.TIME),
    SYNC_BRAKE_SHARE("sync.brake-share", "20", Form.from(1, 100)),
    SYNC_BRAKE_LEAST("sync.brake-least", "50", Form::positive),
    SYNC_KEEP_SEEN("sync.keep-seen", "30d", Form.TIME),
    SYNC_KEEP_AUDIT("sync.keep-audit", "365d", Form.TIME),
    FIRST_SYNC("first-sync", "ask", Form.oneOf("ask", "go")),
    FIRST_SYNC_LIMIT("first-sync-limit", "100", Form::positive),
    BACKFILL_MOST_CLOSINGS("backfill.most-closings", "5%", Form::percentOrOff),
    BACKFILL_MOST_OVERWRITES("backfill.most-overwrites", "20%", Form::percentOrOff),
    MISSING_CURRENCY("missing-currency", "", Form::codeOrNothing),
    CHECK_MARK("check-mark", "off", Form.oneOf("off", "on")),

    CONNECTIONS_RETRY_INTERVAL("connections.retry-interval", "60s", Form.TIME),
    SYNC_DUE_INTERVAL("sync.due-interval", "1m", Form.TIME),
    SYNC_PARKED_INTERVAL("sync.parked-interval", "1h", Form.TIME),
    SYNC_POLL_ALARM_AFTER("sync.poll-alarm-after", "5m", Form.TIME),
    SYNC_DEADLINE_NOTICE("sync.deadline-notice", "3d", Form.TIME),

    ALERTS_NAME("alerts.name", "Cosell Sync"),
    ALERTS_MAIL_TO("alerts.mail.to", "", Form::mailAddressesOrNothing),
    ALERTS_MAIL_FROM("alerts.mail.from", "", Form::mailAddressesOrNothing),
    ALERTS_MAIL_HOST("alerts.mail.host", ""),
    ALERTS_MAIL_PORT("alerts.mail.port", "587", Form.PORT),
    ALERTS_MAIL_SECURITY("alerts.mail.security", "starttls", Form.oneOf("starttls", "tls", "none")),
    ALERTS_MAIL_USER("alerts.mail.user", ""),
    ALERTS_MAIL_PASSWORD("alerts.mail.password", "", Form::any, true),
    ALERTS_TEAMS_URL("alerts.teams.url", "", Form.ADDRESS_OR_NOTHING, true),
    ALERTS_SLACK_URL("alerts.slack.url", "", Form.ADDRESS_OR_NOTHING, true),
    ALERTS_WEBHOOK_URL("alerts.webhook.url", "", Form.ADDRESS_OR_NOTHING, true),
    ALERTS_WEBHOOK_SECRET("alerts.webhook.secret", "", Form::webhookSecretOrNothing, true),
    ALERTS_PARKED("alerts.parked", "10", Form.POSITIVE),
    ALERTS_OLDEST("alerts.oldest", "30m", Form.TIME),
    ALERTS_OVER_AFTER("alerts.over-after", "2m", Form.TIME),
    ALERTS_INTERVAL("alerts.interval", "15s", Form.TIME),
    ALERTS_DIGEST("alerts.digest", "off", Form.TIME_OF_DAY_OR_OFF),

    ROUTES_LEFT_OUT("routes.left-out", "", ReleasedRoutes::fault),
    OUTGOING_HOSTS("outgoing.hosts", "", AddressForm::hostsOrNothing),

    LOG_FORMAT("log.format", "text", Form.oneOf("text", "json")),
    TRACES_URL("traces.url", "", Form.ADDRESS_OR_NOTHING),
    TRACES_SECRET_HEADER("traces.secret-header", "", Form::headerOrNothing, true),

    CHECK_AT_START("check.at-start", "true", Form.oneOf("true", "false")),

    LEADS("leads", "off", Form.oneOf("off", "leads", "opportunities")),
    MARKETPLACE_LEADS_PATH_SECRET("marketplace-leads.path-secret", "", Form::pathSecretOrNothing, true),
    MARKETPLACE_LEADS_KEEP("marketplace-leads.keep", "30d", Form.TIME),

    PARTNER_CENTER_URL("partner-center.url", "https://api.partner.microsoft.com/v1.0/engagements", Form.ADDRESS),
    PARTNER_CENTER_LOGIN_URL("partner-center.login-url", "https://login.microsoftonline.com", Form.HOST_ADDRESS),
    PARTNER_CENTER_SCOPE("partner-center.scope", "https://api.partner.microsoft.com/.default offline_access"),
    PARTNER_CENTER_TENANT("partner-center.tenant", "", Form.TENANT_OR_NOTHING),
    PARTNER_CENTER_CLIENT_ID("partner-center.client-id", ""),
    PARTNER_CENTER_CLIENT_SECRET("partner-center.client-secret", "", Form::any, true),
    PARTNER_CENTER_REFRESH_TOKEN("partner-center.refresh-token", "", Form::any, true),
    PARTNER_CENTER_CLIENT_SECRET_EXPIRES("partner-center.client-secret-expires", "", Form::dateOrNothing),
    PARTNER_CENTER_SIGN_IN_FILE("partner-center.sign-in-file", "{data.directory}/connections/partner-center.json"),
    PARTNER_CENTER_SIGN_IN_KEY("partner-center.sign-in-key", "", Form::keyOrNothing, true),
    PARTNER_CENTER_WEBHOOK_SCOPE("partner-center.webhook-scope",
            "https://api.partnercenter.microsoft.com/.default offline_access"),
    PARTNER_CENTER_SWEEP_INTERVAL("partner-center.sweep-interval", "10m", Form.TIME),
    PARTNER_CENTER_SWEEP_OVERLAP("partner-center.sweep-overlap", "1h", Form.TIME),
    PARTNER_CENTER_FULL_SWEEP_INTERVAL("partner-center.full-sweep-interval", "24h", Form.TIME),
    PARTNER_CENTER_CALLS_PER_MINUTE("partner-center.calls-per-minute", "100",
            Form.noneOrFrom(5, "one new deal alone takes up to so many calls")),
    PARTNER_CENTER_IRREVERSIBLE("partner-center.irreversible", "immediately", Form.HOLD),
    PARTNER_CENTER_WON_DELAY("partner-center.won-delay", "0", Form.TIME_OR_NONE),
    PARTNER_CENTER_MISSING_REASON("partner-center.missing-reason", "Other"),
    PARTNER_CENTER_REFERRAL_LINK("partner-center.referral-link",
            "https://partner.microsoft.com/dashboard/v2/referrals/opportunities/{id}"),
    PARTNER_CENTER_PURCHASE_INTENT("partner-center.purchase-intent", "HaveNotDecided"),
    PARTNER_CENTER_PARTNER_ID("partner-center.partner-id", ""),
    PARTNER_CENTER_ORGANIZATION_ID("partner-center.organization-id", ""),
    PARTNER_CENTER_TEAM_FIRST_NAME("partner-center.team.first-name", ""),
    PARTNER_CENTER_TEAM_LAST_NAME("partner-center.team.last-name", ""),
    PARTNER_CENTER_TEAM_EMAIL("partner-center.team.email", ""),
    PARTNER_CENTER_TEAM_PHONE("partner-center.team.phone", ""),
    PARTNER_CENTER_CREATE_WAIT("partner-center.create-wait", "60s", Form.TIME),
    PARTNER_CENTER_DEAL_VALUE("partner-center.deal-value", "number", Form.oneOf("number", "text")),
    PARTNER_CENTER_SERVICES_SOLUTIONS("partner-center.services.solutions", ""),
    PARTNER_CENTER_SERVICES_PARTNER_ROLE("partner-center.services.partner-role", ""),
    PARTNER_CENTER_SERVICES_SOLUTION_AREA("partner-center.services.solution-area", ""),
    PARTNER_CENTER_SERVICES_SOLUTION_PLAY("partner-center.services.solution-play", ""),
    PARTNER_CENTER_REGISTRATION("partner-center.deal-registration", "off", Form.oneOf("off", "on")),
    PARTNER_CENTER_REGISTRATION_INTERVAL("partner-center.deal-registration.interval", "5m", Form.TIME),
    PARTNER_CENTER_REGISTRATION_SOLUTIONS("partner-center.deal-registration.solutions", ""),
    PARTNER_CENTER_REGISTRATION_THRESHOLDS("partner-center.deal-registration.thresholds", "USD 25000", Form::amounts),
    PARTNER_CENTER_REGISTRATION_TYPE("partner-center.deal-registration.type", "AzureIPCoSell"),
    PARTNER_CENTER_REGISTRATION_PRICING("partner-center.deal-registration.pricing-model", "PayAsYouGo",
            Form.oneOf("PayAsYouGo", "Other")),
    PARTNER_CENTER_REGISTRATION_DEPLOYMENT("partner-center.deal-registration.deployment", "Customer",
            Form.oneOf("Customer", "Partner")),
    PARTNER_CENTER_REGISTRATION_ON_AZURE("partner-center.deal-registration.on-azure", "true",
            Form.oneOf("true", "false")),
    PARTNER_CENTER_REGISTRATION_TERM("partner-center.deal-registration.term", "Finite",
            Form.oneOf("Finite", "Perpetual")),
    PARTNER_CENTER_REGISTRATION_MONTHS("partner-center.deal-registration.months", "12", Form.POSITIVE),
    PARTNER_CENTER_REGISTRATION_PATIENCE("partner-center.deal-registration.patience", "60d", Form.TIME),

    PARTNER_CENTER_WEBHOOK_URL("partner-center.webhook-url", "https://api.partnercenter.microsoft.com", Form.ADDRESS),

    WEBHOOK_PUBLIC_URL("webhook.public-url", "", AddressForm::publicAddressOrNothing),
    WEBHOOK_PATH_SECRET("webhook.path-secret", "", Form::pathSecretOrNothing, true),
    WEBHOOK_OVERWRITE_EXISTING("webhook.overwrite-existing", "false", Form.oneOf("true", "false")),
    WEBHOOK_SIGNATURE_IN_OWN_HEADER("webhook.signature-in-own-header", "true", Form.oneOf("true", "false")),
    WEBHOOK_SIGN_IN("webhook.sign-in", "user", Form.oneOf("user", "app", "own-user")),
    WEBHOOK_SIGN_IN_FILE("webhook.sign-in-file", "{data.directory}/connections/partner-center-webhooks.json"),
    WEBHOOK_CHECK_INTERVAL("webhook.check-interval", "1h", Form.TIME),
    WEBHOOK_RETRY_INTERVAL("webhook.retry-interval", "1m", Form.TIME),
    WEBHOOK_CERTIFICATE_ORIGINS("webhook.certificate-origins", "https://3psostorageacct.blob.core.windows.net",
            AddressForm::certificateOrigins),
    WEBHOOK_TRUST_ANCHORS("webhook.trust-anchors", ""),
    WEBHOOK_INTERMEDIATES("webhook.intermediates", ""),
    WEBHOOK_ISSUER_ORIGINS("webhook.issuer-origins", "http://www.microsoft.com, http://caissuers.microsoft.com",
            AddressForm::issuerOriginsOrNothing),
    WEBHOOK_MAX_BODY("webhook.max-body-bytes", "1048576", Form.POSITIVE);

    private final Definition definition;

    Key(String text, String byDefault) {
        this(text, byDefault, Form::any);
    }

    Key(String text, String byDefault, Function<String, String> fault) {
        this(text, byDefault, fault, false);
    }

    Key(String text, String byDefault, Function<String, String> fault, boolean secret) {
        definition = new Definition(text, byDefault, fault, secret);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
