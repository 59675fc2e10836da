package dev.cosell.cluster;

import java.util.List;

/** What several instances need, each in processes of its own as in production: PostgreSQL, a primary broker and its backup. */
final class RealParts implements AutoCloseable {
    private final DatabaseServer database = new DatabaseServer();
    private final BrokerPair brokers;
    private final List<String> javaOptions;

    /** Everything runs. @param javaOptions what Java is told for each application */
    RealParts(List<String> javaOptions) {
        this.javaOptions = javaOptions;
        try {
            brokers = new BrokerPair();
        } catch (RuntimeException | Error failed) {
            database.close();
            throw failed;
        }
    }

    String databaseUrl() {
        return database.url();
    }

    /** The brokers miss a frozen instance after four seconds. */
    String brokerUrl() {
        return brokers.url() + "&connectionTTL=4000&clientFailureCheckPeriod=1000";
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
        brokers.close();
        database.close();
    }
}
