package dev.cosell.crm.salesforce;

import dev.cosell.salesforce.SalesforceIds;
import dev.cosell.settings.Form;
import dev.cosell.settings.Setting;

/** The settings that only Salesforce has. */
public enum SalesforceKey implements Setting {
    ORGANIZATION_ID(new Definition("salesforce.organization-id", "", SalesforceKey::organizationOrNothing)),
    LOGIN_URL(new Definition("salesforce.login-url", "https://login.salesforce.com", Form.SIGN_IN_ADDRESS)),
    CLIENT_ID(new Definition("salesforce.client-id", "")),
    CLIENT_SECRET(Definition.secret("salesforce.client-secret")),
    REFRESH_TOKEN(Definition.secret("salesforce.refresh-token")),
    USER_NAME(new Definition("salesforce.user-name", "")),
    PASSWORD(Definition.secret("salesforce.password")),
    KEYSTORE(new Definition("salesforce.keystore", "")),
    KEYSTORE_PASSWORD(Definition.secret("salesforce.keystore-password")),
    JWT_AUDIENCE(new Definition("salesforce.jwt-audience", "")),
    POLL_INTERVAL(new Definition("salesforce.poll-interval", "60s", Form.TIME)),
    POLL_OVERLAP(new Definition("salesforce.poll-overlap", "120s", Form.TIME)),
    DAILY_CALLS(new Definition("salesforce.daily-calls", "0",
            Form.noneOrFrom(20, "polls and the first deal of a day take so many calls"))),
    ORG_CALL_SHARE(new Definition("salesforce.org-call-share", "95%", Form.PERCENT_OR_OFF)),
    STREAMING(new Definition("salesforce.streaming", "off", Form.oneOf("off", "on"))),
    CURRENCY(new Definition("salesforce.currency", "", Form::currencyOrNothing)),
    TIME_ZONE(new Definition("salesforce.time-zone", "", Form::zoneOrNothing)),
    ACCOUNT_MATCH(new Definition("salesforce.account-match", "Name + BillingPostalCode, Name", Form::matchRule)),
    CONTACT_MATCH(new Definition("salesforce.contact-match", "Email, FirstName + LastName", Form::matchRule)),
    SALES_TEAM(new Definition("salesforce.sales-team", "off", Form.oneOf("on", "off"))),
    OWNER_FROM_TEAM(new Definition("salesforce.owner-from-team", "on", Form.oneOf("on", "off"))),
    SYNC_FIELD(new Definition("salesforce.sync-field", "Sync_with_Partner_Center__c")),
    REFERRAL_ID_FIELD(new Definition("salesforce.referral-id-field", "Referral_Identifier__c")),
    REFERRAL_LINK_FIELD(new Definition("salesforce.referral-link-field", "Referral_Link__c")),
    AUDIT_FIELD(new Definition("salesforce.audit-field", "Audit__c")),
    LEAD_REFERRAL_ID_FIELD(new Definition("salesforce.lead-referral-id-field", "Referral_Identifier__c")),
    LEAD_AUDIT_FIELD(new Definition("salesforce.lead-audit-field", "Audit__c")),
    SOLUTION_OBJECT(new Definition("salesforce.solution-object", "Microsoft_Solution__c")),
    SOLUTION_RELATIONSHIP(new Definition("salesforce.solution-relationship", "Microsoft_Solutions__r")),
    SOLUTION_ID_FIELD(new Definition("salesforce.solution-id-field", "Solution_Id__c")),
    SOLUTION_OPPORTUNITY_FIELD(new Definition("salesforce.solution-opportunity-field", "Opportunity__c")),
    SETUP_CLIENT_ID(new Definition("setup.salesforce.client-id", "")),
    SETUP_CLIENT_SECRET(Definition.secret("setup.salesforce.client-secret")),
    SETUP_REFRESH_TOKEN(Definition.secret("setup.salesforce.refresh-token")),
    SETUP_USER_NAME(new Definition("setup.salesforce.user-name", "")),
    SETUP_PASSWORD(Definition.secret("setup.salesforce.password")),
    SETUP_PERMISSION_SET(new Definition("setup.salesforce.permission-set", "Cosell_Sync", Form::apiName)),
    SANDBOX_PORT(new Definition("sandbox.salesforce-port", "8083", Form.PORT));

    private final Definition definition;

    SalesforceKey(Definition definition) {
        this.definition = definition;
    }

    private static String organizationOrNothing(String value) {
        return value.isEmpty() || SalesforceIds.readOrganization(value) != null ? null
                : "must be the id of the organisation, 15 or 18 characters that begin with 00D, as Company Information "
                        + "in Setup shows it";
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
