package dev.cosell.crm.toy;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import dev.cosell.verbs.Writes.Close;
import dev.cosell.verbs.Writes.NewOpportunity;
import dev.cosell.verbs.Writes.Outcome;
import dev.cosell.verbs.Writes.Update;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;

/** The toy CRM's verbs: requests of its API, and what its answers mean. */
public final class ToyVerbs {
    private static final String OPPORTUNITIES = "/api/opportunities";

    private final ToyView view;

    ToyVerbs(ToyView view) {
        this.view = view;
    }

    /** @param position null at the first read */
    public Request changesSince(@Body String position) {
        return get("/api/changes?since=" + (position == null ? "0" : position));
    }

    public Changes changes(@Body Answer answer) {
        check(answer);
        return new Changes(
                answer.list("records").stream().map(record -> new Change(view.id(record), view.version(record)))
                        .toList(),
                answer.object().get("position").toString(), false);
    }

    public Request byId(@Body String id) {
        return get(OPPORTUNITIES + "/" + id);
    }

    public Request byReferral(@Body String referralId) {
        return get(OPPORTUNITIES + "?referral=" + referralId);
    }

    public Request team(@Body String id) {
        return get(OPPORTUNITIES + "/" + id + "/team");
    }

    private static Request get(String uri) {
        return new Request("GET", uri, Map.of(), null);
    }

    /** Null when there is none. */
    public Map<String, Object> recordOrNone(@Body Answer answer) {
        return answer.status() == 404 ? null : stored(answer);
    }

    public List<Map<String, Object>> records(@Body Answer answer) {
        check(answer);
        return answer.list("records");
    }

    public Request creation(@Body NewOpportunity wanted) {
        Map<String, Object> body = new LinkedHashMap<>(wanted.fields());
        body.put("referralId", wanted.referralId());
        body.put("account", wanted.account());
        body.put("contact", wanted.contact());
        body.put("solutions", wanted.solutions());
        return new Request("POST", OPPORTUNITIES, Map.of(), body);
    }

    public Request update(@Body Update update) {
        return new Request("PATCH", OPPORTUNITIES + "/" + update.id(), Map.of("If-Match", update.version()),
                update.patch());
    }

    public Request close(@Body Close close) {
        Map<String, Object> patch = new LinkedHashMap<>(close.update().patch());
        patch.put("stage", close.outcome() == Outcome.WON ? "Won" : "Lost");
        Update update = close.update();
        return update(new Update(update.id(), update.version(), patch, update.current()));
    }

    public Map<String, Object> stored(@Body Answer answer) {
        check(answer);
        return answer.object();
    }

    private static void check(Answer answer) {
        if (answer.status() == 412 || answer.status() == 404) {
            throw new Fault.VersionConflict(ToyCrm.NAME, answer.reason());
        }
        if (!answer.ok()) {
            throw new Fault.Data(ToyCrm.NAME, Trouble.REFUSED, answer.reason());
        }
    }
}
