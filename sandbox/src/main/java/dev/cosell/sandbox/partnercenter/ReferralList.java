package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** The list operation: filter, order, pages of at most 100 whose next links go nowhere if followed as they stand. */
final class ReferralList {
    private static final int PAGE = 100;
    private static final Set<String> THIN = Set.of("externalReferenceId", "eTag", "target", "organizationId");
    private static final Set<String> ORDERS = Set.of("createdDateTime", "updatedDateTime");

    private final ReferralStore store;
    private final Switches switches;

    /** What one request asks for; carried from page to page in the {@code $skiptoken}. */
    private record Question(String filter, String order, String select, int left, int skip, ReferralStore.Key after) {
        boolean byUpdate() {
            return order.startsWith("updated");
        }

        boolean descending() {
            return order.endsWith(" desc");
        }
    }

    ReferralList(ReferralStore store, Switches switches) {
        this.store = store;
        this.switches = switches;
    }

    Answer answer(Call call) {
        if (switches.on("nextLinkOnItsOwnPath") && call.query("$skiptoken") != null
                && call.path().contains("/engagements/")) {
            throw ServiceError.notFound("referrals");
        }
        Question question = call.query("$skiptoken") == null ? asked(call) : continued(call.query("$skiptoken"));
        ReferralFilter filter = new ReferralFilter(question.filter());
        if (switches.on("refuseOrder") && call.query("$orderby") != null) {
            throw ServiceError.invalid("$orderby", "The query option $orderby is not supported.");
        }
        refuse(filter, "updatedDateTime", "refuseUpdatedFilter");
        refuse(filter, "externalReferenceId", "refuseExternalReferenceFilter");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.context", "http://api.partner.microsoft.com/v1.0/$metadata#Referrals");
        if ("true".equals(call.query("$count"))) {
            json.put("@odata.count", (int) candidates(question, filter).stream().map(k -> store.find(k.id()))
                    .filter(filter::matches).count());
        }
        List<Referral> page = page(question, filter);
        int size = Math.min(PAGE, question.left());
        boolean more = page.size() > size;
        List<Referral> shown = more ? page.subList(0, size) : page;
        json.put("value", shown.stream().map(referral -> item(referral, question.select())).toList());
        if (more && question.left() > size) {
            json.put("@odata.nextLink", "http://" + call.host() + "/v1.0/referrals?$skiptoken="
                    + token(question, shown.get(size - 1)));
        }
        return Answer.json(200, json);
    }

    private void refuse(ReferralFilter filter, String property, String when) {
        if (switches.on(when) && filter.mentions(property)) {
            throw ServiceError.invalid("$filter", "The filter on '" + property + "' is not supported.");
        }
    }

    private static Question asked(Call call) {
        String[] order = call.query().getOrDefault("$orderby", "createdDateTime asc").trim().split("\\s+");
        String direction = order.length > 1 ? order[1] : "asc";
        if (!ORDERS.contains(order[0]) || !Set.of("asc", "desc").contains(direction)) {
            throw ServiceError.invalid("$orderby", "The query option $orderby is not valid.");
        }
        return new Question(call.query("$filter"), order[0] + " " + direction, call.query("$select"),
                number(call, "$top", Integer.MAX_VALUE), number(call, "$skip", 0), null);
    }

    private static int number(Call call, String option, int otherwise) {
        String text = call.query(option);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}")) {
            throw ServiceError.invalid(option, "The query option " + option + " is not a number.");
        }
        return Integer.parseInt(text);
    }

    /** One more than fits on the page, if there are as many. */
    private List<Referral> page(Question question, ReferralFilter filter) {
        int wanted = Math.min(PAGE, question.left()) + 1;
        List<Referral> page = new ArrayList<>();
        int skip = question.skip();
        for (ReferralStore.Key key : candidates(question, filter)) {
            Referral referral = store.find(key.id());
            if (filter.matches(referral) && shows(referral, filter) && --skip < 0) {
                page.add(referral);
                if (page.size() == wanted) {
                    break;
                }
            }
        }
        return page;
    }

    private boolean shows(Referral referral, ReferralFilter filter) {
        boolean hides = !switches.text("microsoftsOnlyByEngagement").isEmpty();
        return !hides || !referral.microsofts() || filter.equal("engagementId") != null;
    }

    private NavigableSet<ReferralStore.Key> candidates(Question question, ReferralFilter filter) {
        NavigableSet<ReferralStore.Key> keys = indexed(question, filter);
        String property = question.byUpdate() ? "updatedDateTime" : "createdDateTime";
        Instant from = filter.notBefore(property);
        if (from != null) {
            keys = keys.tailSet(new ReferralStore.Key(from, ""), true);
        }
        if (question.after() != null) {
            keys = question.descending() ? keys.headSet(question.after(), false)
                    : keys.tailSet(question.after(), false);
        }
        return question.descending() ? keys.descendingSet() : keys;
    }

    private NavigableSet<ReferralStore.Key> indexed(Question question, ReferralFilter filter) {
        Set<String> few = filter.equal("engagementId") != null ? store.idsOfEngagement(filter.equal("engagementId"))
                : filter.equal("externalReferenceId") != null
                        ? store.idsOfExternalReference(filter.equal("externalReferenceId")) : null;
        if (few == null) {
            return store.inOrderOf(question.byUpdate());
        }
        NavigableSet<ReferralStore.Key> keys = new TreeSet<>();
        few.forEach(id -> keys.add(key(store.find(id), question)));
        return keys;
    }

    private static ReferralStore.Key key(Referral referral, Question question) {
        return new ReferralStore.Key(question.byUpdate() ? referral.updated() : referral.created(), referral.id());
    }

    /** A list item lacks the teams that the single read shows. */
    private Map<String, Object> item(Referral referral, String select) {
        Map<String, Object> item = new LinkedHashMap<>(
                switches.on("sprinkle") ? Sprinkles.over(referral.tree()) : referral.tree());
        item.remove("@odata.context");
        item.remove("team");
        if (switches.on("thinLists")) {
            item.keySet().removeAll(THIN);
        }
        if (select != null && !select.isBlank()) {
            item.keySet().retainAll(Arrays.stream(select.split(",")).map(String::trim).toList());
        }
        return item;
    }

    private static String token(Question question, Referral last) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("f", question.filter());
        json.put("o", question.order());
        json.put("s", question.select());
        json.put("l", question.left() == Integer.MAX_VALUE ? question.left() : question.left() - PAGE);
        json.put("a", key(last, question).at().toString());
        json.put("i", last.id());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(json));
    }

    private static Question continued(String token) {
        try {
            Map<String, Object> json = Json
                    .object(Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.US_ASCII)));
            return new Question((String) json.get("f"), (String) json.get("o"), (String) json.get("s"),
                    (Integer) json.get("l"), 0,
                    new ReferralStore.Key(Instant.parse((String) json.get("a")), (String) json.get("i")));
        } catch (RuntimeException e) {
            throw ServiceError.invalid("$skiptoken", "The query option $skiptoken is not valid.");
        }
    }
}
