package dev.cosell.verbs;

/** What can be the matter with any system, whichever it is. */
public enum Trouble implements Cause {
    NO_CUSTOMER("CS-401", "The referral names no customer, and no CRM makes an opportunity without an account.",
            "Make the opportunity with its account in the CRM, and enter the referral's id as its Referral "
                    + "Identifier."),
    NO_CRITERIA("CS-402", "The referral says nothing by which its account can be found.",
            "Add a combination to the setting account-match of the CRM, or make the opportunity with its account in "
                    + "the CRM and enter the referral's id as its Referral Identifier."),
    SEVERAL_CUSTOMERS("CS-403", "Several accounts or contacts of the CRM may be the deal's; none was used.",
            "Merge or deactivate the extra ones, or make the setting account-match or contact-match stricter."),
    SEVERAL_RECORDS("CS-404", "Several records of the CRM carry the id of one referral.",
            "Clear the Referral Identifier on all but one, and make the field unique."),
    CURRENCY("CS-405", "The CRM does not have the deal's currency.",
            "Change the currency of the deal, or add it in the CRM."),
    TIME_ZONE("CS-406", "The time zone in which the CRM's dates are meant is not known.",
            "Set the time zone of the connection's user or organisation, or name it in the settings."),
    WRONG_ID("CS-407", "What the referral names is no id of this CRM.", "Correct the reference in Partner Center."),
    SOLUTIONS("CS-408", "The deal has more solutions than the CRM takes at once.",
            "Remove some in Partner Center."),
    STRANGE_ANSWER("CS-409", "A system gave an answer that cannot be used.",
            "Check the address of the system and what stands in between; change tracking may be off."),
    UNSTORABLE("CS-410", "Our own database cannot keep a value of the record.",
            "Shorten or retype the value, then retry."),
    CHARACTERS("CS-411", "A text holds characters that not every side can keep; they are left out.",
            "Retype the text to get rid of them."),
    NEVER_SETTLES("CS-412", "For ten minutes each write was refused as if the record had just been changed.",
            "See what the sentence names, and what changes the record all the time; then retry."),
    FAILS_ALWAYS("CS-413",
            "A system meets an error of its own each time a sync comes to this record, or gives an answer that is "
                    + "none, and answers otherwise.",
            "Show the sentence to whoever looks after that system: a trigger, a flow, a plug-in, the record itself or "
                    + "a proxy in between may be the cause. It is tried again within sync.parked-interval."),
    REFUSED("CS-419", "A system refused what nobody here has met before; its own words say why.",
            "Correct what it names, on the record or in the mapping."),
    SIGN_IN("CS-701", "The sign-in with a system does not work; its changes wait.",
            "Do what the sentence says, or ./cosell login for Partner Center; the sync goes on by itself."),
    DENIED("CS-702", "The connection's user lacks a right, on everything or on this record.",
            "Give it the right that the sentence names, then retry."),
    AWAY("CS-703", "A system does not answer, or not in time.", ""),
    THROTTLED("CS-704", "A system asks for a pause, or its calls are used up.", ""),
    EARLY("CS-705", "The first reading of a system is still under way.", ""),
    BUSY("CS-706", "Another sync is just creating the same customer.", ""),
    MOVED("CS-707", "The record changed while it was worked on; it is read again.", ""),
    DEFECT("CS-901", "A defect of Cosell Sync.", "Please report it, and retry."),
    EARLIER("CS-999", "Parked by a version that noted no code.", "Retry: what is still wrong gets its code.");

    private final Entry entry;

    Trouble(String code, String meaning, String remedy) {
        entry = new Entry(code, meaning, remedy);
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
