package dev.cosell.operations;

import java.util.List;

/** What an operator sees of the sign-in with one system. */
public interface ConnectionMXBean {
    /** {@code UP} or {@code BROKEN}. */
    String getState();

    /** What a person must do; empty while the connection works. */
    String getProblem();

    /** Since when it is broken, as an ISO instant; empty while it works. */
    String getBrokenSince();

    /** When the system last answered a call of this instance, as an ISO instant; empty when it has not yet. */
    String getLastAnswer();

    /** Who has signed in; empty when nobody did or Entra did not say. */
    String getUser();

    /** When a refresh token was last accepted, as an ISO instant; empty when it never was or there is none. */
    String getLastRefresh();

    /** What will end the connection soon. */
    List<String> getWarnings();

    /** Tries a broken connection now and not at its next turn. */
    void tryNow();
}
