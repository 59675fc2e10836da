package dev.cosell.sandbox.dataverse;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** Columns as request bodies of the metadata API describe them. */
final class NewColumns {
    private static final String SCHEMA_NAME = "[a-zA-Z][a-zA-Z0-9]{1,7}_[A-Za-z0-9_]{1,41}";

    private NewColumns() {}

    /** The schema name; refuses one without a publisher's prefix. */
    static String schemaName(Map<?, ?> body) {
        if (!(body.get("SchemaName") instanceof String name) || !name.matches(SCHEMA_NAME)) {
            throw Refusal.invalidArgument("The schema name '" + body.get("SchemaName")
                    + "' is missing or does not begin with a customization prefix and an underscore.");
        }
        return name;
    }

    static Column read(Map<?, ?> body) {
        String name = schemaName(body);
        String type = String.valueOf(body.get("@odata.type")).replaceAll("^.*\\.", "").replace("AttributeMetadata", "");
        return switch (type) {
            case "String" -> Column.text(name, length(body, 100, 4000));
            case "Memo" -> Column.memo(name, length(body, 2000, 1_048_576));
            case "Integer" -> bounded(name, Column.Type.Integer, body, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "Decimal" -> bounded(name, Column.Type.Decimal, body, -100_000_000_000L, 100_000_000_000L);
            case "Money" -> bounded(name, Column.Type.Money, body, -922_337_203_685_477L, 922_337_203_685_477L);
            case "BigInt" -> Column.of(name, Column.Type.BigInt);
        case "Boolean" -> Column.of(name, Column.Type.Boolean).initially(Boolean.TRUE.equals(body.get("DefaultValue")));
            case "DateTime" -> date(name, body);
            case "Picklist" -> choice(name, body);
            default -> throw Refusal.invalidArgument("A column of type '" + type + "' cannot be created here.");
        };
    }

    /** The behaviour decides what is kept; the format only how it is shown. */
    private static Column date(String name, Map<?, ?> body) {
        String behaviour = body.get("DateTimeBehavior") instanceof Map<?, ?> given ? String.valueOf(given.get("Value"))
                : "UserLocal";
        return switch (behaviour) {
            case "DateOnly" -> Column.of(name, Column.Type.DateOnly);
            case "UserLocal", "TimeZoneIndependent" -> Column.of(name, Column.Type.DateTime);
            default -> throw Refusal.invalidArgument("The DateTimeBehavior '" + behaviour + "' is not valid.");
        };
    }

    /** A lookup column, which comes with its relationship. */
    static Column lookup(Map<?, ?> body, String target, boolean cascade) {
        String name = schemaName(body);
        Column lookup = Column.lookup(name, Column.Type.Lookup, name, target);
        return cascade ? lookup.cascading() : lookup;
    }

    private static int length(Map<?, ?> body, int usual, int most) {
        int length = body.get("MaxLength") instanceof Number number ? number.intValue() : usual;
        if (length < 1 || length > most) {
            throw Refusal.invalidArgument("The MaxLength " + length + " is outside of 1 to " + most + ".");
        }
        return length;
    }

    private static Column bounded(String name, Column.Type type, Map<?, ?> body, long least, long most) {
        Column bare = Column.of(name, type);
        return new Column(bare.name(), name, type, 0, number(body.get("MinValue"), least),
                number(body.get("MaxValue"), most), bare.options(),
                true, true, Map.of(), null, false);
    }

    private static BigDecimal number(Object given, long otherwise) {
        return given instanceof Number number ? new BigDecimal(number.toString()) : BigDecimal.valueOf(otherwise);
    }

    private static Column choice(String name, Map<?, ?> body) {
        Column bare = Column.of(name, Column.Type.Picklist);
        Integer initial = body.get("DefaultFormValue") instanceof Number value && value.intValue() >= 0
                ? value.intValue() : null;
        return new Column(bare.name(), name, Column.Type.Picklist, 0, null, null,
                new TreeMap<>(OptionSets.read(body.get("OptionSet"))),
                true, true, Map.of(), initial, false);
    }
}
