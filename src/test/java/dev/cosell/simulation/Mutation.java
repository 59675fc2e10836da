package dev.cosell.simulation;

import dev.cosell.sync.books.Intents;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import java.util.Set;

/** A fault that is put into the core from outside; {@link #NONE} is the product as it is. */
enum Mutation {
    NONE;

    /** Ids of route steps that are left out. */
    Set<String> without() {
        return Set.of();
    }

    SeenVersions versions(SeenVersions real) {
        return real;
    }

    LinkStore links(LinkStore real, World world) {
        return real;
    }

    Intents intents(Intents real) {
        return real;
    }

    boolean ignoresVersions() {
        return false;
    }

    boolean createsTwice() {
        return false;
    }
}
