package dev.cosell.mapping;

/** Whose value is kept when both sides changed a field since they last agreed. */
public enum Wins {
    CRM("crm wins"),
    PARTNER_CENTER("partner-center wins"),
    /** The record that was changed last, by the two systems' own clocks. */
    NEWEST("newest wins"),
    /** Nobody: the pair waits for a person. */
    PARK("park");

    private final String word;

    Wins(String word) {
        this.word = word;
    }

    /** How the policy is written in a field table. */
    public String word() {
        return word;
    }
}
