package dev.cosell.stories;

/** The stories of shares that broke off, lived through with Dynamics 365. */
@InWorld("dynamics")
class DynamicsHalfSharedTest extends HalfSharedStories {}
