package dev.cosell.stories;

@InWorld("dynamics")
class DynamicsMissingPartTest extends MissingPartStories {}
