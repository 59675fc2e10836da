package dev.cosell.stories;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Microsoft's answers as a seller in Dynamics 365 sees them. */
class DynamicsAnswerTest extends AnswerStories {
    private static World world;

    @BeforeAll
    static void start() {
        world = new World("dynamics");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Override
    protected World world() {
        return world;
    }

    @Override
    protected Words words() {
        return new Words("cosell_microsoftstatus", "cosell_microsoftsellers", "cosell_microsoftcrmidentifier", "cosell_syncwithpartnercenter");
    }
}
