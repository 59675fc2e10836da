package dev.cosell.cluster;

import dev.cosell.app.FreePorts;
import dev.cosell.cluster.Interruption.Kind;
import dev.cosell.crm.dynamics.DynamicsKey;
import dev.cosell.crm.salesforce.SalesforceKey;
import dev.cosell.settings.Key;
import dev.cosell.settings.Setting;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * All wires of one application: to the three systems, and to PostgreSQL and the pair of brokers when they stand
 * outside.
 */
final class Networks implements AutoCloseable {
    private static final List<Setting> SYSTEMS = List.of(Key.SANDBOX_PARTNER_CENTER_PORT, SalesforceKey.SANDBOX_PORT,
            DynamicsKey.SANDBOX_PORT);
    private static final Map<Kind, Wire.State> STATES = Map.of(Kind.CUT, Wire.State.CUT, Kind.SLOW, Wire.State.SLOW,
            Kind.HALF_OPEN, Wire.State.HALF_OPEN, Kind.RUBBISH, Wire.State.RUBBISH);

    private final Map<String, List<Wire>> wires = new LinkedHashMap<>();
    private final List<String> systems;
    private final Map<String, String> settings = new HashMap<>(Map.of(Key.SANDBOX_HOST.text(), Wire.BEHIND));

    /** @param parts embedded, or {@link RealParts#behindWires} */
    Networks(RealParts parts) {
        FreePorts.give(settings, SYSTEMS.toArray(Setting[]::new));
        SYSTEMS.forEach(port -> wires.put(port.text(),
                List.of(Wire.inPlaceOf(Integer.parseInt(settings.get(port.text()))))));
        systems = List.copyOf(wires.keySet());
        if (parts.databaseUrl() != null) {
            Wire database = Wire.to(parts.database().port());
            wires.put("PostgreSQL", List.of(database));
            settings.put(Key.STATE_URL.text(), parts.database().url(database.port()));
            wires.put("the brokers", parts.brokers().ports().stream().map(Wire::inPlaceOf).toList());
        }
    }

    /** What the application is told so that it speaks through the wires. */
    Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    static boolean fail(Kind kind) {
        return STATES.containsKey(kind);
    }

    /**
     * One of them is like this until {@link #areFine}. Rubbish comes from the systems alone: it is the answer of a
     * proxy for HTTP.
     *
     * @return in words
     */
    String one(Kind kind, Random random) {
        List<String> names = kind == Kind.RUBBISH ? systems : List.copyOf(wires.keySet());
        String one = names.get(random.nextInt(names.size()));
        wires.get(one).forEach(wire -> wire.is(STATES.get(kind)));
        return "the network behind " + one + " is " + kind;
    }

    void areFine() {
        wires.values().forEach(each -> each.forEach(wire -> wire.is(Wire.State.OPEN)));
    }

    @Override
    public void close() {
        wires.values().forEach(each -> each.forEach(Wire::close));
    }
}
