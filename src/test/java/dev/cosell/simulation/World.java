package dev.cosell.simulation;

import dev.cosell.sync.books.MemoryBooks;
import dev.cosell.verbs.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Model systems, the product between them, and people, on one thread in virtual time. */
final class World {
    private static final int ENDLESS = 30_000;

    /** Milliseconds after the last event until everything works again. */
    private static final long LONGEST_TROUBLE = 30_000;

    /** The process ends here and now. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1;

        Crash() {
            super("killed", null, false, false);
        }
    }

    /** The history does not end. */
    static final class Endless extends Error {
        private static final long serialVersionUID = 1;

        Endless() {
            super("the history does not end", null, false, false);
        }
    }

    /** A deal with its records; ids are null as long as a system has none. */
    static final class Deal {
        final Map<String, String> ids = new LinkedHashMap<>();
        boolean deleted;
        /** Hints of both its sides were worked on at the same time. */
        boolean crossed;
        /** Records that a create made which a system carried out late, after somebody had deleted the joined one. */
        final Set<String> afterDeletion = new HashSet<>();
    }

    final VirtualTime time = new VirtualTime();
    final MemoryBooks books = new MemoryBooks();
    final Calls calls = new Calls(this);
    final Ledger ledger = new Ledger(this);
    final Map<String, CrmModel> crms = new LinkedHashMap<>();
    final List<Deal> deals = new ArrayList<>();
    final Setting setting;
    final Shared shared;
    final Mutation mutation;
    final Portal portal;
    final Queue queue;
    private final People people = new People(this);
    private Product product;
    private long steps;
    private long crashAt;
    private int late;
    private boolean isLate;

    World(Setting setting, Shared shared, Mutation mutation) {
        this.setting = setting;
        this.shared = shared;
        this.mutation = mutation;
        portal = new Portal(this, setting.skew(Portal.SYSTEM));
        setting.crms().forEach(crm -> crms.put(crm,
                CrmModel.of(ShippedTables.VIEWS.get(crm), this, setting.skew(crm))));
        queue = new Queue(this);
        product = new Product(this);
    }

    Product product() {
        return product;
    }

    Model model(String system) {
        return system.equals(Portal.SYSTEM) ? portal : crms.get(system);
    }

    Deal deal(String system, String id) {
        return deals.stream().filter(deal -> id.equals(deal.ids.get(system))).findFirst().orElse(null);
    }

    void live(List<Event> history) {
        history.forEach(event -> time.in(event.at(), () -> people.act(event)));
        long last = history.isEmpty() ? 0 : history.get(history.size() - 1).at();
        time.in(last + LONGEST_TROUBLE, this::allIsWell);
        run();
    }

    /** Until nothing is left to happen. */
    void run() {
        while (!time.isQuiet()) {
            try {
                time.next();
            } catch (Crash killed) {
                ledger.leftUnfinished();
                queue.comeAgain();
                product = new Product(this);
            }
        }
    }

    /** The process may end before any step. */
    void step(String id) {
        steps++;
        if (steps > ENDLESS) {
            throw new Endless();
        }
        if (crashAt != 0 && steps >= crashAt) {
            crashAt = 0;
            throw new Crash();
        }
    }

    void crashIn(int more) {
        crashAt = steps + more;
    }

    void late(long millis, Runnable write) {
        late++;
        time.in(millis, () -> {
            late--;
            isLate = true;
            try {
                write.run();
            } catch (Fault refused) {
                // Nobody is there any more to hear it.
            } finally {
                isLate = false;
            }
        });
    }

    /** Whether the write that is being done was given up by the product before. */
    boolean isLate() {
        return isLate;
    }

    boolean writesAreUnderWay() {
        return late > 0;
    }

    /** From here on nothing goes wrong any more. */
    private void allIsWell() {
        calls.allIsWell();
        queue.allIsWell();
        crashAt = 0;
        people.renameBack();
        people.switchOn();
    }

    void changed(Model model, String id, Map<String, Object> before, Map<String, Object> after) {
        ledger.changed(model, id, before, after);
        queue.changed(model, id, after);
    }
}
