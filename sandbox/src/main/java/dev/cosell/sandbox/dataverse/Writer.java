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
import java.util.function.Consumer;

/**
 * Writes drafts: checks keys first, then stores all rows of the draft, so that a refused draft leaves nothing behind;
 * tells of each write.
 */
final class Writer {
    private static final int DECIMALS = 2;

    private final Store store;
    private final Settings settings;
    private final Clock clock;
    private final Consumer<Occurrence> listener;
    private UUID delegate;

    /** @param listener is told of each write right after it, also inside of a change set that may yet be undone */
    Writer(Store store, Settings settings, Clock clock, Consumer<Occurrence> listener) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * @param impersonating the user that makes the next writes in another one's name; null when nobody is impersonated
     */
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
        if (draft.table().name().equals("opportunity")) {
            OpportunityStates.requireOpen(draft);
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
                throw new Refusal(412, "0x80060892",
                        "Entity Key " + key.name() + " violated. A record with the same value for "
                                + String.join(", ", key.columns())
                                + " already exists. A duplicate record cannot be created.");
            }
        }
    }

    private Row insert(Draft draft, UUID actor) {
        Table table = draft.table();
        Map<String, Object> values = defaults(table, actor);
        Map<String, Object> given = new HashMap<>(draft.values());
        draft.parents().forEach((lookup, parent) -> given.put(lookup.name(),
                new Ref(parent.table().name(), insert(parent, actor).id())));
        values.putAll(given);
        Object backdated = values.remove("overriddencreatedon");
        if (backdated != null) {
            values.put("createdon", backdated);
        }
        Row row = store.insert(table, draft.id() == null ? UUID.randomUUID() : draft.id(), settled(table, values));
        tell("Create", table, row.id(), given, actor);
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
        Row updated = store.update(row, settled(table, values));
        Map<String, Object> given = new HashMap<>(draft.values());
        given.computeIfAbsent("modifiedon", values::get);
        tell("Update", table, row.id(), given, actor);
        if (draft.values().get("ownerid") != null) {
            tell("Assign", table, row.id(), draft.values(), actor);
        }
        return updated;
    }

    void delete(Row row, UUID actor) {
        store.delete(row);
        tell("Delete", row.table(), row.id(), Map.of(), actor);
    }

    /** Lets those hear of something that was done who have asked for it. */
    void tell(String message, Table table, UUID row, Map<String, Object> given, UUID actor) {
        listener.accept(new Occurrence(message, table, row, given, actor, delegate == null ? actor : delegate));
    }

    /** Computed columns, and no entries for empty ones. */
    private Map<String, Object> settled(Table table, Map<String, Object> values) {
        if (values.get("ownerid") instanceof Ref owner && table.column("owninguser") != null) {
            boolean team = owner.table().equals(Column.TEAM);
            values.put("owninguser", team ? null : owner);
            values.put("owningteam", team ? owner : null);
            values.put("owningbusinessunit", new Ref("businessunit", Seed.BUSINESS_UNIT));
        }
        if (table.name().equals("contact") || table.name().equals("lead")) {
            values.put("fullname", fullName(values));
        }
        Row currency = store.follow(values.get("transactioncurrencyid"));
        if (table.column("exchangerate") != null && currency != null) {
            values.put("exchangerate", currency.get("exchangerate"));
        }
        round(table, values, currency);
        table.columns().keySet().stream().filter(name -> name.endsWith(StandardTables.IN_BASE)).forEach(name -> {
            Object value = values.get(name.substring(0, name.length() - StandardTables.IN_BASE.length()));
            values.put(name, value == null || currency == null ? null : ((BigDecimal) value)
                    .divide((BigDecimal) currency.get("exchangerate"), MathContext.DECIMAL64)
                    .setScale(2, RoundingMode.HALF_EVEN));
        });
        values.values().removeIf(Objects::isNull);
        return Map.copyOf(values);
    }

    /** Amounts have as many decimals as the currency of their row. */
    private static void round(Table table, Map<String, Object> values, Row currency) {
        int decimals = currency != null && currency.get("currencyprecision") instanceof Integer precision ? precision
                : DECIMALS;
        table.columns().values().stream()
                .filter(column -> column.type() == Column.Type.Money && values.get(column.name()) instanceof BigDecimal)
                .forEach(column -> values.put(column.name(),
                        ((BigDecimal) values.get(column.name())).setScale(decimals, RoundingMode.HALF_EVEN)));
    }

    private static String fullName(Map<String, Object> values) {
        String first = (String) values.get("firstname");
        String last = (String) values.get("lastname");
        return first == null ? last : last == null ? first : first + " " + last;
    }
}
