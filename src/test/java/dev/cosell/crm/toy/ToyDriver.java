package dev.cosell.crm.toy;

import dev.cosell.stories.Api;
import dev.cosell.stories.CrmDriver;
import dev.cosell.stories.CrmField;
import dev.cosell.stories.LeadDriver;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A seller in the toy CRM. */
public final class ToyDriver implements CrmDriver {
    private static final String OPPORTUNITIES = "/sandbox/opportunities";

    private final Api api;

    public ToyDriver(Api api) {
        this.api = api;
    }

    @Override
    public String name() {
        return ToyCrm.NAME;
    }

    @Override
    public Api api() {
        return api;
    }

    @Override
    public String newOpportunity(Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(
                Map.of("name", "Toy deal", "value", 52000, "currency", "GBP", "closing", "2027-02-28", "stage", "Open",
                        "shared", true, "account", account("GB"), "contact",
                        Map.of("first", "Tom", "last", "Thorne", "email", "tom.thorne@harbour.example",
                                "phone", "+44 118 496 0100"),
                        "solutions", List.of(Map.of("id", "SOL-10010-XYZ", "name", "Harbour Watch"))));
        all.putAll(fields);
        return (String) api.post(OPPORTUNITIES, all).get("id");
    }

    private static Map<String, Object> account(String country) {
        return Map.of("name", "Harbour " + System.nanoTime(), "street", "1 Quay Road", "city", "Reading", "postalCode",
                "RG1 1AA", "country", country);
    }

    @Override
    public Map<String, Object> opportunity(String id) {
        return api.get(OPPORTUNITIES + "/" + id);
    }

    @Override
    public List<Map<String, Object>> opportunities() {
        return Api.list(api.get(OPPORTUNITIES).get("records"));
    }

    @Override
    public String id(Map<String, Object> opportunity) {
        return (String) opportunity.get("id");
    }

    @Override
    public BigDecimal value(Map<String, Object> opportunity) {
        return new BigDecimal(opportunity.get("value").toString());
    }

    @Override
    public String closeDate(Map<String, Object> opportunity) {
        return (String) opportunity.get("closing");
    }

    @Override
    public String referralId(Map<String, Object> opportunity) {
        return (String) opportunity.get("referralId");
    }

    @Override
    public String referralLink(Map<String, Object> opportunity) {
        return String.valueOf(opportunity.get("referralLink"));
    }

    @Override
    public String audit(Map<String, Object> opportunity) {
        return String.valueOf(opportunity.get("audit"));
    }

    @Override
    public boolean syncWanted(Map<String, Object> opportunity) {
        return Boolean.TRUE.equals(opportunity.get("shared"));
    }

    @Override
    public String accountId(Map<String, Object> opportunity) {
        return (String) opportunity.get("accountId");
    }

    @Override
    public String accountName(Map<String, Object> opportunity) {
        return (String) Api.map(opportunity.get("account")).get("name");
    }

    @Override
    public boolean won(Map<String, Object> opportunity) {
        return "Won".equals(opportunity.get("stage"));
    }

    @Override
    public boolean lost(Map<String, Object> opportunity) {
        return "Lost".equals(opportunity.get("stage"));
    }

    private void change(String id, Map<String, Object> fields) {
        api.patch(OPPORTUNITIES + "/" + id, fields);
    }

    @Override
    public void changeValue(String id, int value) {
        change(id, Map.of("value", value));
    }

    @Override
    public void changeValueAndDate(String id, int value, String date) {
        change(id, Map.of("value", value, "closing", date));
    }

    @Override
    public void win(String id) {
        change(id, Map.of("stage", "Won"));
    }

    @Override
    public void editClosed(String id, int value) {
        changeValue(id, value);
    }

    @Override
    public void mendCountry(String id) {
        change(id, Map.of("account", account("GB")));
    }

    @Override
    public Map<String, Object> askForHelp() {
        return Map.of("help", "Demo");
    }

    @Override
    public Map<String, Object> visibleToMicrosoft() {
        return Map.of("visible", true);
    }

    @Override
    public Map<String, Object> withoutContact() {
        return Map.of("contact", Map.of());
    }

    @Override
    public Map<String, Object> withoutSolution() {
        return Map.of("solutions", List.of());
    }

    @Override
    public Map<String, Object> country(String code) {
        return Map.of("account", account(code));
    }

    @Override
    public Map<String, Object> shared(boolean wanted) {
        return Map.of("shared", wanted);
    }

    @Override
    public String sellerEmail() {
        return "tim.toy@contoso.example";
    }

    /** The toy CRM has one user, who owns everything. */
    @Override
    public String ownerEmail(String id) {
        return sellerEmail();
    }

    @Override
    public void colleague(String id, String firstName, String lastName, String email) {
        api.post(OPPORTUNITIES + "/" + id + "/team", Map.of("first", firstName, "last", lastName, "email", email));
    }

    @Override
    public Map<String, Object> writeCall() {
        return Map.of("method", "PATCH", "path", "/api/opportunities");
    }

    @Override
    public String field(CrmField field) {
        return switch (field) {
            case NAME -> "name";
            case VALUE -> "value";
            case CLOSE_DATE -> "closing";
            case NOTES -> "notes";
            case REFERRAL_IDENTIFIER -> "referralId";
            case REFERRAL_LINK -> "referralLink";
            case AUDIT -> "audit";
        };
    }

    @Override
    public String otherSpelling(String id) {
        return id;
    }

    @Override
    public String createPath() {
        return OPPORTUNITIES;
    }

    @Override
    public void work(String id) {
        change(id, Map.of("stage", "Open"));
    }

    @Override
    public void lose(String id) {
        change(id, Map.of("stage", "Lost"));
    }

    @Override
    public boolean talksWhenClosed() {
        return true;
    }

    /** @throws UnsupportedOperationException always: the toy has no leads that a person could look at */
    @Override
    public LeadDriver leads() {
        throw new UnsupportedOperationException("The toy has no leads");
    }

    @Override
    public String whereValueIs(int value) {
        return "value = " + value;
    }

    /** @throws UnsupportedOperationException always: the toy has no errors of its own */
    @Override
    public void failWrites(String id, int times, String words) {
        throw new UnsupportedOperationException("The toy has no errors of its own");
    }
}
