package dev.cosell.sandbox.salesforce;

/** Field types by the names that describe uses. */
enum FieldType {
    ID("id"), STRING("string"), TEXTAREA("textarea"), PICKLIST("picklist"), BOOLEAN("boolean"), INT("int"),
    CURRENCY("currency"),
    PERCENT("percent"), DOUBLE("double"), DATE("date"), DATETIME("datetime"), REFERENCE("reference"), EMAIL("email"),
    PHONE("phone"), URL("url");

    final String wireName;

    FieldType(String wireName) {
        this.wireName = wireName;
    }

    boolean isDecimal() {
        return this == CURRENCY || this == PERCENT || this == DOUBLE;
    }

    boolean isId() {
        return this == ID || this == REFERENCE;
    }

    /** The XML schema type that describe names beside the own one. */
    String soapName() {
        return switch (this) {
            case ID, REFERENCE -> "tns:ID";
            case BOOLEAN -> "xsd:boolean";
            case INT -> "xsd:int";
            case CURRENCY, PERCENT, DOUBLE -> "xsd:double";
            case DATE -> "xsd:date";
            case DATETIME -> "xsd:dateTime";
            default -> "xsd:string";
        };
    }

    /** Compared without regard to case. */
    boolean isText() {
        return switch (this) {
            case STRING, TEXTAREA, PICKLIST, EMAIL, PHONE, URL -> true;
            default -> false;
        };
    }
}
