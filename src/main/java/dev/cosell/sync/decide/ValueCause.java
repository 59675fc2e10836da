package dev.cosell.sync.decide;

import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.ConversionFaults;
import dev.cosell.verbs.Cause;
import dev.cosell.verbs.Reason;
import java.util.List;

/** What can be the matter with the values of a record. */
public enum ValueCause implements Cause {
    NO_LINE("CS-201", "A value has no line in its value map.",
            "Correct the record, or add a line to the value map of this row."),
    WRONG("CS-202", "A value is not what its mapping row takes.",
            "Correct the value where it was entered, or give the row another converter."),
    NO_CURRENCY("CS-203", "The deal has an amount and no currency.",
            "Enter the currency in Partner Center, or name one with the setting missing-currency."),
    LEAD_LACKS("CS-204", "An accepted lead lacks what a deal cannot be without.",
            "Enter it in Partner Center."),
    SEVERAL_LEADS("CS-205", "Several leads of the CRM carry the id of one referral.",
            "Clear the Referral Identifier on all but one."),
    LEAD_ENDED("CS-206", "The lead that the referral names was converted, qualified or disqualified in the CRM.",
            "Enter the referral's id as the Referral Identifier of the opportunity that it became, or clear the CRM id "
                    + "of the referral in Partner Center to begin anew."),
    LEAD_ANOTHERS("CS-207", "The lead that the referral names is another referral's.",
            "Clear the CRM id of the referral in Partner Center, so that it gets a lead of its own, or clear the "
                    + "Referral Identifier of the lead and retry.");

    private final Entry entry;

    ValueCause(String code, String meaning, String remedy) {
        entry = new Entry(code, meaning, remedy);
    }

    /** Why the value cannot travel. */
    public static Reason reason(ConversionFault fault) {
        return new Reason(fault.kind() == ConversionFault.Kind.NO_LINE ? NO_LINE : WRONG, fault.field(),
                fault.getMessage());
    }

    public static List<Reason> reasons(ConversionFaults faults) {
        return faults.faults().stream().map(ValueCause::reason).toList();
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
