package dev.cosell.stories;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;

/** A field of a deal that people edit, with the name it has in each system and one text form to compare by. */
public enum DealField {
    VALUE(CrmField.VALUE, "dealValue"),
    DATE(CrmField.CLOSE_DATE, "closingDateTime"),
    NOTES(CrmField.NOTES, "notes"),
    /** Travels to Partner Center only. */
    NAME(CrmField.NAME, null);

    private final CrmField inCrm;
    private final String inDetails;

    DealField(CrmField inCrm, String inDetails) {
        this.inCrm = inCrm;
        this.inDetails = inDetails;
    }

    /** Another value for each number. */
    public String value(int number) {
        return switch (this) {
            case VALUE -> new BigDecimal(10_000 + number).stripTrailingZeros().toPlainString();
            case DATE -> LocalDate.of(2027, 1, 1).plusDays(number).toString();
            case NOTES -> "note " + number;
            case NAME -> "deal " + number;
        };
    }

    public void editInPortal(Api portal, String referralId, String value) {
        Object json = this == VALUE ? new BigDecimal(value) : this == DATE ? value + "T00:00:00Z" : value;
        portal.patch("/sandbox/deals/" + referralId,
                inDetails == null ? Map.of("name", json) : Map.of("details", Map.of(inDetails, json)));
    }

    public void editInCrm(CrmDriver crm, String crmId, String value) {
        Object json = this == VALUE ? new BigDecimal(value) : value;
        crm.api().patch("/sandbox/opportunities/" + crmId, Map.of(name(crm), json));
    }

    public String inPortal(Map<String, Object> referral) {
        return text(inDetails == null ? referral.get("name") : Api.map(referral.get("details")).get(inDetails));
    }

    public String inCrm(CrmDriver crm, Map<String, Object> opportunity) {
        return text(opportunity.get(name(crm)));
    }

    private String name(CrmDriver crm) {
        return crm.field(inCrm);
    }

    private String text(Object value) {
        if (value == null) {
            return null;
        }
        return switch (this) {
            case VALUE -> new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
            case DATE -> value.toString().substring(0, 10);
            default -> value.toString();
        };
    }
}
