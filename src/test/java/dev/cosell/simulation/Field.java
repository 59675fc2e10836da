package dev.cosell.simulation;

/** What people edit in a deal, with the rows of the shipped tables that carry it. */
enum Field {
    NAME("name", "Name", "name"),
    AMOUNT("details.dealValue", "Amount", "estimatedvalue"),
    DATE("details.closingDateTime", "CloseDate", "estimatedclosedate"),
    NOTES("details.notes", "Description", "description");

    final String portal;
    final String salesforce;
    final String dynamics;

    Field(String portal, String salesforce, String dynamics) {
        this.portal = portal;
        this.salesforce = salesforce;
        this.dynamics = dynamics;
    }

    /** The row of a CRM's status. */
    static String statusIn(String crm) {
        return crm.equals("salesforce") ? "StageName" : "statecode + statuscode";
    }

    /** The field's name in a system. */
    String in(String system) {
        return switch (system) {
            case "salesforce" -> salesforce;
            case "dynamics" -> dynamics;
            default -> portal;
        };
    }

    /** What a system stores for a value; each number stands for another one. */
    Object value(int number, String system) {
        boolean inPortal = system.equals("partner-center");
        return switch (this) {
            case NAME -> "Deal " + number;
            case AMOUNT -> new java.math.BigDecimal(1000 + number);
            case DATE -> "2027-" + Model.digits(1 + number / 28 % 12, 2) + "-" + Model.digits(1 + number % 28, 2)
                    + (inPortal ? "T00:00:00Z" : "");
            case NOTES -> "note " + number;
        };
    }

    /** The normal form of the product's books as {@link #shown} gives it. */
    String normal(Object agreed) {
        return this == AMOUNT && agreed != null ? shown(new java.math.BigDecimal(agreed.toString())) : shown(agreed);
    }

    /** The value as both sides would be compared by a person. */
    static String shown(Object stored) {
        return stored == null ? "" : stored instanceof java.math.BigDecimal number
                ? number.stripTrailingZeros().toPlainString() : stored.toString().replace("T00:00:00Z", "");
    }
}
