package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Call;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out who has registered for what happens, and lets them be told once it is committed. */
final class Webhooks {
    /**
     * What a call wants of the business logic that follows from it.
     *
     * @param tag     mark that those who are told see; null for none
     * @param modes   {@code CustomSync}, {@code CustomAsync}: steps of that mode are left out
     * @param stepIds steps that are left out
     */
    record Terms(String tag, Set<String> modes, Set<String> stepIds) {
        static final Terms USUAL = new Terms(null, Set.of(), Set.of());

        static Terms of(Call call) {
            Set<String> modes = names(call.header("MSCRM.BypassBusinessLogicExecution"));
            if ("true".equalsIgnoreCase(call.header("MSCRM.BypassCustomPluginExecution"))) {
                modes = Stream.concat(modes.stream(), Stream.of("customsync")).collect(Collectors.toSet());
            }
            return new Terms(call.query("tag"), modes, names(call.header("MSCRM.BypassBusinessLogicExecutionStepIds")));
        }

        private static Set<String> names(String header) {
            return header == null ? Set.of()
                    : Arrays.stream(header.split(",")).map(name -> name.strip().toLowerCase(Locale.ROOT))
                            .collect(Collectors.toSet());
        }

        boolean leaveOut(Row step) {
            boolean synchronous = Integer.valueOf(EventTables.SYNCHRONOUS).equals(step.get("mode"));
            return modes.contains(synchronous ? "customsync" : "customasync") || stepIds.contains(step.id().toString());
        }
    }

    private final Store store;
    private final WebhookDeliveries deliveries;
    private final Clock clock;
    private Terms terms = Terms.USUAL;

    Webhooks(Store store, WebhookDeliveries deliveries, Clock clock) {
        this.store = store;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /** From now on what happens does so on these terms; returns those that were in force. */
    Terms on(Terms next) {
        Terms before = terms;
        terms = next;
        return before;
    }

    void happened(Occurrence occurrence) {
        for (Row step : List.copyOf(store.rows(EventTables.STEP).all())) {
            Row endpoint = store.follow(step.get("eventhandler"));
            if (asksFor(step, occurrence) && isWebhook(endpoint) && !terms.leaveOut(step)) {
                Map<String, Object> context = RemoteContext.of(store, occurrence, step, terms.tag(), clock);
                store.afterCommit(() -> deliveries.send(endpoint, step, occurrence, context));
            }
        }
    }

    private static boolean isWebhook(Row endpoint) {
        return endpoint != null && Integer.valueOf(EventTables.WEBHOOK).equals(endpoint.get("contract"));
    }

    private boolean asksFor(Row step, Occurrence occurrence) {
        Row message = store.follow(step.get("sdkmessageid"));
        Row filter = store.follow(step.get("sdkmessagefilterid"));
        return Integer.valueOf(0).equals(step.get("statecode"))
                && message != null && occurrence.message().equals(message.get("name"))
                && (filter == null || occurrence.table().name().equals(filter.get("primaryobjecttypecode")))
                && (!occurrence.message().equals("Update")
                        || touches((String) step.get("filteringattributes"), occurrence));
    }

    /** A column that is written counts, also with the value that it had already. */
    private static boolean touches(String attributes, Occurrence occurrence) {
        return attributes == null || attributes.isBlank()
                || Arrays.stream(attributes.split(","))
                        .anyMatch(name -> occurrence.given().containsKey(name.strip().toLowerCase(Locale.ROOT)));
    }
}
