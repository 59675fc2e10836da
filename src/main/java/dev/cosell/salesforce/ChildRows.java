package dev.cosell.salesforce;

import dev.cosell.http.StrangeAnswer;
import dev.cosell.verbs.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;

/**
 * The rows of a query, and those below a record, that did not fit into an answer. Salesforce makes pages as short as it
 * likes; those of a later page would count as removed, or as people who are not on the team.
 */
public final class ChildRows {
    private static final String ANSWER = "cosell.salesforce.answer";
    private static final String CHILDREN = "cosell.salesforce.children";
    private static final String DONE = "done";
    private static final String NEXT = "nextRecordsUrl";

    /** @param answer a query's or a {@link CompositeAnswer} */
    public boolean areMissing(@Body Object answer) {
        return unfinished(answer) != null;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> unfinished(Object answer) {
        if (isUnfinished(answer)) {
            return (Map<String, Object>) answer;
        }
        List<?> bodies = answer instanceof CompositeAnswer composite ? composite.bodies() : List.of(answer);
        return bodies.stream().flatMap(body -> OpportunityRecords.rows(body).stream())
                .flatMap(row -> row.values().stream()).filter(ChildRows::isUnfinished)
                .map(children -> (Map<String, Object>) children).findFirst().orElse(null);
    }

    /** Whether this is what was shown of a query, or of one within it, whose rows have not ended. */
    static boolean isUnfinished(Object value) {
        return value instanceof Map<?, ?> children && Boolean.FALSE.equals(children.get(DONE));
    }

    /** Body in: what was received. Body out: the address of the next page. */
    public void next(Exchange exchange) {
        Object answer = exchange.getMessage().getBody();
        Map<String, Object> children = unfinished(answer);
        if (!(children.get(NEXT) instanceof String address)) {
            throw StrangeAnswer.fault(SalesforceErrors.SYSTEM, "with rows that go on nowhere");
        }
        exchange.setProperty(ANSWER, answer);
        exchange.setProperty(CHILDREN, children);
        exchange.getMessage().setBody(address);
    }

    /** Body in: a page. Body out: what was received, with the rows of the page. */
    @SuppressWarnings("unchecked")
    public void add(Exchange exchange) {
        Map<?, ?> page = exchange.getMessage().getBody(Map.class);
        Map<String, Object> children = (Map<String, Object>) exchange.removeProperty(CHILDREN);
        List<Map<String, Object>> more = OpportunityRecords.rows(page);
        if (more.isEmpty() && isUnfinished(page)) {
            throw StrangeAnswer.fault(SalesforceErrors.SYSTEM, "with a page without rows that is not the last");
        }
        List<Map<String, Object>> rows = new ArrayList<>(OpportunityRecords.rows(children));
        rows.addAll(more);
        children.put("records", rows);
        children.put(DONE, !isUnfinished(page));
        children.put(NEXT, page.get(NEXT));
        exchange.getMessage().setBody(exchange.removeProperty(ANSWER));
    }

    /**
     * For the route's catch. What came before the rows may have written, whatever refused the call that reads them.
     */
    public void failed(Exchange exchange) throws Exception {
        Exception why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.removeProperty(CHILDREN);
        if (exchange.removeProperty(ANSWER) instanceof CompositeAnswer answer) {
            throw new Fault.Transient(SalesforceErrors.SYSTEM,
                    "Salesforce showed a part of the rows below " + answer.about() + " only. " + why.getMessage(), why);
        }
        throw why;
    }
}
