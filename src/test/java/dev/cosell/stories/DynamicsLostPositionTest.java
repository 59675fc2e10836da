package dev.cosell.stories;

@InWorld("dynamics")
class DynamicsLostPositionTest extends LostPositionStories {}
