package dev.cosell.check.salesforce;

import dev.cosell.check.FieldComparison;
import dev.cosell.check.Need;
import dev.cosell.check.Remedies;

/** How an administrator mends a Salesforce org. */
final class SalesforceRemedies implements Remedies {
    @Override
    public String crm() {
        return "Salesforce";
    }

    @Override
    public String missingField(String table, Need need) {
        return "Create it in Setup, Object Manager, " + table
                + ", Fields, and give the integration user access in a permission set (field-level security)"
                + (need.field().endsWith("__c") ? "; ./cosell setup salesforce gives the access, and creates those"
                        + " fields whose type it knows" : "") + "; or correct "
                + need.by();
    }

    @Override
    public String wrongType(String table, Need need) {
        return "Change its type in Setup, Object Manager, " + table + ", to one that holds "
                + FieldComparison.words(need.kind())
                + ", or name another field in " + need.by();
    }

    @Override
    public String tooShort(String table, Need need) {
        return "Lengthen it in Setup, Object Manager, " + table + (need.length() > 255 ? " (a long text area)" : "")
                + (need.by().startsWith("the mapping") ? ", or write its length into the converter of that row" : "");
    }

    @Override
    public String notWriteable(String table, Need need) {
        return "Give the integration user edit access to " + table + "." + need.field()
                + " in a permission set (field-level security); formulas and system fields cannot be written: take "
                + "those out of "
                + need.by();
    }

    @Override
    public String missingValue(String table, String field, String value) {
        return "Add it to the picklist in Setup, Object Manager, " + table + ", Fields, " + field
                + (field.equals("StageName") ? ", also to the sales processes in use"
                        : ", also for the record types in use")
                + ", or write a value of yours into the value map";
    }
}
