package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.salesforce.Soql.Literal;
import java.util.Collection;
import java.util.List;

/** Which rows a query must look at: one row by id, a few by an index, those since a time, or all. */
final class SoqlPlan {

    /** @param byStamp the rows come in the order of SystemModstamp and Id */
    record Candidates(Collection<Row> rows, boolean byStamp) {}

    private SoqlPlan() {}

    static Candidates candidates(Table table, Soql.Condition where) {
        List<Soql.Condition> all = where instanceof Soql.And and ? and.all()
                : where == null ? List.of() : List.of(where);
        Candidates best = null;
        for (Soql.Condition condition : all) {
            Candidates found = condition instanceof Soql.Compare compare ? byComparison(table, compare)
                    : condition instanceof Soql.In in ? byList(table, in) : null;
            if (found != null && (best == null || found.rows().size() < best.rows().size() && !found.byStamp()
                    || best.byStamp())) {
                best = found;
            }
        }
        return best == null ? new Candidates(table.all(), true) : best;
    }

    private static Candidates byComparison(Table table, Soql.Compare compare) {
        Field field = ownField(table, compare.path());
        if (field == null || compare.value().kind() == Literal.Kind.NULL) {
            return null;
        }
        if (compare.operator().equals("=")) {
            return equal(table, field, compare.value());
        }
        boolean fromTime = field.name().equals("SystemModstamp") && compare.operator().startsWith(">")
                && compare.value().kind() == Literal.Kind.DATETIME;
        return fromTime ? new Candidates(table.since(compare.value().text()), true) : null;
    }

    private static Candidates byList(Table table, Soql.In in) {
        Field field = ownField(table, in.path());
        if (field == null || in.not() || in.values().stream().anyMatch(value -> value.kind() != Literal.Kind.STRING)) {
            return null;
        }
        List<Candidates> each = in.values().stream().map(value -> equal(table, field, value)).toList();
        return each.contains(null) ? null
                : new Candidates(each.stream().flatMap(found -> found.rows().stream()).distinct().toList(), false);
    }

    private static Candidates equal(Table table, Field field, Literal value) {
        if (field.name().equals("Id")) {
            Row row = table.get(SalesforceIds.complete(value.text()));
            return new Candidates(row == null ? List.of() : List.of(row), false);
        }
        if (!table.isIndexed(field)) {
            return null;
        }
        String key = field.type().isId() ? SalesforceIds.complete(value.text())
                : value.text().replace(String.valueOf(SoqlTokens.NO_WILDCARD), "");
        return new Candidates(table.by(field.name(), key), false);
    }

    private static Field ownField(Table table, Soql.Path path) {
        return path.names().size() == 1 ? table.type.field(path.names().get(0)) : null;
    }
}
