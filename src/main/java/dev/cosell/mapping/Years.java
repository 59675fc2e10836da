package dev.cosell.mapping;

/** The years whose dates a CRM holds, both included. */
record Years(int first, int last) {
    static final Years SALESFORCE = new Years(1700, 4000);
    static final Years DATAVERSE = new Years(1753, 9999);

    /** @param table name of a field table, which begins with that of its CRM */
    static Years of(String table) {
        return table.startsWith("dynamics") ? DATAVERSE : SALESFORCE;
    }

    /** @param date {@code yyyy-MM-dd} */
    boolean hold(String date) {
        int year = Integer.parseInt(date.substring(0, date.indexOf('-', 1)));
        return year >= first && year <= last;
    }
}
