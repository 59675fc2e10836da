package dev.cosell.simulation;

import dev.cosell.simulation.Event.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Random histories; the same seed always gives the same one. */
final class Histories {
    private static final int SKEW = 5 * 60 * 1000;
    private static final List<Kind> PEOPLE = List.of(Kind.EDIT, Kind.EDIT, Kind.EDIT, Kind.EDIT, Kind.EDIT, Kind.EDIT,
            Kind.WIN, Kind.LOSE, Kind.ACCEPT, Kind.REOPEN, Kind.DELETE, Kind.MERGE, Kind.RENAME, Kind.RENAME_BACK);
    private static final List<Kind> TROUBLE = List.of(Kind.LOST_BEFORE, Kind.LOST_AFTER, Kind.LOST_AFTER, Kind.LATE,
            Kind.REFUSED, Kind.MOVED, Kind.STALE, Kind.STALE, Kind.READ_LOST, Kind.DROPPED, Kind.REPEATED, Kind.SLOW,
            Kind.DENIED, Kind.SIGNED_OUT, Kind.RIGHTS_BACK, Kind.CRASH, Kind.CRASH, Kind.CRASH, Kind.CLOCK);

    /** The same list with the seller's switch. */
    private static final List<Kind> PEOPLE_AND_SWITCH = Stream.concat(PEOPLE.stream(), Stream.of(Kind.SWITCH)).toList();

    private final List<Kind> people;
    private final SplittableRandom random;
    private final List<Event> events = new ArrayList<>();
    private Setting setting;
    private long at;
    private int values;

    private Histories(long seed, List<Kind> people) {
        this.people = people;
        random = new SplittableRandom(seed);
    }

    /** What happens, and in which world. */
    record History(Setting setting, List<Event> events) {
        History with(List<Event> others) {
            return new History(setting, others);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(setting.toString());
            events.forEach(event -> text.append('\n').append(event));
            return text.toString();
        }
    }

    static History of(long seed) {
        return new Histories(seed, PEOPLE_AND_SWITCH).make();
    }

    /** The history that this seed gave before there was a switch: those that have failed then. */
    static History withoutSwitch(long seed) {
        return new Histories(seed, PEOPLE).make();
    }

    private History make() {
        setting = setting();
        int deals = 1 + random.nextInt(2);
        values = random.nextInt(5);
        for (int deal = 0; deal < deals; deal++) {
            add(Kind.CREATE, deal, system(), null, values++);
        }
        // Often the history begins when the deals are joined.
        at += random.nextInt(3) == 0 ? 0 : 8000;
        int length = 3 + random.nextInt(10);
        for (int number = 0; number < length; number++) {
            next(random.nextInt(deals));
        }
        return new History(setting, events);
    }

    private Setting setting() {
        int which = random.nextInt(5);
        List<String> crms = which < 2 ? List.of("salesforce") : which < 4 ? List.of("dynamics")
                : random.nextBoolean() ? List.of("salesforce", "dynamics") : List.of("dynamics", "salesforce");
        int hold = random.nextInt(8);
        Map<String, Long> skews = new HashMap<>();
        List.of(Portal.SYSTEM, "salesforce", "dynamics").forEach(system -> skews.put(system,
                random.nextBoolean() ? 0L : (long) random.nextInt(-SKEW, SKEW)));
        return new Setting(crms, hold == 0 ? null : Duration.ofMinutes(hold == 1 ? 15 : 0), skews);
    }

    private void next(int deal) {
        at += random.nextInt(2) == 0 ? random.nextInt(400) : random.nextInt(6000);
        if (random.nextInt(5) < 3) {
            Kind kind = people.get(random.nextInt(people.size()));
            String system = system();
            Field field = kind == Kind.EDIT ? field(system) : null;
            add(kind, deal, system, field, values++);
        } else {
            Kind kind = TROUBLE.get(random.nextInt(TROUBLE.size()));
            int value = switch (kind) {
                case LATE -> random.nextInt(20_000);
                case SLOW -> random.nextInt(15_000);
                case CRASH -> 1 + random.nextInt(60);
                case CLOCK -> random.nextInt(-SKEW, SKEW);
                default -> 0;
            };
            add(kind, deal, system(), null, value);
        }
    }

    /** A name that is typed in Partner Center does not travel. */
    private Field field(String system) {
        Field[] fields = Field.values();
        return fields[random.nextInt(system.equals(Portal.SYSTEM) ? 1 : 0, fields.length)];
    }

    private String system() {
        return random.nextBoolean() ? Portal.SYSTEM : setting.crms().get(random.nextInt(setting.crms().size()));
    }

    private void add(Kind kind, int deal, String system, Field field, int value) {
        events.add(new Event(at, kind, deal, system, field, value));
    }
}
