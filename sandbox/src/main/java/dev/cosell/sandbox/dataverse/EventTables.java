package dev.cosell.sandbox.dataverse;

import static dev.cosell.sandbox.dataverse.Column.choice;
import static dev.cosell.sandbox.dataverse.Column.lookup;
import static dev.cosell.sandbox.dataverse.Column.memo;
import static dev.cosell.sandbox.dataverse.Column.text;

import dev.cosell.sandbox.dataverse.Column.Type;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The tables in which an environment keeps who is told of which changes, and the messages that can be asked for. */
final class EventTables {
    static final String ENDPOINT = "serviceendpoint";
    static final String MESSAGE = "sdkmessage";
    static final String FILTER = "sdkmessagefilter";
    static final String STEP = "sdkmessageprocessingstep";
    static final int WEBHOOK = 8;
    static final int SYNCHRONOUS = 0;

    private static final List<String> EVERYWHERE = List.of("Create", "Update", "Delete", "Assign");
    private static final List<String> OF_OPPORTUNITIES = List.of("Win", "Lose");

    private EventTables() {}

    static void addTo(Schema schema) {
        schema.add(StandardTables
                .stamped(new Table("ServiceEndpoint", "serviceendpoints", "serviceendpointid", "name", false).with(
                        text("name", 160), memo("description", 2000), text("url", 1024),
                        choice("contract", Type.Picklist, 1, "One Way", 2, "Queue", 3, "Rest", 4, "Two-Way", 5, "Topic",
                                6, "Queue Persistent", 7,
                                "Event Hub", WEBHOOK, "Webhook", 9, "Event Grid"),
                        choice("authtype", Type.Picklist, 0, "Not Specified", 1, "ACS", 2, "SAS Key", 3, "SAS Token", 4,
                                "Webhook Key", 5, "Http Header", 6,
                                "Http Query String", 7, "Connection String", 8, "Access Key", 9, "Managed Identity")
                                .initially(0),
                        text(Column.SECRET, 2000))));
        schema.add(StandardTables.stamped(
                new Table("SdkMessage", "sdkmessages", "sdkmessageid", "name", false).with(text("name", 256))));
        schema.add(StandardTables
                .stamped(new Table("SdkMessageFilter", "sdkmessagefilters", "sdkmessagefilterid", "name", false).with(
                        text("name", 256), text("primaryobjecttypecode", 128),
                        lookup("sdkmessageid", Type.Lookup, "sdkmessageid", MESSAGE))));
        schema.add(StandardTables.stamped(step()));
    }

    private static Table step() {
        return new Table("SdkMessageProcessingStep", "sdkmessageprocessingsteps", "sdkmessageprocessingstepid", "name",
                false)
                .with(text("name", 256), memo("description", 256), memo("filteringattributes", 100_000),
                        Column.integer("rank", 0, 1_000_000).initially(1),
                        choice("mode", Type.Picklist, SYNCHRONOUS, "Synchronous", 1, "Asynchronous").initially(1),
                        choice("stage", Type.Picklist, 10, "Pre-validation", 20, "Pre-operation", 40, "Post-operation")
                                .initially(40),
                        choice("supporteddeployment", Type.Picklist, 0, "Server Only", 1, "Client Only", 2, "Both")
                                .initially(0),
                        Column.of("asyncautodelete", Type.Boolean).initially(false),
                        lookup("sdkmessageid", Type.Lookup, "sdkmessageid", MESSAGE),
                        lookup("sdkmessagefilterid", Type.Lookup, "sdkmessagefilterid", FILTER),
                        lookup("eventhandler", Type.Lookup, "eventhandler_serviceendpoint", ENDPOINT).cascading(),
                        choice("statecode", Type.State, 0, "Enabled", 1, "Disabled").updateOnly().initially(0),
                        choice("statuscode", Type.Status, 1, "Enabled", 2, "Disabled").initially(1));
    }

    /**
     * The messages, each with a filter for every table that knows it; they belong to the system and are there in every
     * environment.
     */
    static void plant(Store store) {
        for (String message : EVERYWHERE) {
            UUID id = message(store, message);
            List.of("opportunity", "account", "contact", "lead", "annotation", "opportunityclose")
                    .forEach(table -> filter(store, message, id, table));
        }
        for (String message : OF_OPPORTUNITIES) {
            filter(store, message, message(store, message), "opportunity");
        }
    }

    private static UUID message(Store store, String name) {
        UUID id = UUID.fromString(Definitions.id("message " + name));
        store.insert(store.schema().named(MESSAGE), id, Map.of("name", name));
        return id;
    }

    private static void filter(Store store, String message, UUID messageId, String table) {
        store.insert(store.schema().named(FILTER), UUID.fromString(Definitions.id("filter " + message + " " + table)),
                Map.of("primaryobjecttypecode", table, "sdkmessageid", new Ref(MESSAGE, messageId)));
    }
}
