package dev.cosell.stories;

/** Deals of years ago, met for the first time with Dynamics 365. */
@InWorld("dynamics")
class DynamicsOldDealTest extends OldDealStories {}
