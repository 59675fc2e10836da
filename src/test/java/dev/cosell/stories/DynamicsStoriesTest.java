package dev.cosell.stories;

/** All stories lived through with Dynamics 365. */
@InWorld("dynamics")
class DynamicsStoriesTest extends SyncStories {}
