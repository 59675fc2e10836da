package dev.cosell.check;

/** How a person mends a CRM, in the words of that CRM's own administration. Each is a sentence without its point. */
public interface Remedies {
    /** The CRM as people call it. */
    String crm();

    String missingField(String table, Need need);

    String wrongType(String table, Need need);

    String tooShort(String table, Need need);

    String notWriteable(String table, Need need);

    String missingValue(String table, String field, String value);
}
