package dev.cosell.sandbox.dataverse;

import static dev.cosell.sandbox.dataverse.Column.choice;
import static dev.cosell.sandbox.dataverse.Column.integer;
import static dev.cosell.sandbox.dataverse.Column.lookup;
import static dev.cosell.sandbox.dataverse.Column.memo;
import static dev.cosell.sandbox.dataverse.Column.money;
import static dev.cosell.sandbox.dataverse.Column.of;
import static dev.cosell.sandbox.dataverse.Column.text;

import dev.cosell.sandbox.dataverse.Column.Type;
import java.util.List;

/** The tables of a Dynamics 365 Sales environment that the sync and its users touch. */
final class StandardTables {
    private static final long TRILLION = 1_000_000_000_000L;

    /** What a money column is called in the currency of the organisation. */
    static final String IN_BASE = "_base";

    private StandardTables() {}

    static Schema schema() {
        Schema schema = new Schema();
        schema.add(opportunity());
        schema.add(account());
        schema.add(contact());
        schema.add(currency());
        schema.add(user());
        schema.add(team());
        schema.add(businessUnit());
        schema.add(close());
        schema.add(organization());
        schema.add(note());
        schema.add(connection());
        schema.add(lead());
        schema.add(publisher());
        schema.add(solution());
        EventTables.addTo(schema);
        TimeZones.addTo(schema);
        return schema;
    }

    private static Table opportunity() {
        Table table = new Table("Opportunity", "opportunities", "opportunityid", "name", true);
        table.with(text("name", 300), memo("description", 2000), memo("currentsituation", 2000),
                memo("customerneed", 2000),
                memo("customerpainpoints", 2000), memo("proposedsolution", 2000), memo("qualificationcomments", 2000),
                memo("quotecomments", 2000), text("stepname", 200), text("emailaddress", 100));
        table.with(
                lookup("customerid", Type.Customer, "customerid_account", "account", "customerid_contact", "contact"),
                lookup("parentaccountid", Type.Lookup, "parentaccountid", "account"),
                lookup("parentcontactid", Type.Lookup, "parentcontactid", "contact"));
        table.with(money("estimatedvalue", -TRILLION, TRILLION),
                of("isrevenuesystemcalculated", Type.Boolean).initially(false),
                money("actualvalue", -TRILLION, TRILLION),
                money("budgetamount", -TRILLION, TRILLION), integer("closeprobability", 0, 100));
        table.with(of("estimatedclosedate", Type.DateOnly), of("actualclosedate", Type.DateOnly),
                of("finaldecisiondate", Type.DateOnly));
        table.with(choice("salesstage", Type.Picklist, 0, "Qualify", 1, "Develop", 2, "Propose", 3, "Close"),
                choice("salesstagecode", Type.Picklist, 1, "Default Value").initially(1),
                choice("opportunityratingcode", Type.Picklist, 1, "Hot", 2, "Warm", 3, "Cold").initially(2),
                choice("prioritycode", Type.Picklist, 1, "Default Value").initially(1),
                choice("need", Type.Picklist, 0, "Must have", 1, "Should have", 2, "Good to have", 3, "No need"),
                choice("purchaseprocess", Type.Picklist, 0, "Individual", 1, "Committee", 2, "Unknown"),
                choice("purchasetimeframe", Type.Picklist, timeFrames()),
                choice("timeline", Type.Picklist, timeFrames()),
                choice("budgetstatus", Type.Picklist, 0, "No Committed Budget", 1, "May Buy", 2, "Can Buy", 3,
                        "Will Buy"),
                choice("initialcommunication", Type.Picklist, 0, "Contacted", 1, "Not Contacted"),
                choice("statecode", Type.State, 0, "Open", 1, "Won", 2, "Lost").updateOnly().initially(0),
                choice("statuscode", Type.Status, 1, "In Progress", 2, "On Hold", 3, "Won", 4, "Canceled", 5,
                        "Out-Sold")
                        .initially(1));
        table.children("Opportunity_Annotation", "annotation", "objectid");
        return owned(priced(table));
    }

    private static Object[] timeFrames() {
        return new Object[] {0, "Immediate", 1, "This Quarter", 2, "Next Quarter", 3, "This Year", 4, "Unknown"};
    }

    private static Table account() {
        Table table = new Table("Account", "accounts", "accountid", "name", true);
        table.with(text("name", 160), text("accountnumber", 20), text("websiteurl", 200), text("fax", 50),
                memo("description", 2000), text("tickersymbol", 10), text("sic", 20), text("stockexchange", 20),
                integer("numberofemployees", 0, 1_000_000_000), money("revenue", 0, 100 * TRILLION));
        table.with(choice("customertypecode", Type.Picklist, 1, "Competitor", 2, "Consultant", 3, "Customer", 4,
                "Investor", 5,
                "Partner", 6, "Influencer", 7, "Press", 8, "Prospect", 9, "Reseller", 10, "Supplier", 11, "Vendor", 12,
                "Other"),
                choice("accountcategorycode", Type.Picklist, 1, "Preferred Customer", 2, "Standard"),
                choice("ownershipcode", Type.Picklist, 1, "Public", 2, "Private", 3, "Subsidiary", 4, "Other"),
                integer("industrycode", 1, 33), lookup("primarycontactid", Type.Lookup, "primarycontactid", "contact"),
                lookup("parentaccountid", Type.Lookup, "parentaccountid", "account"));
        table.children("opportunity_parent_account", "opportunity", "parentaccountid");
        table.children("contact_customer_accounts", "contact", "parentcustomerid");
        return owned(priced(person(table.searchedBy("name"))));
    }

    private static Table contact() {
        Table table = new Table("Contact", "contacts", "contactid", "fullname", true);
        table.with(text("firstname", 50), text("lastname", 50), text("middlename", 50), text("nickname", 100),
                text("salutation", 100), text("suffix", 10), text("fullname", 160).readOnly(), text("jobtitle", 100),
                text("mobilephone", 50), text("fax", 50), text("websiteurl", 200), memo("description", 2000),
                text("externaluseridentifier", 50));
        table.with(
                choice("preferredcontactmethodcode", Type.Picklist, 1, "Any", 2, "Email", 3, "Phone", 4, "Fax", 5,
                        "Mail")
                        .initially(1),
                of("donotemail", Type.Boolean).initially(false), of("donotphone", Type.Boolean).initially(false),
                of("donotbulkemail", Type.Boolean).initially(false),
                lookup("parentcustomerid", Type.Customer, "parentcustomerid_account", "account",
                        "parentcustomerid_contact",
                        "contact"));
        return owned(priced(person(table.searchedBy("emailaddress1"))));
    }

    private static Table person(Table table) {
        for (int i = 1; i <= 3; i++) {
            table.with(text("emailaddress" + i, 100), text("telephone" + i, 50), text("address1_line" + i, 250));
        }
        return table.with(text("address1_city", 80), text("address1_country", 80), text("address1_county", 50),
                text("address1_stateorprovince", 50), text("address1_postalcode", 20),
                choice("statecode", Type.State, 0, "Active", 1, "Inactive").updateOnly().initially(0),
                choice("statuscode", Type.Status, 1, "Active", 2, "Inactive").initially(1));
    }

    private static Table currency() {
        Table table = new Table("TransactionCurrency", "transactioncurrencies", "transactioncurrencyid", "currencyname",
                true);
        table.with(text("isocurrencycode", 5), text("currencyname", 100), text("currencysymbol", 13),
                integer("currencyprecision", 0, 4), of("exchangerate", Type.Decimal),
                choice("statecode", Type.State, 0, "Active", 1, "Inactive").updateOnly().initially(0));
        return stamped(table);
    }

    private static Table user() {
        Table table = new Table("SystemUser", "systemusers", "systemuserid", "fullname", false);
        table.with(text("fullname", 200), text("firstname", 64), text("lastname", 64),
                text("address1_telephone1", 64), text("internalemailaddress", 100), text("domainname", 1024),
                of("azureactivedirectoryobjectid", Type.Uniqueidentifier), of("applicationid", Type.Uniqueidentifier),
                of("isdisabled", Type.Boolean).initially(false),
                choice("accessmode", Type.Picklist, 0, "Read-Write", 4, "Non-interactive").initially(0));
        return stamped(table);
    }

    private static Table team() {
        Table table = new Table("Team", "teams", "teamid", "name", false);
        return stamped(table.with(text("name", 160), memo("description", 2000),
                lookup("businessunitid", Type.Lookup, "businessunitid", "businessunit")));
    }

    private static Table connection() {
        Table table = new Table("Connection", "connections", "connectionid", "name", false);
        table.with(text("name", 500).readOnly(), memo("description", 2000),
                lookup("record1id", Type.Lookup, "record1id_opportunity", "opportunity", "record1id_account", "account")
                        .cascading(),
                lookup("record2id", Type.Lookup, "record2id_systemuser", "systemuser", "record2id_contact", "contact"));
        return owned(table);
    }

    private static Table businessUnit() {
        return stamped(
                new Table("BusinessUnit", "businessunits", "businessunitid", "name", false).with(text("name", 160),
                        of("isdisabled", Type.Boolean).initially(false).readOnly()));
    }

    private static Table close() {
        Table table = new Table("OpportunityClose", "opportunitycloses", "activityid", "subject", false);
        table.with(text("subject", 200), memo("description", 2000), money("actualrevenue", -TRILLION, TRILLION),
                of("actualend", Type.DateTime),
                lookup("opportunityid", Type.Lookup, "opportunityid", "opportunity").cascading(),
                choice("statecode", Type.State, 0, "Open", 1, "Completed", 2, "Canceled").updateOnly().initially(1),
                choice("statuscode", Type.Status, 1, "Open", 2, "Completed", 3, "Canceled").initially(2));
        return owned(priced(table));
    }

    private static Table organization() {
        Table table = new Table("Organization", "organizations", "organizationid", "name", false);
        table.with(text("name", 160), integer("expirechangetrackingindays", 0, 365).initially(7),
                integer("languagecode", 0, 9999),
                lookup("basecurrencyid", Type.Lookup, "basecurrencyid", "transactioncurrency"));
        return stamped(table);
    }

    private static Table note() {
        Table table = new Table("Annotation", "annotations", "annotationid", "subject", true);
        table.with(text("subject", 500), memo("notetext", 100_000), of("isdocument", Type.Boolean).initially(false),
                lookup("objectid", Type.Lookup, "objectid_opportunity", "opportunity", "objectid_account", "account",
                        "objectid_contact", "contact").cascading());
        return owned(table);
    }

    private static Table lead() {
        Table table = new Table("Lead", "leads", "leadid", "fullname", true);
        table.with(text("subject", 300), text("firstname", 50), text("lastname", 50), text("fullname", 160).readOnly(),
                text("companyname", 100),
                text("jobtitle", 100), text("emailaddress1", 100), text("telephone1", 50), text("mobilephone", 50),
                text("websiteurl", 200),
                memo("description", 2000), text("address1_line1", 250), text("address1_line2", 250),
                text("address1_city", 80),
                text("address1_stateorprovince", 50), text("address1_postalcode", 20), text("address1_country", 80),
                money("budgetamount", 0, TRILLION), money("estimatedamount", 0, TRILLION),
                money("revenue", 0, 100 * TRILLION),
                integer("numberofemployees", 0, 1_000_000));
        table.with(
                choice("leadsourcecode", Type.Picklist, 1, "Advertisement", 2, "Employee Referral", 3,
                        "External Referral", 4, "Partner", 5,
                        "Public Relations", 6, "Seminar", 7, "Trade Show", 8, "Web", 9, "Word of Mouth", 10, "Other"),
                choice("statecode", Type.State, 0, "Open", 1, "Qualified", 2, "Disqualified").updateOnly().initially(0),
                choice("statuscode", Type.Status, 1, "New", 2, "Contacted", 3, "Qualified", 4, "Lost", 5,
                        "Cannot Contact", 6,
                        "No Longer Interested", 7, "Canceled").initially(1));
        return owned(priced(table.searchedBy("emailaddress1")));
    }

    private static Table publisher() {
        Table table = new Table("Publisher", "publishers", "publisherid", "friendlyname", false);
        return stamped(table.with(text("uniquename", 256), text("friendlyname", 256), memo("description", 2000),
                text("customizationprefix", 8),
                integer("customizationoptionvalueprefix", 10_000, 99_999)));
    }

    private static Table solution() {
        Table table = new Table("Solution", "solutions", "solutionid", "friendlyname", false);
        return stamped(table.with(text("uniquename", 65), text("friendlyname", 256), memo("description", 2000),
                text("version", 256),
                of("ismanaged", Type.Boolean).initially(false).readOnly(),
                lookup("publisherid", Type.Lookup, "publisherid", "publisher")));
    }

    private static Table priced(Table table) {
        for (Column column : List.copyOf(table.columns().values())) {
            if (column.type() == Type.Money) {
                table.with(Column.of(column.name() + IN_BASE, Type.Money).readOnly());
            }
        }
        return table.with(lookup("transactioncurrencyid", Type.Lookup, "transactioncurrencyid", "transactioncurrency"),
                of("exchangerate", Type.Decimal).readOnly());
    }

    /** A table whose rows belong to a user or a team. */
    static Table owned(Table table) {
        table.with(lookup("ownerid", Type.Owner, "ownerid", "systemuser"),
                lookup("owninguser", Type.Lookup, "owninguser", "systemuser").readOnly(),
                lookup("owningteam", Type.Lookup, "owningteam", "team").readOnly(),
                lookup("owningbusinessunit", Type.Lookup, "owningbusinessunit", "businessunit").readOnly());
        table.with(of("overriddencreatedon", Type.DateTime).createOnly());
        return stamped(table);
    }

    /** The state that every table has which somebody made: a row that is no longer wanted can be deactivated. */
    static Table stateful(Table table) {
        return table.with(choice("statecode", Type.State, 0, "Active", 1, "Inactive").updateOnly().initially(0),
                choice("statuscode", Type.Status, 1, "Active", 2, "Inactive").initially(1));
    }

    static Table stamped(Table table) {
        return table.with(of("createdon", Type.DateTime).readOnly(), of("modifiedon", Type.DateTime).readOnly(),
                lookup("createdby", Type.Lookup, "createdby", "systemuser").readOnly(),
                lookup("modifiedby", Type.Lookup, "modifiedby", "systemuser").readOnly(),
                lookup("createdonbehalfby", Type.Lookup, "createdonbehalfby", "systemuser").readOnly(),
                lookup("modifiedonbehalfby", Type.Lookup, "modifiedonbehalfby", "systemuser").readOnly(),
                of("versionnumber", Type.BigInt).readOnly());
    }
}
