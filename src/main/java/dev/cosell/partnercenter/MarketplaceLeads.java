package dev.cosell.partnercenter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cosell.http.ReceivedJson;
import dev.cosell.sync.books.PushedLeads;
import dev.cosell.verbs.Hint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Leads as the commercial marketplace posts them to an address of the publisher, and the referral that such a lead
 * stands for: it has the fields that a lead of Partner Center has, so that one mapping serves both.
 */
public final class MarketplaceLeads {
    /**
     * Source, action and offer, as in {@code AzureMarketplace-Create|Crane Insight}; the names of marketplaces change.
     */
    private static final Pattern LEAD_SOURCE = Pattern.compile("([^|]+)-([^-|]+)\\|(.*)", Pattern.DOTALL);
    private static final List<String> TEXTS = List.of("ActionCode", "OfferTitle", "Description");
    private static final String USER = "UserDetails";
    private static final List<String> USER_TEXTS = List.of("FirstName", "LastName", "Email", "Phone", "Country",
            "Company", "Title");
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private static final ReceivedJson RECEIVED = new ReceivedJson(Hint.MARKETPLACE, STRICT);

    private final PushedLeads store;

    public MarketplaceLeads(PushedLeads store) {
        this.store = store;
    }

    /**
     * Whether a text is such a lead: an object with a {@code LeadSource}, however it is spelled, {@code UserDetails},
     * and texts where texts belong. Properties nobody knows are accepted.
     */
    public static boolean valid(String text) {
        try {
            return STRICT.readValue(text, Object.class) instanceof Map<?, ?> lead
                    && lead.get("LeadSource") instanceof String source && !source.isBlank()
                    && lead.get(USER) instanceof Map<?, ?> user && texts(lead, TEXTS) && texts(user, USER_TEXTS);
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }

    private static boolean texts(Map<?, ?> group, List<String> names) {
        return names.stream().map(group::get).allMatch(value -> value == null || value instanceof String);
    }

    /** The lead as a referral that waits for an answer; null when it is not kept any more. */
    public Map<String, Object> get(String id) {
        String text = store.body(id);
        if (text == null) {
            return null;
        }
        try {
            return referral(id, (Map<?, ?>) RECEIVED.tree(text));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("The stored lead " + id + " is no JSON", broken);
        }
    }

    private static Map<String, Object> referral(String id, Map<?, ?> lead) {
        Source source = source(lead);
        String offer = Objects.requireNonNullElse(text(lead, "OfferTitle"), source.offer());
        Map<String, Object> referral = new LinkedHashMap<>();
        referral.put("id", id);
        referral.put("eTag", "pushed");
        referral.put("name", offer);
        referral.put("type", "Independent");
        referral.put("qualification", "Direct");
        referral.put("direction", "Incoming");
        referral.put("status", "New");
        referral.put("substatus", "Received");
        referral.put("referralSource", source.name());
        referral.put("callToAction", source.action());
        referral.put("offerId", source.offer());
        String happened = source.name() + (source.action() == null ? "" : ", " + source.action())
                + (offer.equals(source.name()) ? "" : ": " + offer);
        Paths.put(referral, "details.notes", Stream.of(text(lead, "Description"), happened).filter(Objects::nonNull)
                .collect(Collectors.joining("\n")));
        referral.put("customerProfile", customer((Map<?, ?>) lead.get(USER)));
        return referral;
    }

    /** @param action null when nobody said */
    private record Source(String name, String action, String offer) {}

    /** A text in another form is the name of the source as it stands there. */
    private static Source source(Map<?, ?> lead) {
        String text = (String) lead.get("LeadSource");
        Matcher parts = LEAD_SOURCE.matcher(text);
        return parts.matches() ? new Source(parts.group(1), parts.group(2), parts.group(3))
                : new Source(text, text(lead, "ActionCode"), text);
    }

    private static Map<String, Object> customer(Map<?, ?> user) {
        Map<String, Object> person = new LinkedHashMap<>();
        put(person, "firstName", user, "FirstName");
        put(person, "lastName", user, "LastName");
        put(person, "email", user, "Email");
        put(person, "phoneNumber", user, "Phone");
        put(person, "title", user, "Title");
        Map<String, Object> address = new LinkedHashMap<>();
        put(address, "country", user, "Country");
        Map<String, Object> customer = new LinkedHashMap<>();
        put(customer, "name", user, "Company");
        customer.put("address", address);
        customer.put("team", List.of(person));
        return customer;
    }

    private static void put(Map<String, Object> group, String name, Map<?, ?> user, String userName) {
        String value = text(user, userName);
        if (value != null) {
            group.put(name, value);
        }
    }

    private static String text(Map<?, ?> group, String name) {
        return group.get(name) instanceof String text && !text.isBlank() ? text : null;
    }
}
