package dev.cosell.check.dynamics;

import dev.cosell.check.FieldComparison;
import dev.cosell.check.Need;
import dev.cosell.check.Remedies;

/** How an administrator mends a Dynamics 365 environment. */
final class DynamicsRemedies implements Remedies {
    @Override
    public String crm() {
        return "Dynamics 365";
    }

    @Override
    public String missingField(String table, Need need) {
        return "Create the column in Power Apps (Tables, " + table + ", Columns)"
                + (need.field().contains("_") ? "; ./cosell setup dynamics creates those whose type it knows" : "")
                + "; or correct " + need.by() + "; logical names are in small letters";
    }

    @Override
    public String wrongType(String table, Need need) {
        return "A column's type cannot be changed: create another one that holds " + FieldComparison.words(need.kind())
                + ", and name it in " + need.by();
    }

    @Override
    public String tooShort(String table, Need need) {
        return "Raise the maximum length of the column in Power Apps (Tables, " + table + ", Columns)"
                + (need.by().startsWith("the mapping") ? ", or write its length into the converter of that row" : "");
    }

    @Override
    public String notWriteable(String table, Need need) {
        return "Calculated, rollup and system columns cannot be written, nor lookups: name another column in "
                + need.by() + ", or let the row travel to Partner Center only";
    }

    @Override
    public String missingValue(String table, String field, String value) {
        return "Add the choice " + value + " in Power Apps (Tables, " + table + ", Columns, " + field
                + "), or write a value of yours into the value map";
    }
}
