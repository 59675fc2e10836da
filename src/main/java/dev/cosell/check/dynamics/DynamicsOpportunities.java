package dev.cosell.check.dynamics;

import dev.cosell.check.Calls;
import dev.cosell.check.Opportunities;
import dev.cosell.dynamics.DynamicsFields;
import dev.cosell.http.Answer;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Opportunities of Dynamics 365, as a check asks for them. */
public final class DynamicsOpportunities implements Opportunities {
    /** Ids in one address, which has to stay short. */
    private static final int IDS_PER_CALL = 25;

    private final Metadata metadata;
    private final DynamicsFields fields;

    public DynamicsOpportunities(Calls calls, DynamicsFields fields) {
        this.metadata = new Metadata(calls);
        this.fields = fields;
    }

    @Override
    public List<Map<String, Object>> shared(int limit) {
        return rows("$select=opportunityid," + fields.referralIdField() + "," + fields.referralLinkField() + "&$filter="
                + encoded(fields.syncField() + " eq true") + "&$orderby=" + encoded("modifiedon desc") + "&$top="
                + limit);
    }

    @Override
    public Set<String> existing(List<String> ids) {
        Set<String> existing = new HashSet<>();
        for (int from = 0; from < ids.size(); from += IDS_PER_CALL) {
            String any = ids.subList(from, Math.min(ids.size(), from + IDS_PER_CALL)).stream()
                    .map(id -> "opportunityid eq " + id).collect(Collectors.joining(" or "));
            rows("$select=opportunityid&$filter=" + encoded(any))
                    .forEach(row -> existing.add((String) row.get("opportunityid")));
        }
        return existing;
    }

    private List<Map<String, Object>> rows(String query) {
        Answer answer = metadata.get("/opportunities?" + query);
        if (!answer.ok()) {
            throw new Fault.Data(Metadata.SYSTEM, Trouble.REFUSED,
                    "Dynamics 365 refused a list of opportunities (" + answer.status() + "): " + answer.reason());
        }
        return answer.list("value");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
