package dev.cosell.setup;

/**
 * The object or table whose rows are the solutions of an opportunity.
 *
 * @param set          how addresses name it: the entity set in Dynamics 365, the name itself in Salesforce
 * @param title        field that names a row to people
 * @param lookup       field that points to the opportunity; in Dynamics 365 its schema name
 * @param relationship how an opportunity names its rows; in Salesforce with {@code __r}
 * @param idField      field with Partner Center's id of the solution
 */
record ChildTable(String name, String set, String parent, String title, String lookup, String relationship, Field idField) {
    static final String LABEL = "Microsoft Solution";
    static final String PLURAL = "Microsoft Solutions";
    static final String HELP = "A solution of yours that is part of the deal in Partner Center.";
}
