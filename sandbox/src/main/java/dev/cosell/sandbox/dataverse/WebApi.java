package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.SandboxServer.Operation;
import java.util.List;
import java.util.function.Function;

/** Which operation an address of the Web API means. */
final class WebApi {
    private final Store store;
    private final Callers callers;
    private final Closing closing;
    private final EntityDefinitions definitions;
    private final MetadataWrites metadataWrites;
    private final ChangeTracking changeTracking;
    private final Batch batch;
    private final Collections collections;
    private final RowCalls rows;
    private final RowParts parts;
    private final BoundActions boundActions;
    private final ServiceMetadata metadata;
    private final ServiceFunctions functions;

    WebApi(Store store, Callers callers, Payload payload, Writer writer, Rendering rendering, Closing closing,
            EntityDefinitions definitions,
            MetadataWrites metadataWrites, ChangeTracking changeTracking, Batch batch) {
        this.store = store;
        this.callers = callers;
        this.closing = closing;
        this.definitions = definitions;
        this.metadataWrites = metadataWrites;
        this.changeTracking = changeTracking;
        this.batch = batch;
        collections = new Collections(store, rendering);
        rows = new RowCalls(store, payload, writer, rendering);
        parts = new RowParts(store, new Properties(store, payload, writer),
                new Associations(store, payload, writer, rendering));
        boundActions = new BoundActions(store, payload, writer);
        metadata = new ServiceMetadata(store.schema());
        functions = new ServiceFunctions(store.schema(), callers);
    }

    /** An operation that answers 404 when the address means none. */
    Operation meant(Call call) {
        List<String> path = Tokens.split(call.path().substring(Links.BASE.length()), '/');
        String first = path.isEmpty() ? "" : path.get(0);
        Operation found = EntityDefinitions.meant(first) ? ofMetadata(call, path)
                : path.size() == 2 && path.get(1).equals("$count") ? count(first)
                : path.size() > 1 ? ofPart(call, path)
                : first.indexOf('(') > 0 && !first.endsWith("()") ? ofRow(call, first) : ofName(call, first);
        return found != null ? found : read(String.join("/", path), c -> {
            String set = first.replaceAll("\\(.*", "");
            throw Refusal.noSegment(store.schema().ofSet(set) == null ? set : path.get(path.size() - 1));
        });
    }

    private Operation ofMetadata(Call call, List<String> path) {
        String set = path.get(0).replaceAll("\\(.*", "");
        return call.method().equals("GET") ? read(set, c -> definitions.read(c, path))
                : write(set, c -> metadataWrites.write(c, path));
    }

    private Operation ofPart(Call call, List<String> path) {
        String first = path.get(0);
        boolean ofRow = first.indexOf('(') > 0;
        Table table = store.schema().ofSet(ofRow ? first.substring(0, first.indexOf('(')) : first);
        if (table == null || path.size() > 3) {
            return null;
        }
        if (!ofRow) {
            String action = path.get(1);
            return call.method().equals("POST") && BoundActions.has(action)
                    ? write(table.set() + "/" + action, c -> boundActions.act(c, table, action, callers.actor(c)))
                    : null;
        }
        String template = table.set() + "({id})/" + path.get(1).replaceAll("\\(.*", "({id})")
                + (path.size() > 2 ? "/" + path.get(2) : "");
        Function<Call, Answer> handler = c -> parts.answer(c, path, callers.actor(c));
        return call.method().equals("GET") ? read(template, handler) : write(template, handler);
    }

    private Operation ofName(Call call, String name) {
        switch (call.method() + " " + name) {
            case "GET ":
                return read("", functions::document);
            case "GET WhoAmI":
            case "GET WhoAmI()":
                return read("WhoAmI", functions::whoAmI);
            case "GET $metadata":
                return read("$metadata", metadata::document);
            case "GET RetrieveVersion":
            case "GET RetrieveVersion()":
                return read("RetrieveVersion", functions::version);
            case "POST $batch":
                return write("$batch", batch::run);
            case "POST WinOpportunity":
                return write(name, c -> close(c, OpportunityStates.WON));
            case "POST LoseOpportunity":
                return write(name, c -> close(c, OpportunityStates.LOST));
            default:
                return call.method().equals("POST") && MetadataWrites.action(name)
                        ? write(name, c -> metadataWrites.act(c, name))
                        : ofSet(call, store.schema().ofSet(name));
        }
    }

    private Operation ofSet(Call call, Table table) {
        if (table == null) {
            return null;
        }
        return switch (call.method()) {
            case "GET" -> read(table.set(), c -> rows(c, table));
            case "POST" -> write(table.set(), c -> rows.create(c, table, callers.actor(c)));
            default -> read(table.set(), WebApi::wrongMethod);
        };
    }

    private Answer rows(Call call, Table table) {
        if (!ChangeTracking.wanted(call)) {
            return collections.read(call, table);
        }
        callers.requireReadOfAll(table);
        return changeTracking.read(call, table);
    }

    private Operation ofRow(Call call, String segment) {
        String set = segment.substring(0, segment.indexOf('('));
        if (store.schema().ofSet(set) == null) {
            return null;
        }
        boolean byId = segment.length() == set.length() + 38 && segment.indexOf('=') < 0;
        String template = set + (byId ? "({id})" : "({key})");
        return switch (call.method()) {
            case "GET" -> read(template, c -> rows.get(c, Address.parse(store, segment)));
            case "PATCH" -> write(template, c -> rows.patch(c, Address.parse(store, segment), callers.actor(c)));
            case "DELETE" -> write(template, c -> rows.delete(c, Address.parse(store, segment), callers.actor(c)));
            default -> read(template, WebApi::wrongMethod);
        };
    }

    private Operation count(String set) {
        Table table = store.schema().ofSet(set);
        return table == null ? null : read(set + "/$count", call -> call.query("$deltatoken") == null
                ? collections.count(call, table) : changeTracking.count(call, table));
    }

    private static Operation read(String template, Function<Call, Answer> handler) {
        return new Operation(template(template), false, handler);
    }

    private static Operation write(String template, Function<Call, Answer> handler) {
        return new Operation(template(template), true, handler);
    }

    private static String template(String rest) {
        return Links.BASE + "/" + rest;
    }

    static Answer wrongMethod(Call call) {
        return Refusal.answer(405, "0x80060888", "The method '" + call.method() + "' is not allowed here.");
    }

    private Answer close(Call call, int state) {
        closing.close(state, call.json(), callers.actor(call));
        return Answer.empty(204);
    }
}
