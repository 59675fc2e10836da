package dev.cosell.app;

import java.util.List;
import java.util.function.Supplier;

/**
 * What is to be said of the files under {@code routes/} whenever somebody asks.
 *
 * @param fault   what is wrong with them; an empty text when all is well
 * @param wiring  what does not go together, a sentence each
 * @param lacking what they lack of this release, a sentence each
 */
record RoutesFolder(Supplier<String> fault, Supplier<List<String>> wiring, Supplier<List<String>> lacking) {
    static final RoutesFolder UNKNOWN = new RoutesFolder(() -> "", List::of, List::of);
}
