package dev.cosell.stories;

@InWorld("dynamics")
class DynamicsStatusStoriesTest extends StatusStories {}
