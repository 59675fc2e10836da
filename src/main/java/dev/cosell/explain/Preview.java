package dev.cosell.explain;

import dev.cosell.operations.RecordIds;
import dev.cosell.operations.SyncOperations;
import dev.cosell.sync.books.FirstSync;
import dev.cosell.sync.books.LookAgain;
import dev.cosell.sync.decide.Action;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Explanation;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.steps.PreviewSteps.Foreseen;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** What a sync would do about a deal: reads both sides now, asks the same rules as a sync, and writes nothing. */
public final class Preview {
    private static final String ROUTE = "preview";

    private final ProducerTemplate template;
    private final SyncOperations operations;
    private final RecordIds ids;
    private final FirstSync first;
    private final PreviewRows rows;

    public Preview(ProducerTemplate template, SyncOperations operations, RecordIds ids, FirstSync first,
            PreviewRows rows) {
        this.template = template;
        this.operations = operations;
        this.ids = ids;
        this.first = first;
        this.rows = rows;
    }

    /**
     * What would happen in one CRM.
     *
     * @param referralId null when there is no referral, as {@code crmId}
     * @param situation  null when values that would have to travel break rules, or a side could not be read
     * @param words      what the situation means and what a sync would do
     * @param code       of the situation; null when that is
     * @param says       what the sync would tell the seller
     * @param faults     what keeps it from being synced, each with its remedy; empty when nothing does
     * @param writes     each field that would be written
     */
    public record Answer(String crm, String referralId, String crmId, String situation, String code,
            String action, List<String> words, List<String> says,
                         List<String> faults, List<Write> writes, List<PreviewRows.Line> rows) {}

    /** @param value null for a field that would be cleared */
    public record Write(String system, String field, Object value) {}

    /**
     * @param id of either record in any usual spelling; one answer for each CRM that the record concerns, empty when
     *           no system knows it
     */
    public List<Answer> of(String id) {
        return of(id, null);
    }

    /** @param crm the only CRM that is asked about; null for all */
    List<Answer> of(String id, String crm) {
        List<Link> links = operations.links(id);
        List<String> asked = first.crms().stream().filter(each -> crm == null || crm.equals(each)).toList();
        return links.isEmpty() ? unknown(id, asked) : links.stream().filter(link -> asked.contains(link.crm()))
                .map(link -> answer(link.crm(), LookAgain.previewed(link), Optional.empty())).toList();
    }

    /** A record without a link is a referral or a record of a CRM: whoever has it knows. */
    private List<Answer> unknown(String id, List<String> asked) {
        List<Answer> found = new ArrayList<>();
        Optional.ofNullable(ids.referral().apply(id)).ifPresent(referral -> asked.stream()
                .map(crm -> unjoined(crm, Hint.PARTNER_CENTER, referral))
                .forEach(found::add));
        asked.forEach(crm -> Optional.ofNullable(ids.crms().get(crm).apply(id))
                .ifPresent(record -> found.add(unjoined(crm, crm, record))));
        return found.stream().filter(answer -> answer.situation() == null || !answer.situation().endsWith("_GONE"))
                .toList();
    }

    private Answer unjoined(String crm, String system, String id) {
        return answer(crm, new Hint(system, id, null, Hint.Origin.PREVIEW), first.need(crm, system));
    }

    /** @param need what a person has to do before this is done; empty when nothing */
    private Answer answer(String crm, Hint hint, Optional<String> need) {
        Exchange done = template.send("direct:" + ROUTE, exchange -> {
            // All of it on this thread, which may see a mapping that is only tried.
            exchange.getExchangeExtension().setTransacted(true);
            exchange.setVariable("crm", crm);
            exchange.getMessage().setBody(hint);
        });
        if (done.getException() != null) {
            return unread(crm, hint, done.getException());
        }
        return answer(crm, done.getMessage().getBody(Foreseen.class), need);
    }

    private static Answer unread(String crm, Hint hint, Exception failed) {
        List<String> faults = failed instanceof Fault broken ? texts(broken.faults())
                : List.of("Both sides could not be read: " + failed.getMessage());
        boolean byCrm = hint.system().equals(crm);
        return new Answer(crm, byCrm ? null : hint.id(), byCrm ? hint.id() : null, null, null, null, List.of(),
                List.of(),
                faults, List.of(), List.of());
    }

    private static List<String> texts(List<Reason> reasons) {
        return reasons.stream().map(Reason::text).toList();
    }

    private Answer answer(String crm, Foreseen foreseen, Optional<String> need) {
        Explanation explanation = foreseen.explanation();
        Decision decision = explanation.decision();
        List<Reason> faults = new ArrayList<>(explanation.faults());
        faults.addAll(foreseen.faults());
        if (decision != null && decision.action() == Action.PARK) {
            faults.addAll(decision.problems());
        }
        List<String> words = new ArrayList<>(words(decision, faults));
        Pair pair = explanation.pair();
        if (!pair.isLinked() && (decision == null || decision.action() != Action.NOTHING)) {
            need.ifPresent(sentence -> words.add(sentence + "."));
        }
        return new Answer(crm, rows.referralId(pair), rows.crmId(pair), decision == null ? null : decision.situation()
                .name(), decision == null ? null : decision.situation().code(),
                decision == null ? null : decision.action().name(), words, decision == null
                ? List.of() : decision.sentences(),
                texts(faults), writes(crm, explanation, foreseen), rows.of(explanation));
    }

    private static List<String> words(Decision decision, List<Reason> faults) {
        if (decision == null) {
            return List.of("Values that would have to travel break a rule.",
                    "It would park the record and write no field.");
        }
        return List.of(decision.situation().meaning(), faults.isEmpty() || decision.action() == Action.PARK
                ? Words.of(decision.action())
                : "It would park the record, because nothing can be created.");
    }

    private static List<Write> writes(String crm, Explanation explanation, Foreseen foreseen) {
        List<Write> writes = new ArrayList<>();
        Decision decision = explanation.decision();
        if (decision != null) {
            decision.referralPatch().forEach((field, value) -> writes.add(new Write("partner-center", field, value)));
            decision.crmPatch().forEach((field, value) -> writes.add(new Write(crm, field, value)));
        }
        if (foreseen.faults().isEmpty()) {
            Creations.of(foreseen.created()).forEach((field, value) ->
                    writes.add(new Write(explanation.action() == Action.CREATE_REFERRAL ? "partner-center" : crm, field,
                            value)));
        }
        return writes;
    }
}
