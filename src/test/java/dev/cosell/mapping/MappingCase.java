package dev.cosell.mapping;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One folder under src/test/resources/mapping: the same deal as both sides show it. */
record MappingCase(Path folder, ShippedTables tables) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** A table of this CRM, what it is about on each side, and what its records are called. */
    record Side(CompiledTable table, Map<String, Object> referral, Map<String, Object> crm) {}

    /** Opportunity, account and contact, as far as the case has files for them. */
    List<Side> sides() throws IOException {
        Map<String, Object> referral = json("referral.json");
        Map<String, Object> customer = group(referral, "customerProfile");
        List<Side> sides = new ArrayList<>();
        sides.add(new Side(tables.opportunity(), referral, json("opportunity.json")));
        sides.add(new Side(tables.account(), customer, json("account.json")));
        sides.add(new Side(tables.contact(), firstContact(customer), json("contact.json")));
        return sides;
    }

    boolean has(String file) {
        return Files.exists(folder.resolve(file));
    }

    List<String> faults() throws IOException {
        return Files.readAllLines(folder.resolve("fault.txt"));
    }

    /** Null when the case has no such file. */
    Map<String, Object> json(String file) throws IOException {
        return has(file) ? JSON.readValue(folder.resolve(file).toFile(), new TypeReference<LinkedHashMap<String, Object>>() {}) : null;
    }

    /** What comes back when values are written to JSON and read again. */
    static Object roundTrip(Object value) throws IOException {
        return JSON.readValue(JSON.writeValueAsString(value), Object.class);
    }

    private static Map<String, Object> firstContact(Map<String, Object> customer) {
        return customer != null && customer.get("team") instanceof List<?> team && !team.isEmpty() ? object(team.get(0)) : null;
    }

    private static Map<String, Object> group(Map<String, Object> record, String name) {
        return record == null ? null : object(record.get(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
