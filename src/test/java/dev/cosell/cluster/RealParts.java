package dev.cosell.cluster;

import java.util.List;
import java.util.function.Supplier;

/**
 * What several instances need, each in processes of its own as in production: PostgreSQL, a primary broker and its
 * backup.
 */
final class RealParts implements AutoCloseable {
    private final DatabaseServer database;
    private final BrokerPair brokers;
    private final List<String> javaOptions;

    private RealParts(DatabaseServer database, BrokerPair brokers, List<String> javaOptions) {
        this.database = database;
        this.brokers = brokers;
        this.javaOptions = javaOptions;
    }

    /** Everything runs. @param javaOptions what Java is told for each application */
    static RealParts start(String... javaOptions) {
        return start(BrokerPair::new, javaOptions);
    }

    /** The same, for wires in front of the brokers: they listen at {@link Wire#BEHIND}. */
    static RealParts behindWires() {
        return start(() -> new BrokerPair(Wire.BEHIND));
    }

    private static RealParts start(Supplier<BrokerPair> brokers, String... javaOptions) {
        DatabaseServer database = new DatabaseServer();
        try {
            return new RealParts(database, brokers.get(), List.of(javaOptions));
        } catch (RuntimeException | Error failed) {
            database.close();
            throw failed;
        }
    }

    /** One instance keeps all it needs in its data folder. */
    static RealParts embedded(String... javaOptions) {
        return new RealParts(null, null, List.of(javaOptions));
    }

    /** Null when it is embedded. */
    String databaseUrl() {
        return database == null ? null : database.url();
    }

    /** The brokers miss a frozen instance after four seconds. Null when it is embedded. */
    String brokerUrl() {
        return brokers == null ? null : brokers.url() + "&connectionTTL=4000&clientFailureCheckPeriod=1000";
    }

    List<String> javaOptions() {
        return javaOptions;
    }

    DatabaseServer database() {
        return database;
    }

    BrokerPair brokers() {
        return brokers;
    }

    @Override
    public void close() {
        if (database != null) {
            brokers.close();
            database.close();
        }
    }
}
