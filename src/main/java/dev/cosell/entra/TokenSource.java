package dev.cosell.entra;

/** Gives access tokens for one connection and one audience. */
public interface TokenSource {
    /**
     * A token that is valid for some minutes more. Asks for a new one at most once however many threads wait for it.
     */
    String token();

    /** Says that the system refused this token, so that the next {@link #token()} asks for a new one. */
    void discard(String token);

    /** What a person can do when the system does not take the tokens. */
    default String remedy() {
        return "check its application user";
    }
}
