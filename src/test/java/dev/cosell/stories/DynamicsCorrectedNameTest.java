package dev.cosell.stories;

/** Referrals whose CRM id was corrected, lived through with Dynamics 365. */
@InWorld("dynamics")
class DynamicsCorrectedNameTest extends CorrectedNameStories {}
