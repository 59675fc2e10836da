package dev.cosell.sandbox.dataverse;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Writes drafts: checks keys first, then stores all rows of the draft, so that a refused draft leaves nothing behind. */
final class Writer {
    private final Store store;
    private final Settings settings;
    private final Clock clock;
    private UUID delegate;

    Writer(Store store, Settings settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param impersonating the user that makes the next writes in another one's name; null when nobody is impersonated */
    void through(UUID impersonating) {
        delegate = impersonating;
    }

    Row create(Draft draft, UUID actor) {
        check(draft);
        return insert(draft, actor);
    }

    private void check(Draft draft) {
        if (draft.id() != null && store.find(draft.table(), draft.id()) != null) {
            throw new Refusal(412, "0x80040237", "Cannot insert duplicate key.");
        }
        checkKeys(draft.table(), draft.values(), null);
        draft.parents().values().forEach(this::check);
        draft.children().values().forEach(children -> children.forEach(this::check));
    }

    private void checkKeys(Table table, Map<String, Object> values, Row self) {
        for (Table.Key key : table.keys()) {
            List<Object> wanted = key.columns().stream().map(values::get).filter(Objects::nonNull).toList();
            Row other = wanted.size() < key.columns().size() ? null : store.holding(table, key.columns(), wanted);
            if (other != null && (self == null || !other.id().equals(self.id()))) {
                throw new Refusal(412, "0x80060892", "Entity Key " + key.name() + " violated. A record with the same value for "
                        + String.join(", ", key.columns()) + " already exists. A duplicate record cannot be created.");
            }
        }
    }

    private Row insert(Draft draft, UUID actor) {
        Table table = draft.table();
        Map<String, Object> values = defaults(table, actor);
        values.putAll(draft.values());
        draft.parents().forEach((lookup, parent) -> values.put(lookup.name(), new Ref(parent.table().name(),
                insert(parent, actor).id())));
        Object backdated = values.remove("overriddencreatedon");
        if (backdated != null) {
            values.put("createdon", backdated);
        }
        Row row = store.insert(table, draft.id() == null ? UUID.randomUUID() : draft.id(), settled(table, values));
        draft.children().forEach((navigation, children) -> children.forEach(child -> {
            child.values().put(navigation.column(), new Ref(table.name(), row.id()));
            insert(child, actor);
        }));
        return row;
    }

    private Map<String, Object> defaults(Table table, UUID actor) {
        Map<String, Object> values = new HashMap<>();
        table.columns().values().forEach(column -> {
            if (column.initial() != null) {
                values.put(column.name(), column.initial());
            }
        });
        stamp(table, values, "created", actor);
        stamp(table, values, "modified", actor);
        if (table.column("ownerid") != null) {
            values.put("ownerid", new Ref("systemuser", actor));
        }
        if (table.column("transactioncurrencyid") != null && table.lookup("transactioncurrencyid") != null) {
            store.rows("organization").all().forEach(organization ->
                    values.put("transactioncurrencyid", organization.get("basecurrencyid")));
        }
        return values;
    }

    private void stamp(Table table, Map<String, Object> values, String what, UUID actor) {
        if (table.column(what + "on") != null) {
            values.put(what + "on", Values.time(clock.instant()));
            values.put(what + "by", new Ref("systemuser", actor));
            values.put(what + "onbehalfby", delegate == null ? null : new Ref("systemuser", delegate));
        }
    }

    /** Every write counts, also one that changes no value. */
    Row update(Row row, Draft draft, UUID actor) {
        Table table = row.table();
        Map<String, Object> values = new HashMap<>(row.values());
        values.putAll(draft.values());
        if (table.name().equals("opportunity")) {
            OpportunityStates.settle(row, draft.values(), values, settings.allowClosedWrites());
        } else if (table.name().equals("lead")) {
            LeadStates.settle(row, draft.values(), values, settings.allowClosedWrites());
        } else if (draft.values().containsKey("statecode") && !draft.values().containsKey("statuscode")
                && table.column("statuscode") != null) {
            values.put("statuscode", (Integer) values.get("statecode") + 1);
        }
        checkKeys(table, values, row);
        stamp(table, values, "modified", actor);
        return store.update(row, settled(table, values));
    }

    /** Computed columns, and no entries for empty ones. */
    private Map<String, Object> settled(Table table, Map<String, Object> values) {
        if (values.get("ownerid") != null && table.column("owninguser") != null) {
            values.put("owninguser", values.get("ownerid"));
        }
        if (table.name().equals("contact") || table.name().equals("lead")) {
            values.put("fullname", fullName(values));
        }
        Row currency = store.follow(values.get("transactioncurrencyid"));
        if (table.column("exchangerate") != null && currency != null) {
            BigDecimal rate = (BigDecimal) currency.get("exchangerate");
            values.put("exchangerate", rate);
            if (values.get("estimatedvalue") instanceof BigDecimal value) {
                values.put("estimatedvalue_base", value.divide(rate, MathContext.DECIMAL64).setScale(2, RoundingMode.HALF_EVEN));
            }
        }
        if (values.get("estimatedvalue") == null) {
            values.remove("estimatedvalue_base");
        }
        values.values().removeIf(Objects::isNull);
        return Map.copyOf(values);
    }

    private static String fullName(Map<String, Object> values) {
        String first = (String) values.get("firstname");
        String last = (String) values.get("lastname");
        return first == null ? last : last == null ? first : first + " " + last;
    }
}
