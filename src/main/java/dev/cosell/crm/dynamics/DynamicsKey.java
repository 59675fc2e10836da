package dev.cosell.crm.dynamics;

import dev.cosell.settings.Form;
import dev.cosell.settings.Setting;
import dev.cosell.text.Guids;

/** The settings that only Dynamics 365 has. */
public enum DynamicsKey implements Setting {
    ORGANIZATION_ID(new Definition("dynamics.organization-id", "", DynamicsKey::organizationOrNothing)),
    URL(new Definition("dynamics.url", "", Form.HOST_ADDRESS_OR_NOTHING)),
    LOGIN_URL(new Definition("dynamics.login-url", "https://login.microsoftonline.com", Form.HOST_ADDRESS)),
    TENANT(new Definition("dynamics.tenant", "", Form.TENANT_OR_NOTHING)),
    CLIENT_ID(new Definition("dynamics.client-id", "")),
    CLIENT_SECRET(Definition.secret("dynamics.client-secret")),
    CLIENT_SECRET_EXPIRES(new Definition("dynamics.client-secret-expires", "", Form::dateOrNothing)),
    POLL_INTERVAL(new Definition("dynamics.poll-interval", "60s", Form.TIME)),
    CONCURRENT_CALLS(new Definition("dynamics.concurrent-calls", "20", Form.from(1, 51))),
    ACCOUNT_MATCH(new Definition("dynamics.account-match", "name + address1_postalcode, name", Form::matchRule)),
    CONTACT_MATCH(new Definition("dynamics.contact-match", "emailaddress1, firstname + lastname", Form::matchRule)),
    TIME_ZONE(new Definition("dynamics.time-zone", "", Form::zoneOrNothing)),
    SALES_TEAM(new Definition("dynamics.sales-team", "off", Form.oneOf("on", "off"))),
    OWNER_FROM_TEAM(new Definition("dynamics.owner-from-team", "on", Form.oneOf("on", "off"))),
    SYNC_FIELD(new Definition("dynamics.sync-field", "cosell_syncwithpartnercenter")),
    REFERRAL_ID_FIELD(new Definition("dynamics.referral-id-field", "cosell_referralidentifier")),
    REFERRAL_LINK_FIELD(new Definition("dynamics.referral-link-field", "cosell_referrallink")),
    AUDIT_FIELD(new Definition("dynamics.audit-field", "cosell_audit")),
    LEAD_REFERRAL_ID_FIELD(new Definition("dynamics.lead-referral-id-field", "cosell_referralidentifier")),
    LEAD_AUDIT_FIELD(new Definition("dynamics.lead-audit-field", "cosell_audit")),
    SOLUTION_SET(new Definition("dynamics.solution-set", "cosell_partnercentersolutions")),
    SOLUTION_ID_FIELD(new Definition("dynamics.solution-id-field", "cosell_solutionid")),
    SOLUTION_NAME_FIELD(new Definition("dynamics.solution-name-field", "cosell_name")),
    SOLUTION_OPPORTUNITY_NAV(new Definition("dynamics.solution-opportunity-nav", "cosell_OpportunityId")),
    OPPORTUNITY_SOLUTIONS_NAV(new Definition("dynamics.opportunity-solutions-nav", "cosell_opportunity_solutions")),
    SETUP_CLIENT_ID(new Definition("setup.dynamics.client-id", "")),
    SETUP_CLIENT_SECRET(Definition.secret("setup.dynamics.client-secret")),
    SETUP_SOLUTION(new Definition("setup.dynamics.solution", "CosellSync", Form::apiName)),
    SANDBOX_PORT(new Definition("sandbox.dynamics-port", "8082", Form.PORT));

    private final Definition definition;

    DynamicsKey(Definition definition) {
        this.definition = definition;
    }

    private static String organizationOrNothing(String value) {
        return value.isEmpty() || Guids.read(value) != null ? null
                : "must be the id of the organisation, a GUID, as Session details in Power Apps shows it";
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
