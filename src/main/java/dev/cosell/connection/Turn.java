package dev.cosell.connection;

/** Something that one instance does at a time, on behalf of all. */
public interface Turn {
    /** For an instance that is alone. */
    Turn ALWAYS = new Turn() {
        @Override
        public void want() {
            // Nobody else could have it.
        }

        @Override
        public boolean isOurs() {
            return true;
        }

        @Override
        public void giveBack() {
            // Nobody else waits for it.
        }
    };

    /** From now on takes the turn whenever no other instance has it, and keeps it. */
    void want();

    /** Costs nothing. False also when it is not certain any more, as after a long pause of this process. */
    boolean isOurs();

    /** Lets another instance have it, and wants it no more. */
    void giveBack();
}
