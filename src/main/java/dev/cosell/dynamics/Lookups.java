package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.verbs.Fault;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/** Reads of what the environment says of itself, beside the records, through {@code direct:dynamics-call}. */
record Lookups(ProducerTemplate template) {

    /**
     * @param uri  relative, percent-encoded
     * @param what is read, for people
     * @throws Fault when the call could not be made or was refused
     */
    Answer get(String uri, String what) {
        Answer answer = call(uri);
        Refusals.check(answer, what);
        return answer;
    }

    List<Map<String, Object>> list(String uri, String what) {
        return Refusals.rows(call(uri), what);
    }

    private Answer call(String uri) {
        Request request = new Request("GET", uri, Map.of(), null);
        try {
            return template.requestBody("direct:dynamics-call", request, Answer.class);
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof Fault fault) {
                throw fault;
            }
            throw e;
        }
    }
}
