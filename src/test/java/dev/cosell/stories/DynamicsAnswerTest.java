package dev.cosell.stories;

/** Microsoft's answers as a seller in Dynamics 365 sees them. */
@InWorld("dynamics")
class DynamicsAnswerTest extends AnswerStories {
    @Override
    protected Words words() {
        return new Words("cosell_microsoftstatus", "cosell_microsoftsellers", "cosell_microsoftcrmidentifier",
                "cosell_syncwithpartnercenter");
    }
}
