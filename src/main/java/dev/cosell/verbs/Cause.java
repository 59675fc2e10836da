package dev.cosell.verbs;

/**
 * What can be the matter with a record or with the sync: an enum for each place that knows of such things. The table of
 * {@code docs/errors.md} has a row for each.
 */
public interface Cause {
    /**
     * What is told of it.
     *
     * @param code    never changes and never stands for anything else, such as {@code CS-201}
     * @param meaning in one sentence
     * @param remedy  what a person can do, in one sentence; empty when nothing has to be done
     */
    record Entry(String code, String meaning, String remedy) {}

    Entry entry();

    default String code() {
        return entry().code();
    }

    default String meaning() {
        return entry().meaning();
    }

    default String remedy() {
        return entry().remedy();
    }
}
