package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.Numbered;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Controls that do what a seller does in the app, as another user than the sync's own. */
final class SellerControls {
    private static final String PATH = "/sandbox/opportunities";
    private static final Map<String, Object> ALL = Map.of();

    private final Store store;
    private final Payload payload;
    private final Writer writer;
    private final Rendering rendering;
    private final Closing closing;
    private final CosellColumns cosell;
    private final Clock clock;
    private final Table opportunities;

    SellerControls(Store store, Payload payload, Writer writer, Rendering rendering, Closing closing,
            CosellColumns cosell,
            Clock clock) {
        this.store = store;
        this.payload = payload;
        this.writer = writer;
        this.rendering = rendering;
        this.closing = closing;
        this.cosell = cosell;
        this.clock = clock;
        this.opportunities = store.schema().named("opportunity");
    }

    /** Null when the call is none of these controls. */
    Answer answer(Call call) {
        if (!call.path().equals(PATH) && !call.path().startsWith(PATH + "/")) {
            return null;
        }
        String[] rest = call.path().substring(PATH.length()).split("/");
        String action = call.method() + " " + (rest.length > 2 ? rest[2] : rest.length > 1 ? "{id}" : "");
        switch (action) {
            case "POST ":
                Map<String, Object> fields = new LinkedHashMap<>(call.json());
                return fields.remove("count") instanceof Number many ? many(many.intValue(), fields)
                        : shown(201, create(fields));
            case "GET ":
                return Answer.json(200,
                        Map.of("value", store.rows(opportunities).all().stream().map(this::json).toList()));
            case "GET {id}":
                return shown(200, find(rest[1]));
            case "PATCH {id}":
                return shown(200, change(find(rest[1]), call.json()));
            case "DELETE {id}":
                writer.delete(find(rest[1]), Seed.SELLER);
                return Answer.empty(204);
            case "POST win":
                return shown(200, close(find(rest[1]), OpportunityStates.WON, call.json()));
            case "POST lose":
                return shown(200, close(find(rest[1]), OpportunityStates.LOST, call.json()));
            default:
                return null;
        }
    }

    /** By GUID, by Referral Identifier, or the one created last. */
    private Row find(String which) {
        Row row = null;
        if (which.equals("latest")) {
            var last = store.rows(opportunities).bySequence().lastEntry();
            row = last == null ? null : last.getValue();
        } else {
            row = !store.rows(opportunities).indexed(cosell.referralIdentifier()) ? null
                    : store.holding(opportunities, List.of(cosell.referralIdentifier()), List.of(which));
            row = row == null && which.length() == 36 ? store.find(opportunities, UUID.fromString(which)) : row;
        }
        if (row == null) {
            throw new Refusal(404, "0x80040217", "opportunity '" + which + "' does not exist");
        }
        return row;
    }

    private Row create(Map<String, Object> body) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", "Contoso - data platform migration");
        fields.put("description", "Move the reporting estate to the cloud.");
        fields.put("estimatedvalue", 120_000);
        fields.put("estimatedclosedate", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(90).toString());
        fields.put("transactioncurrencyid", "GBP");
        if (opportunities.column(cosell.syncSwitch()) != null) {
            fields.put(cosell.syncSwitch(), true);
        }
        fields.putAll(body);
        Object account = body.getOrDefault("account", ALL);
        Object contact = body.getOrDefault("contact", ALL);
        Object solutions = body.getOrDefault("solutions",
                List.of(Map.of("id", "SOL-10001", "name", "Contoso Data Platform")));
        fields.keySet().removeAll(List.of("account", "contact", "solutions"));
        Draft draft = payload.forCreate(opportunities, withCurrency(fields));
        Ref accountRef = account == null ? null : account(merged(account, accountDefaults()));
        if (accountRef != null) {
            draft.values().putIfAbsent("customerid", accountRef);
            draft.values().putIfAbsent("parentaccountid", accountRef);
        }
        if (contact != null) {
            draft.values().putIfAbsent("parentcontactid", contact(merged(contact, contactDefaults()), accountRef));
        }
        solutionRows(solutionsNavigation() == null ? null : solutions)
                .forEach(row -> draft.child(solutionsNavigation(), row));
        return writer.create(draft, Seed.SELLER);
    }

    /** Alike but for <code>{n}</code> in texts, which is a number; only their number is told. */
    private Answer many(int count, Map<String, Object> fields) {
        for (int i = 0; i < count; i++) {
            create(Numbered.of(fields, i));
        }
        return Answer.json(201, Map.of("count", count));
    }

    private Table.Children solutionsNavigation() {
        return opportunities.collections().get(cosell.solutionsOfOpportunity());
    }

    private static Map<String, Object> accountDefaults() {
        return Map.of("name", "Contoso Ltd", "address1_line1", "1 High Street", "address1_city", "Reading",
                "address1_postalcode", "RG1 1AA", "address1_country", "GB", "numberofemployees", 250);
    }

    private static Map<String, Object> contactDefaults() {
        return Map.of("firstname", "Carla", "lastname", "Customer", "emailaddress1", "carla.customer@contoso.example",
                "telephone1", "+44 118 496 0000", "jobtitle", "Head of Data");
    }

    private static Map<String, Object> merged(Object given, Map<String, Object> defaults) {
        Map<String, Object> merged = new LinkedHashMap<>(defaults);
        ((Map<?, ?>) given).forEach((name, value) -> merged.put((String) name, value));
        return merged;
    }

    /** The account of this name and postal code, a new one when there is none. */
    private Ref account(Map<String, Object> fields) {
        Table accounts = store.schema().named("account");
        for (UUID id : store.rows(accounts).holding("name", fields.get("name"))) {
            Object postalCode = store.find(accounts, id).get("address1_postalcode");
            if (java.util.Objects.equals(postalCode, fields.get("address1_postalcode"))) {
                return new Ref("account", id);
            }
        }
        return new Ref("account", writer.create(payload.forCreate(accounts, fields), Seed.SELLER).id());
    }

    private Ref contact(Map<String, Object> fields, Ref account) {
        Draft draft = payload.forCreate(store.schema().named("contact"), fields);
        draft.values().putIfAbsent("parentcustomerid", account);
        return new Ref("contact", writer.create(draft, Seed.SELLER).id());
    }

    private List<Draft> solutionRows(Object solutions) {
        List<Draft> rows = new ArrayList<>();
        if (solutions instanceof List<?> list) {
            for (Object each : list) {
                Map<?, ?> solution = (Map<?, ?>) each;
                Map<String, Object> body = new LinkedHashMap<>();
                body.put(cosell.solutionId(), solution.get("id"));
                body.put(cosell.solutionName(), solution.get("name"));
                rows.add(payload.forCreate(store.schema().named(cosell.solutionTable()), body));
            }
        }
        return rows;
    }

    /** {@code solutions}, when given, replaces all solution rows. */
    private Row change(Row row, Map<String, Object> body) {
        Map<String, Object> fields = new LinkedHashMap<>(body);
        Object solutions = fields.remove("solutions");
        if (body.containsKey("solutions")) {
            store.children(cosell.solutionTable(), cosell.opportunityOfSolution(), row.id())
                    .forEach(solution -> writer.delete(solution, Seed.SELLER));
            for (Draft solution : solutionRows(solutions)) {
                solution.values().put(cosell.opportunityOfSolution(), new Ref("opportunity", row.id()));
                writer.create(solution, Seed.SELLER);
            }
        }
        return writer.update(row, payload.forUpdate(opportunities, withCurrency(fields)), Seed.SELLER);
    }

    /** Lets people write a currency as its ISO code. */
    private Map<String, Object> withCurrency(Map<String, Object> fields) {
        if (fields.remove("transactioncurrencyid") instanceof String code) {
            String id = store.rows("transactioncurrency").all().stream()
                    .filter(row -> code.equals(row.get("isocurrencycode"))).map(row -> row.id().toString()).findFirst()
                    .orElseThrow(() -> Refusal.invalidArgument("There is no currency " + code + "."));
            fields.put("transactioncurrencyid@odata.bind", "/transactioncurrencies(" + id + ")");
        }
        return fields;
    }

    private Row close(Row row, int state, Map<String, Object> body) {
        Map<String, Object> activity = new LinkedHashMap<>();
        activity.put("subject", state == OpportunityStates.WON ? "Won" : "Lost");
        activity.put("actualrevenue", row.get("estimatedvalue"));
        activity.put("actualend", Values.time(clock.instant()));
        activity.putAll(body);
        Object status = activity.remove("statuscode");
        activity.put("opportunityid@odata.bind", "/opportunities(" + row.id() + ")");
        closing.close(state, Map.of("Status", status == null ? -1 : status, "OpportunityClose", activity), Seed.SELLER);
        return store.find(opportunities, row.id());
    }

    private Answer shown(int status, Row row) {
        return Answer.json(status, json(row));
    }

    private Map<String, Object> json(Row row) {
        Query everything = Query.parse(store, opportunities, Map.of("$expand", "parentaccountid,parentcontactid"
                + (solutionsNavigation() == null ? "" : "," + cosell.solutionsOfOpportunity())));
        return rendering.row(row, everything, new Preferences(false, false, 5000, null, List.of()));
    }
}
