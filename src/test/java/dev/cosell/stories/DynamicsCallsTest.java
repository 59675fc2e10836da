package dev.cosell.stories;

/** How many calls a change costs with Dynamics 365. */
@InWorld("dynamics")
class DynamicsCallsTest extends CallStories {}
