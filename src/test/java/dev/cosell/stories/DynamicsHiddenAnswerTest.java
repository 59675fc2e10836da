package dev.cosell.stories;

/** Answers of Microsoft that lists hide, as a seller in Dynamics 365 sees them. */
@InWorld("dynamics")
class DynamicsHiddenAnswerTest extends HiddenAnswerStories {
    @Override
    protected Words words() {
        return new Words("cosell_microsoftstatus", "cosell_microsoftcrmidentifier");
    }
}
