package dev.cosell.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cosell.page.AssistantRequests.Action;
import dev.cosell.page.AssistantRequests.Request;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What assistants asked for, for the person who agrees or declines. */
final class RequestsApi {
    private static final int LONGEST_ID = 200;

    private final Api api;

    RequestsApi(Api api) {
        this.api = api;
    }

    /** @param decided the newest of those that are over */
    record Answer(List<Request> waiting, List<Request> decided) {}

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.asks(HttpMethod.GET, "/api/requests", asked -> new Answer(requests().waiting(),
                        requests().decided())),
                Endpoint.acts("/api/requests/:id/agree", this::agree),
                Endpoint.acts("/api/requests/:id/decline", this::decline));
    }

    private AssistantRequests requests() {
        return api.requests();
    }

    /** Nothing happens yet; of a record that nobody knows nothing can be asked. */
    Request ask(Asked asked, Action action) {
        if (asked.id().length() > LONGEST_ID || api.links(asked).isEmpty()) {
            throw Api.unknown(asked);
        }
        return requests().ask(action, asked.id().strip(), asked.text("crm"), asked.who().name());
    }

    private Object agree(Asked asked) {
        return decided(asked, "AGREED", request -> carriedOut(asked.who(), request));
    }

    private Object decline(Asked asked) {
        return decided(asked, "DECLINED", request -> "Declined");
    }

    private Object decided(Asked asked, String state, Function<Request, String> work) {
        long id = number(asked.id());
        return new Api.Done(requests().decide(id, state, asked.who().name(), work).orElseThrow(() -> gone(id)));
    }

    private Refused gone(long id) {
        return requests().find(id).map(request -> new Refused(409, "This request does not wait any more: "
                + request.state().toLowerCase(Locale.ROOT))).orElseGet(() -> new Refused(404,
                "There is no such request"));
    }

    static long number(String id) {
        if (!id.matches("\\d{1,18}")) {
            throw new Refused(404, "There is no such request");
        }
        return Long.parseLong(id);
    }

    /** Something that is not to be done any more is an outcome, too. */
    private String carriedOut(Person who, Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("crm", request.crm());
        Asked asked = new Asked(new Person(who.name() + ", as an assistant of " + request.askedBy() + " had asked,",
                who.role()), Map.of("id", request.record()), Map.of(), body);
        try {
            return (request.action() == Action.RETRY ? api.retry(asked) : api.approve(asked)).sentence();
        } catch (Refused notNow) {
            return notNow.getMessage();
        }
    }
}
