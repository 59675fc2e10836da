package dev.cosell.sync.decide;

/** Which side of linked deals is written. */
public enum Direction {
    TO_CRM("to-crm", "the CRM"), TO_PARTNER_CENTER("to-partner-center", "Partner Center");

    /** In the words of every move that a brake holds, and of no other. */
    public static final String BY_THE_BRAKE = "(stopped by the brake)";

    private final String word;
    private final String side;

    Direction(String word, String side) {
        this.word = word;
        this.side = side;
    }

    /** As people type it. */
    public String word() {
        return word;
    }

    /** What is written, in the middle of a sentence. */
    public String side() {
        return side;
    }

    /** What a deal waits for while the brake has stopped this direction; among its {@link Waits#held}. */
    public String held() {
        return "Writing to " + side + " " + BY_THE_BRAKE;
    }

    /** Whether this is what the move waits for. */
    public boolean holds(Held move) {
        return move.what().equals(held());
    }

    /** Whether a brake holds the move; otherwise it is one that cannot be taken back. */
    public static boolean stopped(Held move) {
        return TO_CRM.holds(move) || TO_PARTNER_CENTER.holds(move);
    }
}
