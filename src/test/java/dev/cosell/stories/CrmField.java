package dev.cosell.stories;

/** A field of an opportunity that stories fill or read by its name in the CRM. */
public enum CrmField {
    NAME,
    VALUE,
    CLOSE_DATE,
    NOTES,
    REFERRAL_IDENTIFIER,
    REFERRAL_LINK,
    AUDIT
}
