package dev.cosell.sandbox.salesforce;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The objects of the sandbox org: a multi-currency org with the custom fields of the co-sell connector, or without any
 * custom field.
 */
final class Schema {
    static final String OPPORTUNITY = "Opportunity";
    static final String ACCOUNT = "Account";
    static final String CONTACT = "Contact";
    static final String CONTACT_ROLE = "OpportunityContactRole";
    static final String TEAM_MEMBER = "OpportunityTeamMember";
    static final String STAGE = "OpportunityStage";
    static final String USER = "User";
    /** The type of the users who may own opportunities; that of a Chatter Free user is CsnOnly. */
    static final String STANDARD = "Standard";
    static final String ORGANIZATION = "Organization";
    static final String SOLUTION = "Microsoft_Solution__c";
    static final String LEAD = "Lead";
    static final String TASK = "Task";
    static final String GROUP = "Group";
    static final String QUEUE_PREFIX = "00G";

    private final Map<String, ObjectType> objects = new LinkedHashMap<>();
    private boolean bare;

    Schema() {
        begin(false);
    }

    /** A schema of its own, such as that of the Tooling API. */
    Schema(ObjectType... own) {
        List.of(own).forEach(this::add);
    }

    /** Goes back to what a new org has. @param withoutCustom an org that nobody has customized */
    void begin(boolean withoutCustom) {
        bare = withoutCustom;
        objects.clear();
        add(opportunity());
        add(account());
        add(contact());
        add(contactRole());
        if (!bare) {
            add(teamMember());
        }
        add(stage());
        add(user());
        add(new ObjectType(GROUP, QUEUE_PREFIX, Field.text("Name", 40).required(), Field.text("DeveloperName", 80),
                Field.picklist("Type", "Queue", "Regular").defaultingTo("Queue")));
        add(organization());
        add(solution());
        add(lead());
        add(task());
        add(pushTopic());
        PermissionObjects.all().forEach(this::add);
        if (bare) {
            objects.values().removeIf(ObjectType::custom);
            objects.values().forEach(ObjectType::removeCustom);
        }
    }

    /** Whether this is the org that nobody has customized. */
    boolean bare() {
        return bare;
    }

    void add(ObjectType type) {
        objects.put(type.name.toLowerCase(Locale.ROOT), type);
    }

    Collection<ObjectType> objects() {
        return objects.values();
    }

    /** Null when there is none. */
    ObjectType find(String anyCase) {
        return objects.get(anyCase.toLowerCase(Locale.ROOT));
    }

    private static ObjectType opportunity() {
        return new ObjectType(OPPORTUNITY, "006",
                Field.reference("AccountId", ACCOUNT, "Account").indexed(),
                Field.text("Name", 120).required(),
                Field.of("Description", FieldType.TEXTAREA, 32000),
                Field.picklist("StageName").required(),
                Field.of("Amount", FieldType.CURRENCY, 0),
                Field.of("Probability", FieldType.PERCENT, 0),
                Field.readOnly("ExpectedRevenue", FieldType.CURRENCY, 0),
                Field.of("CloseDate", FieldType.DATE, 0).required(),
                Field.picklist("Type"),
                Field.text("NextStep", 255),
                Field.picklist("LeadSource"),
                Field.readOnly("IsClosed", FieldType.BOOLEAN, 0),
                Field.readOnly("IsWon", FieldType.BOOLEAN, 0),
                Field.readOnly("ForecastCategory", FieldType.PICKLIST, 40),
                Field.picklist("ForecastCategoryName", "Omitted", "Pipeline", "Best Case", "Commit", "Closed"),
                currency(),
                Field.reference("OwnerId", USER, "Owner"),
                Field.readOnly("HasOpportunityLineItem", FieldType.BOOLEAN, 0),
                Field.readOnly("HasOpenActivity", FieldType.BOOLEAN, 0),
                Field.readOnly("HasOverdueTask", FieldType.BOOLEAN, 0),
                Field.readOnly("Fiscal", FieldType.STRING, 6),
                Field.readOnly("FiscalYear", FieldType.INT, 0),
                Field.readOnly("FiscalQuarter", FieldType.INT, 0),
                Field.reference("ContactId", CONTACT, "Contact").createOnly(),
                Field.readOnly("LastActivityDate", FieldType.DATE, 0),
                Field.readOnly("LastStageChangeDate", FieldType.DATETIME, 0),
                Field.readOnly("LastViewedDate", FieldType.DATETIME, 0),
                Field.readOnly("LastReferencedDate", FieldType.DATETIME, 0),
                Field.of("Sync_with_Partner_Center__c", FieldType.BOOLEAN, 0),
                Field.text("Referral_Identifier__c", 100).with(Field.Trait.EXTERNAL_ID).with(Field.Trait.UNIQUE)
                        .indexed(),
                Field.of("Referral_Link__c", FieldType.URL, 255),
                Field.picklist("How_can_Microsoft_help__c", "Workload specific value proposition",
                        "Customer technical architecture",
                        "Proof of concept or demo", "Quotes or licensing", "Post sales customer success",
                        "General or other"),
                Field.picklist("Referral_Visibility__c", "Private", "Visible to Microsoft sellers"),
                Field.text("Microsoft_CRM_Identifier__c", 100),
                Field.text("Microsoft_Status__c", 100),
                Field.of("Microsoft_Sellers__c", FieldType.TEXTAREA, 32000),
                Field.text("Loss_Reason__c", 255),
                Field.of("Audit__c", FieldType.TEXTAREA, 100000))
                .with("OpportunityContactRoles", CONTACT_ROLE, "OpportunityId")
                .with("Tasks", TASK, "WhatId")
                .with("Microsoft_Solutions__r", SOLUTION, "Opportunity__c");
    }

    private static Field currency() {
        return Field
                .picklist("CurrencyIsoCode", "USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "SEK", "NOK", "DKK",
                        "PLN", "INR", "KWD")
                .defaultingTo("USD");
    }

    /** The row that a merged one went into. */
    private static Field master(String object) {
        return Field.reference("MasterRecordId", object, "MasterRecord").without(Field.Trait.CREATEABLE)
                .without(Field.Trait.UPDATEABLE);
    }

    private static ObjectType account() {
        return new ObjectType(ACCOUNT, "001",
                Field.text("Name", 255).required().indexed(),
                Field.reference("ParentId", ACCOUNT, "Parent"), master(ACCOUNT),
                Field.of("Website", FieldType.URL, 255), Field.of("Phone", FieldType.PHONE, 40),
                Field.of("Fax", FieldType.PHONE, 40),
                Field.of("BillingStreet", FieldType.TEXTAREA, 255), Field.text("BillingCity", 40),
                Field.text("BillingState", 80),
                Field.text("BillingPostalCode", 20), Field.text("BillingCountry", 80),
                Field.picklist("BillingStateCode"), Field.picklist("BillingCountryCode"),
                Field.of("ShippingStreet", FieldType.TEXTAREA, 255), Field.text("ShippingCity", 40),
                Field.text("ShippingState", 80),
                Field.text("ShippingPostalCode", 20), Field.text("ShippingCountry", 80),
                Field.picklist("Industry"), Field.picklist("Type"), Field.picklist("AccountSource"),
                Field.of("NumberOfEmployees", FieldType.INT, 0), Field.of("AnnualRevenue", FieldType.CURRENCY, 0),
                Field.text("AccountNumber", 40), Field.of("Description", FieldType.TEXTAREA, 32000),
                Field.text("DunsNumber", 9),
                currency(), Field.reference("OwnerId", USER, "Owner"))
                .with("Opportunities", OPPORTUNITY, "AccountId")
                .with("Contacts", CONTACT, "AccountId");
    }

    private static ObjectType contact() {
        return new ObjectType(CONTACT, "003",
                Field.reference("AccountId", ACCOUNT, "Account").indexed(), master(CONTACT),
                Field.text("LastName", 80).required(), Field.text("FirstName", 40), Field.picklist("Salutation"),
                Field.readOnly("Name", FieldType.STRING, 121),
                Field.of("Email", FieldType.EMAIL, 80).indexed(), Field.of("Phone", FieldType.PHONE, 40),
                Field.of("MobilePhone", FieldType.PHONE, 40), Field.text("Title", 128), Field.text("Department", 80),
                Field.of("MailingStreet", FieldType.TEXTAREA, 255), Field.text("MailingCity", 40),
                Field.text("MailingState", 80),
                Field.text("MailingPostalCode", 20), Field.text("MailingCountry", 80),
                Field.of("Description", FieldType.TEXTAREA, 32000), currency(),
                Field.reference("OwnerId", USER, "Owner"))
                .with("OpportunityContactRoles", CONTACT_ROLE, "ContactId");
    }

    private static ObjectType contactRole() {
        return new ObjectType(CONTACT_ROLE, "00K",
                Field.reference("OpportunityId", OPPORTUNITY, "Opportunity").required().createOnly().indexed(),
                Field.reference("ContactId", CONTACT, "Contact").required().indexed(),
                Field.picklist("Role", "Business User", "Decision Maker", "Economic Buyer", "Economic Decision Maker",
                        "Evaluator",
                        "Executive Sponsor", "Influencer", "Technical Buyer", "Other"),
                Field.of("IsPrimary", FieldType.BOOLEAN, 0), currency());
    }

    private static ObjectType teamMember() {
        return new ObjectType(TEAM_MEMBER, "00q",
                Field.reference("OpportunityId", OPPORTUNITY, "Opportunity").required().createOnly().indexed(),
                Field.reference("UserId", USER, "User").required().createOnly(),
                Field.picklist("TeamMemberRole", "Account Manager", "Sales Manager", "Sales Rep"), currency());
    }

    private static ObjectType stage() {
        return new ObjectType(STAGE, "01J",
                Field.readOnly("ApiName", FieldType.STRING, 255).indexed(),
                Field.readOnly("MasterLabel", FieldType.STRING, 255),
                Field.readOnly("IsActive", FieldType.BOOLEAN, 0), Field.readOnly("IsClosed", FieldType.BOOLEAN, 0),
                Field.readOnly("IsWon", FieldType.BOOLEAN, 0),
                Field.readOnly("DefaultProbability", FieldType.PERCENT, 0),
                Field.readOnly("ForecastCategory", FieldType.PICKLIST, 40),
                Field.readOnly("ForecastCategoryName", FieldType.PICKLIST, 255),
                Field.readOnly("SortOrder", FieldType.INT, 0));
    }

    private static ObjectType user() {
        return new ObjectType(USER, "005",
                Field.text("Username", 80).required(), Field.text("LastName", 80).required(),
                Field.text("FirstName", 40),
                Field.readOnly("Name", FieldType.STRING, 121), Field.of("Email", FieldType.EMAIL, 128),
                Field.of("Phone", FieldType.PHONE, 40),
                Field.of("IsActive", FieldType.BOOLEAN, 0).defaultingTo(true),
                Field.readOnly("UserType", FieldType.PICKLIST, 40).defaultingTo(STANDARD));
    }

    private static ObjectType organization() {
        return new ObjectType(ORGANIZATION, "00D", Field.readOnly("Name", FieldType.STRING, 80),
                Field.readOnly("InstanceName", FieldType.STRING, 5),
                Field.readOnly("IsSandbox", FieldType.BOOLEAN, 0),
                Field.readOnly("TrialExpirationDate", FieldType.DATETIME, 0),
                Field.readOnly("NamespacePrefix", FieldType.STRING, 15),
                Field.of("TimeZoneSidKey", FieldType.PICKLIST, 40),
                Field.readOnly("OrganizationType", FieldType.PICKLIST, 40));
    }

    private static ObjectType solution() {
        return new ObjectType(SOLUTION, "a01",
                Field.text("Name", 80),
                Field.text("Solution_Id__c", 255),
                Field.reference("Opportunity__c", OPPORTUNITY, "Opportunity__r").required().indexed(),
                currency(), Field.reference("OwnerId", USER, "Owner"));
    }

    /** Of an opportunity and with a contact; the real one may be of nearly anything. */
    private static ObjectType task() {
        return new ObjectType(TASK, "00T",
                Field.text("Subject", 255), Field.of("Description", FieldType.TEXTAREA, 32000),
                Field.of("ActivityDate", FieldType.DATE, 0),
                Field.picklist("Status", "Not Started", "In Progress", "Completed", "Waiting on someone else",
                        "Deferred").defaultingTo("Not Started"),
                Field.picklist("Priority", "High", "Normal", "Low").defaultingTo("Normal"),
                Field.reference("WhatId", OPPORTUNITY, "What").indexed(),
                Field.reference("WhoId", CONTACT, "Who").indexed(),
                Field.readOnly("IsClosed", FieldType.BOOLEAN, 0), Field.reference("OwnerId", USER, "Owner"));
    }

    private static ObjectType pushTopic() {
        return new ObjectType("PushTopic", "0IF",
                Field.text("Name", 25).required().with(Field.Trait.UNIQUE).indexed(),
                Field.text("Query", 1300).required(),
                Field.of("ApiVersion", FieldType.DOUBLE, 0).required(), Field.text("Description", 400),
                Field.of("IsActive", FieldType.BOOLEAN, 0).defaultingTo(true),
                Field.picklist("NotifyForFields", "Referenced", "All", "Select", "Where").defaultingTo("Referenced"),
                Field.of("NotifyForOperationCreate", FieldType.BOOLEAN, 0).defaultingTo(true),
                Field.of("NotifyForOperationUpdate", FieldType.BOOLEAN, 0).defaultingTo(true),
                Field.of("NotifyForOperationDelete", FieldType.BOOLEAN, 0).defaultingTo(true),
                Field.of("NotifyForOperationUndelete", FieldType.BOOLEAN, 0).defaultingTo(true));
    }

    private static ObjectType lead() {
        return new ObjectType(LEAD, "00Q",
                Field.text("LastName", 80).required(), Field.text("FirstName", 40), Field.picklist("Salutation"),
                Field.readOnly("Name", FieldType.STRING, 121), Field.text("Title", 128),
                Field.text("Company", 255).required(),
                Field.of("Street", FieldType.TEXTAREA, 255), Field.text("City", 40), Field.text("State", 80),
                Field.text("PostalCode", 20),
                Field.text("Country", 80), Field.picklist("StateCode"), Field.picklist("CountryCode"),
                Field.of("Phone", FieldType.PHONE, 40),
                Field.of("MobilePhone", FieldType.PHONE, 40),
                Field.of("Email", FieldType.EMAIL, 80).indexed(), Field.of("Website", FieldType.URL, 255),
                Field.of("Description", FieldType.TEXTAREA, 32000), Field.picklist("LeadSource"),
                Field.picklist("Status", "Open - Not Contacted", "Working - Contacted", "Closed - Converted",
                        "Closed - Not Converted")
                        .defaultingTo("Open - Not Contacted"),
                Field.picklist("Industry"), Field.picklist("Rating", "Hot", "Warm", "Cold"), currency(),
                Field.of("AnnualRevenue", FieldType.CURRENCY, 0), Field.of("NumberOfEmployees", FieldType.INT, 0),
                Field.readOnly("IsConverted", FieldType.BOOLEAN, 0),
                Field.reference("OwnerId", USER, "Owner").with(Field.Trait.OR_QUEUE),
                Field.text("Referral_Identifier__c", 100).with(Field.Trait.EXTERNAL_ID).with(Field.Trait.UNIQUE)
                        .indexed(),
                Field.of("Audit__c", FieldType.TEXTAREA, 100000));
    }
}
