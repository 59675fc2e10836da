package dev.cosell.simulation;

import dev.cosell.simulation.Histories.History;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Lives through histories, and makes one that fails as short as it goes. */
record Simulation(Shared shared, Mutation mutation) {

    static Simulation of(Mutation mutation) {
        return new Simulation(Shared.of(mutation.without()), mutation);
    }

    /** What is wrong in the end; nothing when all is well. */
    Collection<String> live(History history) {
        World world = new World(history.setting(), shared, mutation);
        try {
            world.live(history.events());
            return AtRest.of(world);
        } catch (World.Endless endless) {
            world.ledger.found(endless.getMessage(), endless);
            return world.ledger.found();
        }
    }

    /** What the audit of the product says of a history, shortened. */
    List<String> audit(History history) {
        World world = new World(history.setting(), shared, mutation);
        try {
            world.live(shrunk(history).events());
            AtRest.of(world);
        } catch (World.Endless ended) {
            // What was told until then says why.
        }
        return world.books.audit().stream().map(entry -> "  " + entry.at() + " " + entry.situation() + " "
                + entry.action() + " " + entry.detail()).toList();
    }

    /**
     * Leaves out, as long as it still fails in the same way, first halves, then quarters, at last single events (delta
     * debugging).
     */
    History shrunk(History failing) {
        String kind = kind(live(failing));
        List<Event> events = failing.events();
        for (int size = Math.max(1, events.size() / 2); size >= 1; size /= 2) {
            for (int from = 0; from < events.size();) {
                List<Event> fewer = new ArrayList<>(events.subList(0, from));
                fewer.addAll(events.subList(Math.min(events.size(), from + size), events.size()));
                if (kind.equals(kind(live(failing.with(fewer))))) {
                    events = fewer;
                } else {
                    from += size;
                }
            }
        }
        return failing.with(events);
    }

    /** The first finding without the numbers in it; two failures of one kind have one cause more often than not. */
    private static String kind(Collection<String> found) {
        return found.isEmpty() ? "" : found.iterator().next().replaceAll("[0-9a-f-]*\\d[0-9a-f-]*", "#")
                .replaceAll("#.*", "");
    }

    /** Says everything that somebody needs who wants to see it again. */
    String report(long seed, History history, Collection<String> found) {
        History shorter = shrunk(history);
        return "Seed " + seed + " fails: " + String.join("; ", found) + "\n" + history + "\nThe same in short: "
                + String.join("; ", live(shorter)) + "\n" + shorter;
    }
}
