package dev.cosell.entra;

import java.util.Map;
import java.util.function.Supplier;

/** Keeps one sealed sign-in where other processes reach it, too. */
public interface SealedStore {
    /** Where it is, for people. */
    String place();

    /** Differs after each change of the content; empty when there is none. */
    String fingerprint();

    /**
     * Null when there is none.
     *
     * @throws Seal.Unreadable when it is damaged or sealed with another key
     */
    Map<String, String> read();

    /** @throws java.io.UncheckedIOException when the old content is still in place */
    void write(Map<String, String> content);

    /** Runs something short while no other process changes the content. */
    <T> T alone(Supplier<T> work);

    /**
     * Runs something that asks Entra with what is kept here, while nobody else who shares it does so. By default the
     * content is one process' own.
     *
     * @throws dev.cosell.verbs.Fault.Transient when others take too long
     */
    default <T> T refreshing(Supplier<T> work) {
        return work.get();
    }
}
