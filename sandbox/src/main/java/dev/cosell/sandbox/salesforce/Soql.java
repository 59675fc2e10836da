package dev.cosell.sandbox.salesforce;

import java.util.List;

/** A parsed query. Names are as written; they are looked up when the query runs. */
record Soql(List<Item> select, boolean count, String from, Condition where, List<Order> order, Integer limit,
        int offset) {

    sealed interface Item permits Path, Children, Fields {}

    /** All fields of a kind: ALL, STANDARD or CUSTOM. */
    record Fields(String kind) implements Item {
        boolean include(Field field) {
            return kind.equals("ALL") || field.custom() == kind.equals("CUSTOM");
        }
    }

    /** A field, or a way over parents to one: {@code Account.Owner.Email}. */
    record Path(List<String> names) implements Item {
        @Override
        public String toString() {
            return String.join(".", names);
        }
    }

    /** A sub-query over a child relationship. */
    record Children(Soql query) implements Item {}

    sealed interface Condition permits And, Or, Not, Compare, In {}

    record And(List<Condition> all) implements Condition {}

    record Or(List<Condition> any) implements Condition {}

    record Not(Condition condition) implements Condition {}

    record Compare(Path path, String operator, Literal value) implements Condition {}

    record In(Path path, boolean not, List<Literal> values) implements Condition {}

    /** @param end last day of a range of days (both ends belong to it); null for other kinds */
    record Literal(Kind kind, String text, String end) {
        enum Kind { NULL, BOOLEAN, NUMBER, STRING, DATE, DATETIME, DAYS }
    }

    record Order(Path path, boolean descending, boolean nullsLast) {}
}
