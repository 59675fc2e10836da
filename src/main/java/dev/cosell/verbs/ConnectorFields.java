package dev.cosell.verbs;

/**
 * API names of the four custom opportunity fields that the sync itself reads and fills; every CRM administrator may
 * choose them.
 */
public interface ConnectorFields {
    /** "Sync with Partner Center", yes or no. */
    String syncField();

    /** "Referral Identifier", unique per opportunity. */
    String referralIdField();

    /** "Referral Link", the portal's address of the deal. */
    String referralLinkField();

    /** "Audit", a long text. */
    String auditField();
}
