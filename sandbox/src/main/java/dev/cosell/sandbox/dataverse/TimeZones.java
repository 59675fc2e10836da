package dev.cosell.sandbox.dataverse;

import static dev.cosell.sandbox.dataverse.Column.integer;
import static dev.cosell.sandbox.dataverse.Column.text;

import java.util.Map;
import java.util.UUID;

/**
 * The time zones that an environment knows, and which of them each user lives in. Zones are numbered, and named as
 * Windows names them.
 */
final class TimeZones {
    static final String SETTINGS = "usersettings";
    private static final String DEFINITION = "timezonedefinition";
    private static final int UTC = 92;
    private static final Map<Integer, String> SOME = Map.of(4, "Pacific Standard Time", 35, "Eastern Standard Time", 85,
            "GMT Standard Time", UTC, "UTC",
            110, "W. Europe Standard Time", 190, "India Standard Time", 235, "Tokyo Standard Time");

    private TimeZones() {}

    static void addTo(Schema schema) {
        schema.add(StandardTables
                .stamped(new Table("UserSettings", "usersettingscollection", "systemuserid", "workdaystarttime", false)
                        .with(integer("timezonecode", -1, 1500).initially(UTC),
                                integer("uilanguageid", 0, 9999).initially(1033),
                                text("workdaystarttime", 5), text("workdaystoptime", 5))));
        schema.add(StandardTables.stamped(new Table("TimeZoneDefinition", "timezonedefinitions", "timezonedefinitionid",
                "userinterfacename", false)
                .with(integer("timezonecode", 0, 10_000), text("standardname", 100), text("userinterfacename", 100))));
    }

    /** In every environment; users begin in the zone of the organisation. */
    static void plant(Store store) {
        SOME.forEach((code, name) -> store.insert(store.schema().named(DEFINITION),
                UUID.fromString(Definitions.id("time zone " + code)),
                Map.of("timezonecode", code, "standardname", name, "userinterfacename", name)));
        for (UUID user : new UUID[] {Seed.APPLICATION, Seed.SELLER}) {
            store.insert(store.schema().named(SETTINGS), user, Map.of("timezonecode", UTC, "uilanguageid", 1033));
        }
    }
}
