package dev.cosell.stories;

@InWorld("dynamics")
class DynamicsFirstSyncTest extends FirstSyncStories {}
