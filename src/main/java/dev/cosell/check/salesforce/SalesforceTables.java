package dev.cosell.check.salesforce;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Dates;
import dev.cosell.check.FieldComparison;
import dev.cosell.check.FieldForms;
import dev.cosell.check.Finding;
import dev.cosell.check.Need;
import dev.cosell.check.Present;
import dev.cosell.check.ValueComparison;
import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.Demand.Kind;
import dev.cosell.mapping.Row;
import dev.cosell.salesforce.DateFieldTypes;
import dev.cosell.salesforce.ObjectDescriptions;
import dev.cosell.salesforce.SalesforceFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Compares the objects and fields of the org with what the mapping and the settings name; one call for each object. */
public final class SalesforceTables implements Check {
    private static final Set<String> PSEUDO = Set.of("solutions");
    private static final String CURRENCY = "CurrencyIsoCode";
    private static final String TEAM = "OpportunityTeamMember";
    private static final int REFERRAL_ID = 36;

    /**
     * What the settings name besides the fields of the opportunity.
     *
     * @param leads           whether leads are written
     * @param leadReferralId  field of the lead
     * @param leadAudit       field of the lead
     * @param linkLength      characters of a referral's address
     * @param auditLength     most characters of an audit text
     * @param currency        ISO code of an org that has one only; empty for an org with several
     * @param salesTeam       whether the opportunity team is read
     * @param timeZone        in which moments are days; empty for that of the org
     */
    public record Wanted(SalesforceFields fields, boolean leads, String leadReferralId, String leadAudit,
            int linkLength, int auditLength,
            String currency, boolean salesTeam, String timeZone) {}

    private final Calls calls;
    private final Wanted wanted;
    private final Supplier<CrmMapping> mapping;
    private final SalesforceRemedies remedies = new SalesforceRemedies();

    /** @param mapping gives null while no mapping compiles; then the fields of the settings alone are looked at */
    public SalesforceTables(Calls calls, Wanted wanted, Supplier<CrmMapping> mapping) {
        this.calls = calls;
        this.wanted = wanted;
        this.mapping = mapping;
    }

    @Override
    public String where() {
        return "salesforce";
    }

    @Override
    public String what() {
        return "objects and fields";
    }

    @Override
    public List<Finding> look() {
        CrmMapping tables = mapping.get();
        List<Finding> findings = new ArrayList<>();
        opportunity(tables, findings);
        if (tables != null && tables.won() != null) {
            object("Opportunity", tables.won(), false, List.of(), findings);
        }
        object("Account", tables == null ? null : tables.account(), true, List.of(), findings);
        object("Contact", tables == null ? null : tables.contact(), true, List.of(), findings);
        if (tables != null && tables.team() != null) {
            object("User", tables.team(), false, List.of(), findings);
        }
        if (wanted.salesTeam() && describe(TEAM) == null) {
            findings.add(Finding.fault(where(), TEAM,
                    "does not exist, or our user may not see it, but the setting salesforce.sales-team reads it",
                    "Switch on Opportunity Teams in Setup, Opportunity Team Settings, or set salesforce.sales-team to "
                            + "off"));
        }
        if (wanted.leads()) {
            Description lead = object("Lead", tables == null ? null : tables.lead(), true, List.of(
                    Need.setting(wanted.leadReferralId(), "salesforce.lead-referral-id-field", Kind.TEXT, REFERRAL_ID),
                    Need.setting(wanted.leadAudit(), "salesforce.lead-audit-field", Kind.TEXT, wanted.auditLength())),
                    findings);
            key("Lead", lead, wanted.leadReferralId(), findings);
        }
        return findings;
    }

    private void opportunity(CrmMapping tables, List<Finding> findings) {
        SalesforceFields fields = wanted.fields();
        Description opportunity = object("Opportunity", tables == null ? null : tables.opportunity(), true, List.of(
                Need.setting(fields.syncField(), "salesforce.sync-field", Kind.FLAG, 0),
                Need.setting(fields.referralIdField(), "salesforce.referral-id-field", Kind.TEXT, REFERRAL_ID),
                Need.setting(fields.referralLinkField(), "salesforce.referral-link-field", Kind.TEXT,
                        wanted.linkLength()),
                Need.setting(fields.auditField(), "salesforce.audit-field", Kind.TEXT, wanted.auditLength())),
                findings);
        key("Opportunity", opportunity, fields.referralIdField(), findings);
        boolean mapped = tables != null && tables.opportunity().crmFields().contains(CURRENCY);
        if (opportunity != null) {
            findings.add(currencies(opportunity.field(CURRENCY), mapped));
            solutions(opportunity, findings);
        }
    }

    /** Null when the object is not there. */
    private Description object(String name, CompiledTable table, boolean written, List<Need> settings,
            List<Finding> findings) {
        Description there = describe(name);
        if (there == null) {
            findings.add(Finding.fault(where(), name, "does not exist, or our user may not see it",
                    name.equals(wanted.fields().solutionObject())
                            ? "Create the object, or name yours in salesforce.solution-object, and give the integration"
                                    + " user access to it in a permission set; ./cosell setup salesforce does both"
                            : "Give the integration user access to the object " + name + " in a permission set"));
            return null;
        }
        if (written && !(there.is("createable") && there.is("updateable"))) {
            findings.add(Finding.fault(where(), name,
                    "records may not be " + (there.is("createable") ? "edited" : "created") + " by our user",
                    "Give the integration user Read, Create and Edit on the object " + name + " in a permission set"));
        }
        List<Need> needs = new ArrayList<>(settings);
        if (table != null) {
            needs.addAll(Need.of(table, PSEUDO));
        }
        if (there.field(CURRENCY) == null) {
            // The line about currencies says what to do.
            needs.removeIf(need -> need.field().equals(CURRENCY));
        }
        if (!needs.isEmpty()) {
            findings.addAll(new FieldComparison(where(), name, there.fields(), remedies).of(needs));
        }
        if (table != null) {
            table.rows().forEach(row -> {
                values(name, there, row, findings);
                AddressPicklists.finding(where(), name, there, row).ifPresent(findings::add);
            });
            FieldForms forms = new FieldForms(where(), name, table);
            findings.addAll(forms.texts(there.html()));
            if (forms.haveDates()) {
                findings.addAll(new Dates("salesforce", new DateFieldTypes(calls.template(), name, wanted.timeZone()),
                        "of the type Date/Time",
                        "field of the type Date").of(forms));
            }
        }
        return there;
    }

    private Description describe(String object) {
        var json = ObjectDescriptions
                .read(calls.ask("salesforce-composite", ObjectDescriptions.ask(object), Object.class));
        return json == null ? null : new Description(json);
    }

    private void values(String object, Description there, Row row, List<Finding> findings) {
        Present field = row.crmPaths().size() == 1 ? there.field(row.crmPaths().get(0)) : null;
        if (field != null && field.values() != null && row.demand().values() != null) {
            findings.addAll(ValueComparison.of(where(), object, row, field.values(), remedies));
        }
    }

    private void key(String object, Description there, String field, List<Finding> findings) {
        if (there == null || there.field(field) == null) {
            return;
        }
        String setting = object.equals("Lead") ? "salesforce.lead-referral-id-field" : "salesforce.referral-id-field";
        if (!there.is(field, "externalId") || !there.is(field, "unique")) {
            findings.add(Finding.fault(where(), object + "." + field,
                    there.is(field, "externalId")
                            ? "is an external id but not unique: one referral could get two records"
                            : "is no external id, so a repeated create would make a second record",
                    "Tick External ID and Unique on the field in Setup, Object Manager, "
                            + object + ", or name one that has both in " + setting));
        } else {
            findings.add(Finding.ok(where(), object + "." + field, "is a unique external id"));
        }
    }

    private Finding currencies(Present currency, boolean mapped) {
        String named = wanted.currency();
        if (currency == null && !named.isEmpty()) {
            return Finding.ok(where(), "currencies",
                    "the org has one currency, which the setting salesforce.currency names: " + named);
        }
        if (currency != null && !named.isEmpty()) {
            return Finding.fault(where(), "currencies",
                    "the org has several currencies, but the setting salesforce.currency makes every deal one in "
                            + named,
                    "Leave salesforce.currency empty");
        }
        if (currency != null && currency.values() != null) {
            return mapped ? Finding.ok(where(), "currencies", "the org has " + String.join(", ", currency.values()))
                    : Finding.warning(where(), "currencies",
                            "the org has several currencies, but the mapping has no row " + CURRENCY
                                    + ": deals get the currency of the integration user",
                            "Write the row CurrencyIsoCode into the table salesforceFields");
        }
        return mapped ? Finding.fault(where(), "currencies",
                "the org has one currency (no field CurrencyIsoCode), but the mapping has a row for it",
                "Delete the row CurrencyIsoCode from the table salesforceFields, or name the currency in "
                        + "salesforce.currency; or, if the org has several currencies, give the integration user "
                        + "access to the field")
                : Finding.warning(where(), "currencies",
                        "the org has one currency, so deals shared from Salesforce carry no currency code, which "
                                + "Partner Center wants",
                        "Bring the row CurrencyIsoCode back and name the currency in salesforce.currency");
    }

    private void solutions(Description opportunity, List<Finding> findings) {
        SalesforceFields fields = wanted.fields();
        Description there = object(fields.solutionObject(), null, true, List.of(
                Need.setting(fields.solutionIdField(), "salesforce.solution-id-field", Kind.TEXT, REFERRAL_ID),
                new Need("Name", "the solution's name", Kind.TEXT, 0, true, true),
                new Need(fields.solutionOpportunityField(), "the setting salesforce.solution-opportunity-field",
                        Kind.ANY, 0, true, false)),
                findings);
        if (there == null || there.field(fields.solutionOpportunityField()) == null) {
            return;
        }
        if (!there.is("deletable")) {
            findings.add(Finding.fault(where(), fields.solutionObject(),
                    "rows may not be deleted by our user, so removed solutions would stay",
                    "Give the integration user Delete on the object " + fields.solutionObject()
                            + " in a permission set"));
        }
        if (!there.referenceTo(fields.solutionOpportunityField()).contains("Opportunity")) {
            findings.add(Finding.fault(where(), fields.solutionObject() + "." + fields.solutionOpportunityField(),
                    "does not point to opportunities",
                    "Make it a master-detail relationship to Opportunity, or name the right field in "
                            + "salesforce.solution-opportunity-field"));
            return;
        }
        String name = opportunity.relationship(fields.solutionObject(), fields.solutionOpportunityField());
        boolean fits = name != null
                && (name.equals(fields.solutionRelationship()) || (name + "__r").equals(fields.solutionRelationship()));
        findings.add(
                fits ? Finding.ok(where(), fields.solutionRelationship(), "shows the solution rows of an opportunity")
                        : Finding.fault(where(), fields.solutionRelationship(),
                                "is not the name under which an opportunity shows its solution rows; that is " + name,
                                "Set salesforce.solution-relationship = " + name
                                        + ", or change the child relationship name in Setup"));
    }
}
