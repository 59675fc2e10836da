package dev.cosell.settings;

import dev.cosell.state.Database;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every setting by the name it has in {@code application.properties}, with the value it has when nobody sets it. */
public enum Key {
    CRMS("crms", "salesforce, dynamics"),
    SANDBOX("sandbox", "auto", Form.oneOf("auto", "external", "off")),
    SANDBOX_HOST("sandbox.host", "127.0.0.1"),
    SANDBOX_PARTNER_CENTER_PORT("sandbox.partner-center-port", "8081", Form::port),
    SANDBOX_DYNAMICS_PORT("sandbox.dynamics-port", "8082", Form::port),
    SANDBOX_SALESFORCE_PORT("sandbox.salesforce-port", "8083", Form::port),

    HTTP_HOST("http.host", "0.0.0.0"),
    HTTP_PORT("http.port", "8080", Form::port),
    HTTP_WORKERS("http.workers", "64", Form::positive),
    MANAGEMENT_HOST("management.host", "127.0.0.1"),
    MANAGEMENT_PORT("management.port", "9080", Form::port),

    DATA_DIRECTORY("data.directory", "data"),
    STATE_URL("state.url", Database.h2("{data.directory}/cosell")),
    STATE_USER("state.user", ""),
    STATE_PASSWORD("state.password", "", Form::any, true),
    BROKER_URL("broker.url", ""),
    BROKER_USER("broker.user", ""),
    BROKER_PASSWORD("broker.password", "", Form::any, true),

    SYNC_CONSUMERS("sync.consumers", "4", Form::positive),
    SYNC_CUSTOMER_LEASE("sync.customer-lease", "30s", Form::lease),
    SYNC_BREAKER_WRITES("sync.breaker-writes", "30", Form::positive),
    SYNC_BREAKER_WINDOW("sync.breaker-window", "10m", Form.TIME),
    SYNC_KEEP_SEEN("sync.keep-seen", "30d", Form.TIME),
    SYNC_KEEP_AUDIT("sync.keep-audit", "365d", Form.TIME),
    MISSING_CURRENCY("missing-currency", "", Form::codeOrNothing),
    CHECK_MARK("check-mark", "off", Form.oneOf("off", "on")),

    CONNECTIONS_RETRY_INTERVAL("connections.retry-interval", "60s", Form.TIME),
    SYNC_DUE_INTERVAL("sync.due-interval", "1m", Form.TIME),
    SYNC_DEADLINE_NOTICE("sync.deadline-notice", "3d", Form.TIME),

    CHECK_AT_START("check.at-start", "true", Form.oneOf("true", "false")),

    LEADS("leads", "off", Form.oneOf("off", "leads", "opportunities")),
    MARKETPLACE_LEADS_PATH_SECRET("marketplace-leads.path-secret", "", Form::pathSecretOrNothing, true),
    MARKETPLACE_LEADS_KEEP("marketplace-leads.keep", "30d", Form.TIME),

    PARTNER_CENTER_URL("partner-center.url", "https://api.partner.microsoft.com/v1.0/engagements", Form::address),
    PARTNER_CENTER_LOGIN_URL("partner-center.login-url", "https://login.microsoftonline.com", Form::address),
    PARTNER_CENTER_SCOPE("partner-center.scope", "https://api.partner.microsoft.com/.default offline_access"),
    PARTNER_CENTER_TENANT("partner-center.tenant", ""),
    PARTNER_CENTER_CLIENT_ID("partner-center.client-id", ""),
    PARTNER_CENTER_CLIENT_SECRET("partner-center.client-secret", "", Form::any, true),
    PARTNER_CENTER_REFRESH_TOKEN("partner-center.refresh-token", "", Form::any, true),
    PARTNER_CENTER_CLIENT_SECRET_EXPIRES("partner-center.client-secret-expires", "", Form::dateOrNothing),
    PARTNER_CENTER_SIGN_IN_FILE("partner-center.sign-in-file", "{data.directory}/connections/partner-center.json"),
    PARTNER_CENTER_SIGN_IN_KEY("partner-center.sign-in-key", "", Form::keyOrNothing, true),
    PARTNER_CENTER_WEBHOOK_SCOPE("partner-center.webhook-scope", "https://api.partnercenter.microsoft.com/.default offline_access"),
    PARTNER_CENTER_SWEEP_INTERVAL("partner-center.sweep-interval", "10m", Form.TIME),
    PARTNER_CENTER_SWEEP_OVERLAP("partner-center.sweep-overlap", "1h", Form.TIME),
    PARTNER_CENTER_FULL_SWEEP_INTERVAL("partner-center.full-sweep-interval", "24h", Form.TIME),
    PARTNER_CENTER_CALLS_PER_MINUTE("partner-center.calls-per-minute", "100", Form::numberOrNone),
    PARTNER_CENTER_IRREVERSIBLE("partner-center.irreversible", "immediately", Form::hold),
    PARTNER_CENTER_WON_DELAY("partner-center.won-delay", "0", Form::timeOrNone),
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
    PARTNER_CENTER_REGISTRATION_PRICING("partner-center.deal-registration.pricing-model", "PayAsYouGo", Form.oneOf("PayAsYouGo", "Other")),
    PARTNER_CENTER_REGISTRATION_DEPLOYMENT("partner-center.deal-registration.deployment", "Customer", Form.oneOf("Customer", "Partner")),
    PARTNER_CENTER_REGISTRATION_ON_AZURE("partner-center.deal-registration.on-azure", "true", Form.oneOf("true", "false")),
    PARTNER_CENTER_REGISTRATION_TERM("partner-center.deal-registration.term", "Finite", Form.oneOf("Finite", "Perpetual")),
    PARTNER_CENTER_REGISTRATION_MONTHS("partner-center.deal-registration.months", "12", Form::positive),
    PARTNER_CENTER_REGISTRATION_PATIENCE("partner-center.deal-registration.patience", "60d", Form.TIME),

    PARTNER_CENTER_WEBHOOK_URL("partner-center.webhook-url", "https://api.partnercenter.microsoft.com", Form::address),

    WEBHOOK_PUBLIC_URL("webhook.public-url", "", Form::publicAddressOrNothing),
    WEBHOOK_PATH_SECRET("webhook.path-secret", "", Form::pathSecretOrNothing, true),
    WEBHOOK_OVERWRITE_EXISTING("webhook.overwrite-existing", "false", Form.oneOf("true", "false")),
    WEBHOOK_SIGNATURE_IN_OWN_HEADER("webhook.signature-in-own-header", "true", Form.oneOf("true", "false")),
    WEBHOOK_SIGN_IN("webhook.sign-in", "user", Form.oneOf("user", "app", "own-user")),
    WEBHOOK_SIGN_IN_FILE("webhook.sign-in-file", "{data.directory}/connections/partner-center-webhooks.json"),
    WEBHOOK_CHECK_INTERVAL("webhook.check-interval", "1h", Form.TIME),
    WEBHOOK_RETRY_INTERVAL("webhook.retry-interval", "1m", Form.TIME),
    WEBHOOK_CERTIFICATE_ORIGINS("webhook.certificate-origins", "https://3psostorageacct.blob.core.windows.net"),
    WEBHOOK_TRUST_ANCHORS("webhook.trust-anchors", ""),
    WEBHOOK_INTERMEDIATES("webhook.intermediates", ""),
    WEBHOOK_ISSUER_ORIGINS("webhook.issuer-origins", "http://www.microsoft.com, http://caissuers.microsoft.com"),
    WEBHOOK_MAX_BODY("webhook.max-body-bytes", "1048576", Form::positive),

    SALESFORCE_LOGIN_URL("salesforce.login-url", "https://login.salesforce.com", Form::address),
    SALESFORCE_CLIENT_ID("salesforce.client-id", ""),
    SALESFORCE_CLIENT_SECRET("salesforce.client-secret", "", Form::any, true),
    SALESFORCE_REFRESH_TOKEN("salesforce.refresh-token", "", Form::any, true),
    SALESFORCE_USER_NAME("salesforce.user-name", ""),
    SALESFORCE_PASSWORD("salesforce.password", "", Form::any, true),
    SALESFORCE_KEYSTORE("salesforce.keystore", ""),
    SALESFORCE_KEYSTORE_PASSWORD("salesforce.keystore-password", "", Form::any, true),
    SALESFORCE_JWT_AUDIENCE("salesforce.jwt-audience", ""),
    SALESFORCE_POLL_INTERVAL("salesforce.poll-interval", "60s", Form.TIME),
    SALESFORCE_POLL_OVERLAP("salesforce.poll-overlap", "120s", Form.TIME),
    SALESFORCE_DAILY_CALLS("salesforce.daily-calls", "0", Form::numberOrNone),
    SALESFORCE_ORG_CALL_SHARE("salesforce.org-call-share", "95%", Form::percentOrOff),
    SALESFORCE_STREAMING("salesforce.streaming", "off", Form.oneOf("off", "on")),
    SALESFORCE_CURRENCY("salesforce.currency", "", Form::currencyOrNothing),
    SALESFORCE_TIME_ZONE("salesforce.time-zone", "", Form::zoneOrNothing),
    SALESFORCE_ACCOUNT_MATCH("salesforce.account-match", "Name + BillingPostalCode, Name", Form::matchRule),
    SALESFORCE_CONTACT_MATCH("salesforce.contact-match", "Email, FirstName + LastName", Form::matchRule),
    SALESFORCE_SALES_TEAM("salesforce.sales-team", "off", Form.oneOf("on", "off")),
    SALESFORCE_OWNER_FROM_TEAM("salesforce.owner-from-team", "on", Form.oneOf("on", "off")),
    SALESFORCE_SYNC_FIELD("salesforce.sync-field", "Sync_with_Partner_Center__c"),
    SALESFORCE_REFERRAL_ID_FIELD("salesforce.referral-id-field", "Referral_Identifier__c"),
    SALESFORCE_REFERRAL_LINK_FIELD("salesforce.referral-link-field", "Referral_Link__c"),
    SALESFORCE_AUDIT_FIELD("salesforce.audit-field", "Audit__c"),
    SALESFORCE_LEAD_REFERRAL_ID_FIELD("salesforce.lead-referral-id-field", "Referral_Identifier__c"),
    SALESFORCE_LEAD_AUDIT_FIELD("salesforce.lead-audit-field", "Audit__c"),
    SALESFORCE_SOLUTION_OBJECT("salesforce.solution-object", "Microsoft_Solution__c"),
    SALESFORCE_SOLUTION_RELATIONSHIP("salesforce.solution-relationship", "Microsoft_Solutions__r"),
    SALESFORCE_SOLUTION_ID_FIELD("salesforce.solution-id-field", "Solution_Id__c"),
    SALESFORCE_SOLUTION_OPPORTUNITY_FIELD("salesforce.solution-opportunity-field", "Opportunity__c"),

    DYNAMICS_URL("dynamics.url", "", Form::addressOrNothing),
    DYNAMICS_LOGIN_URL("dynamics.login-url", "https://login.microsoftonline.com", Form::address),
    DYNAMICS_TENANT("dynamics.tenant", ""),
    DYNAMICS_CLIENT_ID("dynamics.client-id", ""),
    DYNAMICS_CLIENT_SECRET("dynamics.client-secret", "", Form::any, true),
    DYNAMICS_CLIENT_SECRET_EXPIRES("dynamics.client-secret-expires", "", Form::dateOrNothing),
    DYNAMICS_POLL_INTERVAL("dynamics.poll-interval", "60s", Form.TIME),
    DYNAMICS_CONCURRENT_CALLS("dynamics.concurrent-calls", "20", Form.from(1, 51)),
    DYNAMICS_ACCOUNT_MATCH("dynamics.account-match", "name + address1_postalcode, name", Form::matchRule),
    DYNAMICS_CONTACT_MATCH("dynamics.contact-match", "emailaddress1, firstname + lastname", Form::matchRule),
    DYNAMICS_TIME_ZONE("dynamics.time-zone", "", Form::zoneOrNothing),
    DYNAMICS_SALES_TEAM("dynamics.sales-team", "off", Form.oneOf("on", "off")),
    DYNAMICS_OWNER_FROM_TEAM("dynamics.owner-from-team", "on", Form.oneOf("on", "off")),
    DYNAMICS_SYNC_FIELD("dynamics.sync-field", "cosell_syncwithpartnercenter"),
    DYNAMICS_REFERRAL_ID_FIELD("dynamics.referral-id-field", "cosell_referralidentifier"),
    DYNAMICS_REFERRAL_LINK_FIELD("dynamics.referral-link-field", "cosell_referrallink"),
    DYNAMICS_AUDIT_FIELD("dynamics.audit-field", "cosell_audit"),
    DYNAMICS_LEAD_REFERRAL_ID_FIELD("dynamics.lead-referral-id-field", "cosell_referralidentifier"),
    DYNAMICS_LEAD_AUDIT_FIELD("dynamics.lead-audit-field", "cosell_audit"),
    DYNAMICS_SOLUTION_SET("dynamics.solution-set", "cosell_partnercentersolutions"),
    DYNAMICS_SOLUTION_ID_FIELD("dynamics.solution-id-field", "cosell_solutionid"),
    DYNAMICS_SOLUTION_NAME_FIELD("dynamics.solution-name-field", "cosell_name"),
    DYNAMICS_SOLUTION_OPPORTUNITY_NAV("dynamics.solution-opportunity-nav", "cosell_OpportunityId"),
    DYNAMICS_OPPORTUNITY_SOLUTIONS_NAV("dynamics.opportunity-solutions-nav", "cosell_opportunity_solutions"),

    SETUP_SALESFORCE_CLIENT_ID("setup.salesforce.client-id", ""),
    SETUP_SALESFORCE_CLIENT_SECRET("setup.salesforce.client-secret", "", Form::any, true),
    SETUP_SALESFORCE_REFRESH_TOKEN("setup.salesforce.refresh-token", "", Form::any, true),
    SETUP_SALESFORCE_USER_NAME("setup.salesforce.user-name", ""),
    SETUP_SALESFORCE_PASSWORD("setup.salesforce.password", "", Form::any, true),
    SETUP_SALESFORCE_PERMISSION_SET("setup.salesforce.permission-set", "Cosell_Sync", Form::apiName),
    SETUP_DYNAMICS_CLIENT_ID("setup.dynamics.client-id", ""),
    SETUP_DYNAMICS_CLIENT_SECRET("setup.dynamics.client-secret", "", Form::any, true),
    SETUP_DYNAMICS_SOLUTION("setup.dynamics.solution", "CosellSync", Form::apiName);

    private static final Map<String, Key> BY_NAME = Arrays.stream(values()).collect(Collectors.toMap(Key::text, Function.identity()));

    private final String text;
    private final String byDefault;
    private final Function<String, String> fault;
    private final boolean secret;

    Key(String text, String byDefault) {
        this(text, byDefault, Form::any);
    }

    Key(String text, String byDefault, Function<String, String> fault) {
        this(text, byDefault, fault, false);
    }

    Key(String text, String byDefault, Function<String, String> fault, boolean secret) {
        this.text = text;
        this.byDefault = byDefault;
        this.fault = fault;
        this.secret = secret;
    }

    /** The key as it is written in the file. */
    public String text() {
        return text;
    }

    public String byDefault() {
        return byDefault;
    }

    /** What is wrong with a value, or null when it is fine. */
    String fault(String value) {
        return fault.apply(value);
    }

    /** Whether the value may never be shown. */
    public boolean secret() {
        return secret;
    }

    /** Whether the values of this setting are times such as {@code 60s}. */
    boolean isDuration() {
        return fault == Form.TIME;
    }

    /** The key with this name; null when there is none. */
    static Key named(String text) {
        return BY_NAME.get(text);
    }
}
