package dev.cosell.stories;

/** Referrals whose CRM id was corrected, lived through with Salesforce. */
@InWorld("salesforce")
class SalesforceCorrectedNameTest extends CorrectedNameStories {}
