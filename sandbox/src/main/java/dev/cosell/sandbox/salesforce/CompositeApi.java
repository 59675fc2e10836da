package dev.cosell.sandbox.salesforce;

import java.util.function.Function;

/** The composite resources: several calls or rows in one call. */
final class CompositeApi {
    private final Composite composite;
    private final CompositeBatch batch;
    private final CompositeTree tree;
    private final SObjectCollections collections;

    /** @param api carries out one call without committing */
    CompositeApi(Engine engine, Function<ApiCall, ApiAnswer> api) {
        composite = new Composite(engine.database(), api);
        batch = new CompositeBatch(engine.database(), api);
        tree = new CompositeTree(engine);
        collections = new SObjectCollections(engine);
    }

    ApiAnswer handle(ApiCall call) {
        if (call.at(1).equals("sobjects")) {
            return collections.handle(call);
        }
        if (!call.method().equals("POST")) {
            throw new Refusal(405, "METHOD_NOT_ALLOWED",
                    "HTTP Method '" + call.method() + "' not allowed. Allowed are POST");
        }
        return switch (call.at(1)) {
            case "" -> composite.run(call);
            case "graph" -> composite.runGraphs(call);
            case "batch" -> batch.run(call);
            case "tree" -> tree.run(call);
            default -> throw Refusal.notFound();
        };
    }
}
