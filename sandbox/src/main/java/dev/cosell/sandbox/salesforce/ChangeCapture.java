package dev.cosell.sandbox.salesforce;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Change Data Capture: an event for each committed change of the selected objects, kept for three days. */
final class ChangeCapture {
    /**
     * A row before and after a transaction. {@code before} is null for a new row, {@code after} for one that is gone.
     */
    record Change(Row before, Row after) {
        Row row() {
            return after == null ? before : after;
        }
    }

    /** @param message the data of the Bayeux message */
    record Event(long replayId, String entity, long at, Map<String, Object> message) {}

    private static final Duration KEPT = Duration.ofHours(72);
    private static final int MOST = 1000;
    /** Fields that every write moves; alone they are no change. */
    private static final Set<String> STAMPS = Set.of("LastModifiedDate", "LastModifiedById", "SystemModstamp");
    private static final Set<String> NEVER_SENT = Set.of("Id", "IsDeleted", "SystemModstamp");

    private final Clock clock;
    private final Switches switches;
    private final List<Event> events = new ArrayList<>();
    private Runnable listener = () -> { };
    private String origin = "";
    private long newest;

    ChangeCapture(Clock clock, Switches switches) {
        this.clock = clock;
        this.switches = switches;
    }

    void listen(Runnable whenEventsCame) {
        listener = whenEventsCame;
    }

    /** Says where the next changes come from; an empty text is the user interface. */
    void from(String origin) {
        this.origin = origin;
    }

    boolean isOn() {
        return !switches.captured.isEmpty();
    }

    static String channel(String entity) {
        return "/data/" + (entity.endsWith("__c") ? entity.substring(0, entity.length() - 3) + "__ChangeEvent"
                : entity + "ChangeEvent");
    }

    /** The id of an object's event schema; the same for ever. */
    static String schemaId(String entity) {
        UUID id = UUID.nameUUIDFromBytes(entity.getBytes(StandardCharsets.UTF_8));
        byte[] bytes = ByteBuffer.allocate(16).putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits()).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Takes the changes of one transaction. Rows that changed alike share an event. */
    void committed(Collection<Change> changes) {
        Map<List<Object>, List<String>> alike = new LinkedHashMap<>();
        Map<List<Object>, String> users = new LinkedHashMap<>();
        for (Change change : changes) {
            String type = typeOf(change);
            if (type == null || !switches.captured.contains(change.row().type().name)) {
                continue;
            }
            List<Object> key = List.of(change.row().type().name, type, fields(change, type),
                    changedFields(change, type));
            alike.computeIfAbsent(key, each -> new ArrayList<>()).add(change.row().id());
            users.putIfAbsent(key, change.row().text("LastModifiedById"));
        }
        String transaction = UUID.randomUUID().toString();
        int number = 0;
        for (Map.Entry<List<Object>, List<String>> group : alike.entrySet()) {
            List<Object> key = group.getKey();
            Map<String, Object> header = header((String) key.get(0), group.getValue(), (String) key.get(1), transaction,
                    ++number);
            header.put("commitUser", users.get(key));
            header.put("changedFields", key.get(3));
            add((String) key.get(0), header, Database.object(key.get(2)));
        }
        if (!alike.isEmpty()) {
            listener.run();
        }
    }

    /** An event that only says that something happened, as the platform sends when it cannot tell more. */
    void gap(String entity, String type, List<String> ids) {
        add(entity, header(entity, ids, type, UUID.randomUUID().toString(), 1), Map.of());
        listener.run();
    }

    private void add(String entity, Map<String, Object> header, Map<String, Object> fields) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("ChangeEventHeader", header);
        payload.putAll(fields);
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("schema", schemaId(entity));
        message.put("payload", payload);
        message.put("event", Map.of("replayId", ++newest));
        events.add(new Event(newest, entity, clock.millis(), message));
        while (events.size() > MOST) {
            events.remove(0);
        }
    }

    private Map<String, Object> header(String entity, List<String> ids, String type, String transaction, int number) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("entityName", entity);
        header.put("recordIds", ids);
        header.put("changeType", type);
        header.put("changeOrigin", origin);
        header.put("transactionKey", transaction);
        header.put("sequenceNumber", number);
        header.put("commitTimestamp", clock.millis());
        header.put("commitNumber", newest + 1);
        header.put("nulledFields", List.of());
        header.put("diffFields", List.of());
        return header;
    }

    /** Null when nothing has changed but stamps. */
    private static String typeOf(Change change) {
        boolean was = change.before() != null && !change.before().deleted();
        boolean is = change.after() != null && !change.after().deleted();
        if (was && is) {
            return changedFields(change, "UPDATE").isEmpty() ? null : "UPDATE";
        }
        return was ? "DELETE" : !is ? null : change.before() == null ? "CREATE" : "UNDELETE";
    }

    private static List<String> changedFields(Change change, String type) {
        if (!type.equals("UPDATE")) {
            return List.of();
        }
        List<String> changed = new ArrayList<>();
        for (Field field : change.after().type().fields()) {
            if (!NEVER_SENT.contains(field.name())
                    && !Objects.equals(change.before().get(field.name()), change.after().get(field.name()))) {
                changed.add(field.name());
            }
        }
        if (STAMPS.containsAll(changed)) {
            return List.of();
        }
        if (!changed.contains("LastModifiedDate")) {
            changed.add("LastModifiedDate");
        }
        return changed;
    }

    private static Map<String, Object> fields(Change change, String type) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (type.equals("DELETE")) {
            return fields;
        }
        List<String> changed = changedFields(change, type);
        for (Field field : change.after().type().fields()) {
            Object value = change.after().get(field.name());
            boolean sent = type.equals("UPDATE") ? changed.contains(field.name())
                    : value != null && !NEVER_SENT.contains(field.name());
            if (sent) {
                fields.put(field.name(), field.type() == FieldType.DATETIME && value != null
                        ? value.toString().replace("+0000", "Z") : value);
            }
        }
        return fields;
    }

    /** The kept events of a channel behind a position. */
    List<Event> after(String channel, long position) {
        forgetOld();
        return events.stream().filter(event -> event.replayId() > position && (channel.equals("/data/ChangeEvents")
                || channel.equals(channel(event.entity())))).toList();
    }

    long newest() {
        return newest;
    }

    /** Whether events behind this position can be given. */
    boolean knows(long position) {
        forgetOld();
        long oldest = events.isEmpty() ? newest + 1 : events.get(0).replayId();
        return position >= oldest - 1 && position <= newest;
    }

    private void forgetOld() {
        long limit = clock.millis() - KEPT.toMillis();
        events.removeIf(event -> event.at() < limit);
    }

    void clear() {
        events.clear();
        newest = 0;
        origin = "";
    }

    Map<String, Object> snapshot() {
        return Map.of("newest", newest, "events",
                events.stream().map(event -> Map.of("replayId", event.replayId(), "entity", event.entity(),
                        "at", event.at(), "message", event.message())).toList());
    }

    void restore(Map<String, Object> snapshot) {
        clear();
        newest = ((Number) snapshot.get("newest")).longValue();
        for (Object each : (List<?>) snapshot.get("events")) {
            Map<String, Object> event = Database.object(each);
            events.add(new Event(((Number) event.get("replayId")).longValue(), (String) event.get("entity"),
                    ((Number) event.get("at")).longValue(), Database.object(event.get("message"))));
        }
    }
}
