package dev.cosell.sandbox.salesforce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** Behaviour of the org that a person or a test may change (docs/sandbox.md). */
final class Switches {
    private static final int LARGEST_PAGE = 2000;
    private static final int USUAL_DAILY_CALLS = 100_000;

    boolean unknownStages;
    boolean multiCurrency;
    /** Whether addresses have their states and countries from lists. */
    boolean countryPicklists;
    boolean duplicates;
    /** Whether a field that was made by API is seen only when a permission set of the user says so. */
    boolean fieldPermissions;
    /** Whether the API user may change the schema and permissions. */
    boolean customizeApplication;
    /** Whether the API user may see how the org is set up. */
    boolean viewSetup;
    int queryPage;
    /** Rows of a sub-query before it continues with a locator. */
    int childPage;
    /** Calls a day after which every call is refused; 0 for no end. */
    int dailyCalls;
    int pollSeconds;
    /** How long transactions last: a row is stamped so many seconds before anybody else sees it. */
    int commitSeconds;
    /** Whether an event tells the name that the client gave itself. */
    boolean originNamesClient;
    /** Objects selected for Change Data Capture. */
    List<String> captured;
    /** The channel that they are selected for; the standard one is that of the page in Setup. */
    String captureChannel;
    /** Objects of which the integration user sees only the rows that it owns, as where the default is Private. */
    private List<String> ownRowsOnly;
    /** Who gets leads by the active assignment rule; null when there is no rule. */
    String leadsGoTo;
    /** What a flow of the org sets in each row that the API writes, by object. */
    private Map<String, Object> automation;
    private List<String> hidden;
    private Map<String, Object> described;
    private String failCode;
    /** The one row whose writes fail; null for all. */
    private String failId;
    private String failMessage;
    private int failTimes;
    private BiPredicate<ObjectType, Field> granted = (type, field) -> true;
    private Supplier<String> user = () -> null;

    Switches() {
        reset();
    }

    void reset() {
        unknownStages = false;
        multiCurrency = true;
        countryPicklists = false;
        duplicates = false;
        fieldPermissions = true;
        customizeApplication = true;
        viewSetup = true;
        captureChannel = "ChangeEvents";
        queryPage = LARGEST_PAGE;
        childPage = LARGEST_PAGE;
        dailyCalls = 0;
        pollSeconds = 110;
        commitSeconds = 0;
        originNamesClient = true;
        captured = List.of();
        ownRowsOnly = List.of();
        leadsGoTo = null;
        automation = Map.of();
        hidden = List.of();
        described = Map.of();
        failTimes = 0;
    }

    void set(Map<String, Object> json) {
        unknownStages = json.get("unknownStages") instanceof Boolean flag ? flag : unknownStages;
        multiCurrency = json.get("multiCurrency") instanceof Boolean flag ? flag : multiCurrency;
        countryPicklists = json.get("countryPicklists") instanceof Boolean flag ? flag : countryPicklists;
        duplicates = json.get("duplicates") instanceof Boolean flag ? flag : duplicates;
        fieldPermissions = json.get("fieldPermissions") instanceof Boolean flag ? flag : fieldPermissions;
        customizeApplication = json.get("customizeApplication") instanceof Boolean flag ? flag : customizeApplication;
        viewSetup = json.get("viewSetup") instanceof Boolean flag ? flag : viewSetup;
        captureChannel = json.get("changeDataChannel") instanceof String name ? name : captureChannel;
        queryPage = json.get("queryPage") instanceof Number page ? page.intValue() : queryPage;
        childPage = json.get("childPage") instanceof Number page ? page.intValue() : childPage;
        dailyCalls = json.get("dailyCalls") instanceof Number calls ? calls.intValue() : dailyCalls;
        pollSeconds = json.get("pollSeconds") instanceof Number seconds ? seconds.intValue() : pollSeconds;
        commitSeconds = json.get("commitSeconds") instanceof Number seconds ? seconds.intValue() : commitSeconds;
        originNamesClient = json.get("originNamesClient") instanceof Boolean flag ? flag : originNamesClient;
        if (json.get("changeDataCapture") instanceof List<?> names) {
            captured = names.stream().map(Object::toString).toList();
        }
        if (json.get("hiddenFields") instanceof List<?> names) {
            hidden = names.stream().map(name -> name.toString().toLowerCase(Locale.ROOT)).toList();
        }
        if (json.get("ownRowsOnly") instanceof List<?> names) {
            ownRowsOnly = names.stream().map(Object::toString).toList();
        }
        leadsGoTo = json.containsKey("leadsGoTo") ? (String) json.get("leadsGoTo") : leadsGoTo;
        if (json.containsKey("automation")) {
            automation = Database.object(json.get("automation"));
        }
        if (json.containsKey("described")) {
            described = Database.object(json.get("described"));
        }
        if (json.containsKey("failWrites")) {
            failWrites(Database.object(json.get("failWrites")));
        }
    }

    private void failWrites(Map<String, Object> rule) {
        failTimes = rule == null ? 0 : rule.get("times") instanceof Number times ? times.intValue() : 1;
        failCode = rule == null ? null : (String) rule.get("errorCode");
        failId = rule == null ? null : (String) rule.get("id");
        failMessage = rule == null ? null : (String) rule.getOrDefault("message", failCode);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("unknownStages", unknownStages);
        json.put("multiCurrency", multiCurrency);
        json.put("countryPicklists", countryPicklists);
        json.put("duplicates", duplicates);
        json.put("fieldPermissions", fieldPermissions);
        json.put("customizeApplication", customizeApplication);
        json.put("viewSetup", viewSetup);
        json.put("queryPage", queryPage);
        json.put("childPage", childPage);
        json.put("dailyCalls", dailyCalls);
        json.put("pollSeconds", pollSeconds);
        json.put("commitSeconds", commitSeconds);
        json.put("originNamesClient", originNamesClient);
        json.put("changeDataCapture", captured);
        json.put("changeDataChannel", captureChannel);
        json.put("hiddenFields", hidden);
        json.put("ownRowsOnly", ownRowsOnly);
        json.put("leadsGoTo", leadsGoTo);
        json.put("automation", automation);
        json.put("described", described);
        if (failTimes > 0) {
            json.put("failWrites", Map.of("errorCode", failCode, "message", failMessage, "times", failTimes));
        }
        return json;
    }

    /**
     * Properties that describe shows in place of the true ones; empty for none.
     *
     * @param of an object, or an object and a field with a point in between
     */
    Map<String, Object> described(String of) {
        Map<String, Object> properties = Database.object(described.get(of));
        return properties == null ? Map.of() : properties;
    }

    /** What a flow of the org sets in a row of this object after the API has written it; empty for none. */
    Map<String, Object> automation(String object) {
        Map<String, Object> fields = Database.object(automation.get(object));
        return fields == null ? Map.of() : fields;
    }

    /** The limit that headers and the limits resource tell. */
    int shownDailyCalls() {
        return dailyCalls > 0 ? dailyCalls : USUAL_DAILY_CALLS;
    }

    /** Whether the integration user sees a field: field-level security hides it completely. */
    boolean visible(ObjectType type, Field field) {
        if (!multiCurrency && field.name().equals("CurrencyIsoCode")
                || !countryPicklists && CountryPicklists.bring(field)) {
            return false;
        }
        if (fieldPermissions && !granted.test(type, field)) {
            return false;
        }
        return hidden.isEmpty() || !hidden.contains((type.name + "." + field.name()).toLowerCase(Locale.ROOT));
    }

    /** Whether the integration user sees a row: others share theirs or not. */
    boolean sees(Row row) {
        return !ownRowsOnly.contains(row.type().name) || user.get().equals(row.get("OwnerId"));
    }

    /** Tells who the integration user is. @param id of the user */
    void usedBy(Supplier<String> id) {
        user = id;
    }

    /** Tells which fields the permission sets of the integration user show. */
    void grantedBy(BiPredicate<ObjectType, Field> permissions) {
        granted = permissions;
    }

    /**
     * Throws the error that was ordered for the next write, if any is left.
     *
     * @param id of the row that is written; null for a new one
     */
    void failIfOrdered(String id) {
        if (failTimes > 0 && (failId == null || failId.equals(id))) {
            failTimes--;
            throw Refusal.bad(failCode, failMessage);
        }
    }
}
