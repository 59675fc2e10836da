package dev.cosell.salesforce;

import dev.cosell.salesforce.SalesforceErrors.ApiError;
import dev.cosell.verbs.Cause;
import dev.cosell.verbs.Reason;
import java.util.Arrays;
import java.util.Map;

/** What Salesforce refuses a record for, by its own error codes. */
public enum SalesforceCause implements Cause {
    REQUIRED_FIELD_MISSING("CS-501", "A field that Salesforce requires has no value.",
            "Give the field a value in the mapping, or stop requiring it in Salesforce."),
    STRING_TOO_LONG("CS-502", "A text is longer than its field in Salesforce.",
            "Shorten the value at its source or lengthen the field in Salesforce."),
    NUMBER_OUTSIDE_VALID_RANGE("CS-503", "A number does not fit its field in Salesforce.",
            "Correct the number where it was entered, or let the field hold more digits in Salesforce."),
    INVALID_EMAIL_ADDRESS("CS-504", "Salesforce does not take an e-mail address.",
            "Correct the address where it was entered, or give the row the converter email in the mapping."),
    FIELD_INTEGRITY_EXCEPTION("CS-505", "Salesforce does not take a value of a field.",
            "Correct the value where it was entered, or the converter of this row in the mapping. With state and "
                    + "country picklists map BillingCountryCode in place of BillingCountry, and BillingStateCode in "
                    + "place of BillingState or no state at all."),
    INVALID_CROSS_REFERENCE_KEY("CS-506",
            "A record of Salesforce names another one that is not there, or may not be seen.",
            "The record that is referred to was deleted or may not be seen: restore it, or give the integration "
                    + "user access to it."),
    MALFORMED_ID("CS-507", "What should be an id of Salesforce is none.",
            "Correct the id in the settings or in the record that holds it."),
    DUPLICATE_VALUE("CS-508", "Another record of Salesforce holds a value that must be unique.",
            "Another record holds this value in a field that must be unique: clear it there."),
    INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST("CS-509", "A restricted picklist of Salesforce does not have a value.",
            "Add the value to the picklist in Salesforce or correct the value map of the mapping."),
    FIELD_CUSTOM_VALIDATION_EXCEPTION("CS-510", "A validation rule of the Salesforce org refused the record.",
            "A validation rule of your org says so: change the record so that it passes, or the rule."),
    INVALID_FIELD("CS-511", "Salesforce does not know or does not show a field.",
            "Create the field, give the integration user access to it, or correct its name in the mapping or "
                    + "settings."),
    INVALID_FIELD_FOR_INSERT_UPDATE("CS-512", "The integration user may not write a field of Salesforce.",
            "Give the integration user edit access to the field or take it out of the mapping."),
    DUPLICATES_DETECTED("CS-513", "A duplicate rule of the Salesforce org stopped the record.",
            "A duplicate rule of your org stopped this: merge the records or relax the rule for the integration "
                    + "user."),
    ENTITY_IS_LOCKED("CS-514", "An approval process of Salesforce holds the record.",
            "An approval process holds the record: when it is approved or recalled, let the record sync again."),
    CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY("CS-515", "A trigger or flow of the Salesforce org refused the record.",
            "A trigger or flow of your org refused it; its owner can tell why."),
    INVALID_TYPE("CS-516", "Salesforce does not have an object that the settings name.",
            "Create the object, switch on the feature that brings it along, or correct the settings."),
    TRANSFER_REQUIRES_READ("CS-517", "The new owner may not see or own opportunities in Salesforce.",
            "Give the new owner access to opportunities, or set salesforce.owner-from-team to off."),
    OTHER("CS-599", "Salesforce refused what nobody here has met before; its own words say why.",
            "Correct what it names, on the record or in the mapping.");

    /** Codes that ask for what another one asks for. */
    private static final Map<String, SalesforceCause> ALIKE = Map.of(
            "CANNOT_EXECUTE_FLOW_TRIGGER", CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY,
            "OP_WITH_INVALID_USER_TYPE_EXCEPTION", TRANSFER_REQUIRES_READ);

    private final Entry entry;

    SalesforceCause(String code, String meaning, String remedy) {
        entry = new Entry(code, meaning, remedy);
    }

    /** @param about what was being done, for people */
    static Reason reason(ApiError error, String about) {
        SalesforceCause cause = Arrays.stream(values()).filter(each -> each.name().equals(error.code())).findFirst()
                .orElse(ALIKE.getOrDefault(String.valueOf(error.code()), OTHER));
        String fields = String.join(", ", error.fields());
        return new Reason(cause, cause.mended(error, fields), "Salesforce refused " + about + ": " + error.message()
                + " (" + error.code() + ")." + (fields.isEmpty() ? "" : " Field: " + fields + ".")
                + (cause == OTHER ? "" : " " + cause.remedy()));
    }

    /** The fields, or the rule: a validation rule has no name in an answer but what it says. */
    private String mended(ApiError error, String fields) {
        return switch (this) {
            case OTHER -> error.code() + (fields.isEmpty() ? "" : " " + fields);
            case FIELD_CUSTOM_VALIDATION_EXCEPTION -> error.message();
            case DUPLICATES_DETECTED, ENTITY_IS_LOCKED -> "";
            default -> fields;
        };
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
