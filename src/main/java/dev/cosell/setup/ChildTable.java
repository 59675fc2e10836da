package dev.cosell.setup;

/**
 * The object or table whose rows are the solutions of an opportunity.
 *
 * @param set          how addresses name it: an entity set of its own or the name itself
 * @param title        field that names a row to people
 * @param lookup       field that points to the opportunity, as the CRM's schema spells it
 * @param relationship how an opportunity names its rows, with the ending that the CRM wants
 * @param idField      field with Partner Center's id of the solution
 */
public record ChildTable(String name, String set, String parent, String title, String lookup, String relationship,
        Field idField) {
    public static final String LABEL = "Microsoft Solution";
    public static final String PLURAL = "Microsoft Solutions";
    public static final String HELP = "A solution of yours that is part of the deal in Partner Center.";
}
