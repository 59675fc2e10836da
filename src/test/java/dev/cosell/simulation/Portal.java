package dev.cosell.simulation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Partner Center in memory. */
final class Portal extends Model {
    static final String SYSTEM = "partner-center";
    private int last;

    Portal(World world, long skew) {
        super(SYSTEM, world, skew);
    }

    String nextId() {
        return "00000000-0000-4000-8000-" + digits(++last, 12);
    }

    /** What every new deal has. */
    Map<String, Object> blank(String id) {
        Map<String, Object> deal = new LinkedHashMap<>();
        deal.put("id", id);
        deal.put("engagementId", id.replace("8000-", "9000-"));
        deal.put("organizationId", "contoso");
        deal.put("type", "Independent");
        deal.put("status", "Active");
        deal.put("substatus", "Accepted");
        deal.put("createdDateTime", Instant.ofEpochMilli(world.time.now() + skew).toString());
        deal.put("consent", Map.of("consentToShareReferralWithMicrosoftSellers", false));
        deal.put("customerProfile", Map.of("name", "Tidewater Ltd", "address",
                Map.of("addressLine1", "1 Quay", "city", "Leith", "country", "GB")));
        deal.put("details", Map.of("currency", "GBP"));
        return deal;
    }

    @Override
    void stamp(Map<String, Object> record, long number, Instant at) {
        record.put("eTag", "\"" + number + "\"");
        // Finer than milliseconds, as the real ones are, so that no two changes share one.
        record.put("updatedDateTime", at.plusNanos(number % 1000 * 1000 + 100).toString());
    }

    @Override
    String version(Map<String, Object> record) {
        return (String) record.get("eTag");
    }

    @Override
    Object read(Map<String, Object> record, Field field) {
        Object value = record;
        for (String name : field.portal.split("\\.")) {
            value = value instanceof Map<?, ?> group ? group.get(name) : null;
        }
        return value;
    }

    @Override
    void put(Map<String, Object> record, Field field, Object value) {
        put(record, field.portal, value);
    }

    /** Groups are copied: those of earlier states stay as they were. */
    @SuppressWarnings("unchecked")
    static void put(Map<String, Object> record, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            record.put(path, value);
            return;
        }
        Map<String, Object> group = new LinkedHashMap<>(
                (Map<String, Object>) record.getOrDefault(path.substring(0, dot), Map.of()));
        put(group, path.substring(dot + 1), value);
        record.put(path.substring(0, dot), group);
    }

    @Override
    Status status(Map<String, Object> record) {
        return switch ((String) record.get("status")) {
            case "New" -> Status.NEW;
            case "Closed" -> "Won".equals(record.get("substatus")) ? Status.WON : Status.LOST;
            default -> Status.OPEN;
        };
    }

    @Override
    void status(Map<String, Object> record, Status status) {
        List<String> names = switch (status) {
            case NEW -> List.of("New", "Pending");
            case OPEN -> List.of("Active", "Accepted");
            case WON -> List.of("Closed", "Won");
            case LOST -> List.of("Closed", status(record) == Status.NEW ? "Declined" : "Lost");
        };
        record.put("status", names.get(0));
        record.put("substatus", names.get(1));
    }
}
