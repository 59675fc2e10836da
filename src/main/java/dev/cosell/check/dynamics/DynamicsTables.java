package dev.cosell.check.dynamics;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Dates;
import dev.cosell.check.FieldComparison;
import dev.cosell.check.FieldForms;
import dev.cosell.check.Finding;
import dev.cosell.check.Need;
import dev.cosell.check.ValueComparison;
import dev.cosell.dynamics.DateColumns;
import dev.cosell.dynamics.DynamicsFields;
import dev.cosell.http.Answer;
import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.Demand.Kind;
import dev.cosell.mapping.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Compares tables, columns, keys and relationships of the environment with what the mapping and the settings name. */
public final class DynamicsTables implements Check {
    private static final Set<String> PSEUDO = Set.of("solutions");
    private static final Set<String> WITH_CURRENCY = Set.of("opportunity", "lead");
    private static final int REFERRAL_ID = 36;

    /**
     * What the settings name besides the columns of the opportunity.
     *
     * @param leads           whether leads are written
     * @param leadReferralId  column of the lead
     * @param leadAudit       column of the lead
     * @param linkLength      characters of a referral's address
     * @param auditLength     most characters of an audit text
     * @param timeZone        in which moments are days; empty for that of our application user
     */
    public record Wanted(DynamicsFields fields, boolean leads, String leadReferralId, String leadAudit, int linkLength,
            int auditLength, String timeZone) {}

    private final Calls calls;
    private final Metadata metadata;
    private final Wanted wanted;
    private final Supplier<CrmMapping> mapping;
    private final DynamicsRemedies remedies = new DynamicsRemedies();

    /** @param mapping gives null while no mapping compiles; then the columns of the settings alone are looked at */
    public DynamicsTables(Calls calls, Wanted wanted, Supplier<CrmMapping> mapping) {
        this.calls = calls;
        this.metadata = new Metadata(calls);
        this.wanted = wanted;
        this.mapping = mapping;
    }

    @Override
    public String where() {
        return Metadata.SYSTEM;
    }

    @Override
    public String what() {
        return "tables and columns";
    }

    @Override
    public List<Finding> look() {
        CrmMapping tables = mapping.get();
        DynamicsFields fields = wanted.fields();
        List<Finding> findings = new ArrayList<>();
        table("opportunity", tables == null ? null : tables.opportunity(), List.of(
                Need.setting(fields.syncField(), "dynamics.sync-field", Kind.FLAG, 0),
                Need.setting(fields.referralIdField(), "dynamics.referral-id-field", Kind.TEXT, REFERRAL_ID),
                Need.setting(fields.referralLinkField(), "dynamics.referral-link-field", Kind.TEXT,
                        wanted.linkLength()),
                Need.setting(fields.auditField(), "dynamics.audit-field", Kind.TEXT, wanted.auditLength())), findings);
        definition("opportunity", fields.referralIdField(), "dynamics.referral-id-field", true, findings);
        if (tables != null && tables.won() != null) {
            table("opportunity", tables.won(), List.of(), findings);
        }
        table("account", tables == null ? null : tables.account(), List.of(), findings);
        table("contact", tables == null ? null : tables.contact(), List.of(), findings);
        table("systemuser", tables == null ? null : tables.team(), List.of(), findings);
        if (wanted.leads()) {
            table("lead", tables == null ? null : tables.lead(), List.of(
                    Need.setting(wanted.leadReferralId(), "dynamics.lead-referral-id-field", Kind.TEXT, REFERRAL_ID),
                    Need.setting(wanted.leadAudit(), "dynamics.lead-audit-field", Kind.TEXT, wanted.auditLength())),
                    findings);
            definition("lead", wanted.leadReferralId(), "dynamics.lead-referral-id-field", false, findings);
        }
        solutions(findings);
        return findings;
    }

    private void table(String name, CompiledTable table, List<Need> settings, List<Finding> findings) {
        List<Need> rows = table == null ? List.of() : Need.of(table, PSEUDO);
        if (settings.isEmpty() && rows.isEmpty()) {
            return;
        }
        Columns there = Columns.read(metadata, name);
        List<Need> needs = new ArrayList<>(settings);
        for (Need row : rows) {
            if (there.isLookup(row.field()) && !isCurrency(name, row.field())) {
                findings.add(lookup(name, row));
            } else {
                needs.add(row);
            }
        }
        if (!needs.isEmpty()) {
            findings.addAll(new FieldComparison(where(), name, there.all(), remedies).of(needs));
        }
        needs.stream().filter(need -> there.isSecured(need.field())).forEach(need -> findings.add(Finding.warning(
                where(), name + "." + need.field(),
                "has column security, so the table's own rights are not enough",
                "Put the application user into a column security profile that may read, create and update it")));
        if (table != null) {
            FieldForms forms = new FieldForms(where(), name, table);
            findings.addAll(forms.texts(there.html()));
            if (forms.haveDates()) {
                findings.addAll(new Dates(Metadata.SYSTEM, new DateColumns(calls.template(), name, wanted.timeZone()),
                        "of the behaviour User Local",
                        "column of the behaviour Date Only").of(forms));
            }
            for (Row row : table.rows()) {
                List<String> values = there.values(row.crmPaths());
                if (values != null && row.demand().values() != null) {
                    findings.addAll(ValueComparison.of(where(), name, row, values, remedies));
                }
            }
        }
    }

    /** Whether the sync shows this lookup as the code of the currency. */
    private static boolean isCurrency(String table, String column) {
        return column.equals("transactioncurrencyid") && WITH_CURRENCY.contains(table);
    }

    private Finding lookup(String table, Need row) {
        String id = Columns.idOf(row.field());
        return Finding.fault(where(), table + "." + row.field(), "is a lookup, whose row shows it as " + id
                + " alone, so all reads with " + row.by() + " would be refused",
                "Write " + id + " in its place, and a dash into the column to Dynamics 365, which takes no lookup by"
                        + " its id alone");
    }

    /** Alternate key and change tracking. */
    private void definition(String table, String keyColumn, String setting, boolean tracked, List<Finding> findings) {
        Answer answer = Metadata.accepted(metadata.get(Metadata.table(table)
                + "?$select=LogicalName,ChangeTrackingEnabled&$expand=Keys($select=SchemaName,KeyAttributes,EntityKeyIndexStatus)"),
                "the table " + table);
        findings.add(Keys.judged(table, keyColumn, setting, answer.list("Keys")));
        if (tracked) {
            findings.add(tracking(table, answer.object().get("ChangeTrackingEnabled")));
        }
    }

    private Finding tracking(String table, Object enabled) {
        return Boolean.FALSE.equals(enabled)
                ? Finding.fault(where(), table, "has no change tracking, so changes cannot be polled",
                        "Turn on Track changes in the table's advanced options in Power Apps (Tables, " + table
                                + ", Properties), or let ./cosell setup dynamics do it")
                : Finding.ok(where(), table, "changes are tracked");
    }

    private void solutions(List<Finding> findings) {
        DynamicsFields fields = wanted.fields();
        List<Map<String, Object>> tables = metadata.list(
                "/EntityDefinitions?$select=LogicalName,EntitySetName,ChangeTrackingEnabled&$filter=EntitySetName%20eq%20'"
                        + fields.solutionSet() + "'");
        if (tables.isEmpty()) {
            findings.add(Finding.fault(where(), fields.solutionSet(),
                    "is no table of the environment, so solutions cannot be kept",
                    "Create a table with this entity set name, or let ./cosell setup dynamics do it, or name yours in "
                            + "dynamics.solution-set (it is in the plural)"));
            return;
        }
        String table = String.valueOf(tables.get(0).get("LogicalName"));
        table(table, null,
                List.of(Need.setting(fields.solutionIdField(), "dynamics.solution-id-field", Kind.TEXT, REFERRAL_ID),
                        Need.setting(fields.solutionNameField(), "dynamics.solution-name-field", Kind.TEXT, 0)),
                findings);
        findings.add(tracking(table, tables.get(0).get("ChangeTrackingEnabled")));
        relationship(table, findings);
    }

    private void relationship(String table, List<Finding> findings) {
        DynamicsFields fields = wanted.fields();
        List<Map<String, Object>> all = metadata.list(Metadata.table(table)
                + "/ManyToOneRelationships?$select=ReferencedEntity,"
                + "ReferencingEntityNavigationPropertyName,ReferencedEntityNavigationPropertyName&$filter=ReferencedEntity%20eq%20'opportunity'");
        List<String> found = new ArrayList<>();
        for (Map<String, Object> each : all) {
            String up = String.valueOf(each.get("ReferencingEntityNavigationPropertyName"));
            String down = String.valueOf(each.get("ReferencedEntityNavigationPropertyName"));
            if (up.equals(fields.solutionOpportunityNav()) && down.equals(fields.opportunitySolutionsNav())) {
                findings.add(Finding.ok(where(), table,
                        "points to its opportunity by " + up + ", which shows it as " + down));
                return;
            }
            found.add(
                    "dynamics.solution-opportunity-nav = " + up + " and dynamics.opportunity-solutions-nav = " + down);
        }
        findings.add(Finding.fault(where(), table,
                "has no relationship to the opportunity by " + fields.solutionOpportunityNav() + ", shown there as "
                        + fields.opportunitySolutionsNav() + "; capitals count",
                found.isEmpty()
                        ? "Create a many-to-one relationship to the opportunity, or let ./cosell setup dynamics do it"
                        : "Set " + String.join(", or ", found)));
    }
}
