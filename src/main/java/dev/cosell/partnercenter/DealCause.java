package dev.cosell.partnercenter;

import dev.cosell.verbs.Cause;

/** What Partner Center's rules keep a deal from, found before or after it was asked. */
public enum DealCause implements Cause {
    LACKS("CS-301",
            "A new deal lacks a value that Partner Center demands.",
            "Enter it in the CRM's field that the sentence names."),
    NOT_MAPPED("CS-302",
            "No row of the mapping fills a value that Partner Center demands.",
            "Add a row for it to the mapping."),
    SOLUTION_ID("CS-303",
            "A solution of the deal has no Solution ID.",
            "Enter the id that Partner Center shows for it."),
    MANY_SOLUTIONS("CS-304",
            "The deal has more solutions than Partner Center takes.",
            "Remove some: it takes 50."),
    ATTRIBUTE("CS-305",
            "Neither the mapping nor the settings give an attribute that Partner Center demands of the "
                    + "deal.",
            "Map a field to it, or enter it in the settings."),
    NO_TEAM("CS-306",
            "Nobody of the partner can be reached on the deal.",
            "Give the opportunity's owner a name, phone number and e-mail address, on a deal that is in Partner "
                    + "Center already complete its team there, or set partner-center.team."),
    NO_CONTACT("CS-307",
            "Microsoft's help is asked for and the opportunity has no contact.",
            "Add a primary contact."),
    CUSTOMER_FIXED("CS-308",
            "A deal that is in Partner Center already lacks something of its customer, which cannot be "
                    + "entered there any more.",
            "Clear the wish for Microsoft's help, or make a new deal."),
    CLOSED("CS-309",
            "The referral is closed in Partner Center, which is final.",
            "Create a new deal if it was closed by mistake: clone the opportunity without its Referral Identifier."),
    STATUS("CS-310",
            "Partner Center does not know this move of the status.",
            "Choose the stage that the sentence names."),
    FIELD_FIXED("CS-311",
            "Partner Center takes no change of the field, or not now.",
            "Do what the sentence says, or let the mapping row go to Partner Center on create alone."),
    NO_HELP("CS-312",
            "Microsoft is to be invited and the deal does not say for what.",
            "Choose which help is wanted."),
    NOT_THERE("CS-313",
            "Partner Center knows no such record, or the connection's user may not see it.",
            "Look it up there as that user; clear the Referral Identifier if it is gone."),
    REFUSED("CS-314",
            "Partner Center refused a call; its own words say why.",
            "Correct what it names, on the opportunity or in its row of the mapping.");

    private final Entry entry;

    DealCause(String code, String meaning, String remedy) {
        entry = new Entry(code, meaning, remedy);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
