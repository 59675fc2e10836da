package dev.cosell.salesforce;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Writes.Close;
import dev.cosell.verbs.Writes.Outcome;
import dev.cosell.verbs.Writes.Update;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Writes a change of an opportunity in one transaction that begins with a guard: a query for the row as it was read. If
 * somebody wrote it since, the guard finds nothing and Salesforce halts everything behind it.
 */
public final class OpportunityUpdate {
    private static final String UPDATE = "cosell.salesforce.update";

    private final OpportunityQuery query;
    private final OpportunityRecords records;
    private final WriteGuard guard;
    private final UsedReads reads = new UsedReads();
    private final String wonStage;
    private final String lostStage;

    /**
     * @param wonStage stage that closes an opportunity as won, for a close whose patch names no stage;
     * {@code lostStage} alike
     */
    public OpportunityUpdate(OpportunityQuery query, String wonStage, String lostStage) {
        this.query = query;
        this.records = new OpportunityRecords(query);
        this.guard = new WriteGuard(query);
        this.wonStage = wonStage;
        this.lostStage = lostStage;
    }

    /** Body in: {@link Close}. Body out: {@link Update}; closing is nothing but writing a stage. */
    public Update closing(Close close) {
        Map<String, Object> patch = new LinkedHashMap<>(close.update().patch());
        patch.putIfAbsent("StageName", close.outcome() == Outcome.WON ? wonStage : lostStage);
        return new Update(close.update().id(), close.update().version(), patch, close.update().current());
    }

    /** Body in: {@link Update}. Body out: the transaction. */
    public void prepare(Exchange exchange) {
        Update update = exchange.getMessage().getBody(Update.class);
        reads.use(exchange, update);
        exchange.setProperty(UPDATE, update.id());
        Map<String, Object> fields = query.written(update.patch(), "opportunity " + update.id());
        Object solutions = fields.remove("solutions");
        CompositeRequest request = CompositeRequest.transaction("opportunity " + update.id()).query("guard",
                guard.soql(update));
        request.update("opportunity", "Opportunity", CompositeText.reference("guard.records[0].Id"), fields);
        if (solutions instanceof List<?> wanted) {
            SolutionRows.refuseTooMany("Opportunity " + update.id(), wanted);
            SolutionRows.change(request, query.fields(), update.current(), wanted, update.id());
        }
        request.query("stored", query.full("Id = " + SoqlText.string(update.id())));
        exchange.getMessage().setBody(request);
    }

    /** Body in: the answer. Body out: the record as stored. */
    @SuppressWarnings("unchecked")
    public void stored(Exchange exchange) {
        CompositeAnswer answer = exchange.getMessage().getBody(CompositeAnswer.class);
        String id = (String) exchange.removeProperty(UPDATE);
        if (answer.failed()) {
            throw TakenReferralId.fault(exchange, answer, query.fields().referralIdField());
        }
        List<Map<String, Object>> stored = records.records((Map<String, Object>) answer.body("stored"));
        if (stored.isEmpty()) {
            throw new Fault.VersionConflict(SalesforceErrors.SYSTEM,
                    "Salesforce: opportunity " + id + " is no longer visible after the update");
        }
        reads.written(exchange, stored.get(0));
        exchange.getMessage().setBody(stored.get(0));
    }
}
