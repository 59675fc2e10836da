package dev.cosell.stories;

@InWorld("dynamics")
class DynamicsBackfillTest extends BackfillStories {}
