package dev.cosell.dynamics;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.dynamics.MultipartAnswer.Malformed;
import dev.cosell.dynamics.MultipartAnswer.Part;
import dev.cosell.http.Answer;
import dev.cosell.http.HttpSystem;
import dev.cosell.http.Request;
import dev.cosell.verbs.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Both ends of a batch: the one request it becomes, and what its answer says of each request in it. */
public final class Batches {
    static final String ANSWERS = "dynamicsAnswers";
    private static final Set<Integer> REFUSALS_OF_READS = Set.of(403, 404);

    private final HttpSystem http;
    private final String basePath;
    private final ObjectMapper json;
    private final MultipartAnswer answers;

    /** @param basePath path of the Web API, such as {@code /api/data/v9.2} */
    public Batches(HttpSystem http, String basePath, ObjectMapper json) {
        this.http = http;
        this.basePath = basePath;
        this.json = json;
        this.answers = new MultipartAnswer(json);
    }

    /**
     * Asks the service to go on after a failure: then every request has its answer, and a read that fails behind writes
     * that are done is not taken for their refusal.
     */
    public Request request(@Body Batch batch) {
        return new Request("POST", "/$batch", Map.of("Prefer", "odata.continue-on-error"),
                BatchText.of(batch, basePath, json));
    }

    /**
     * @throws Fault.Transient when the answer cannot be understood, so that the outcome of the writes is unknown, or
     *     when the writes are done and a read behind them wants to be asked later
     * @throws Fault.Throttled when a part of it wants to be left alone, as if it had been a call of its own
     */
    public BatchAnswer answer(@Body Batch batch, @Variable(Reads.ANSWER) Answer answer) {
        if (!answer.inParts()) {
            return whole(batch, answer, "it is no multipart answer");
        }
        try {
            List<List<Part>> parts = answers.parts(answer);
            judge(batch, parts);
            return understood(batch, parts);
        } catch (Malformed fault) {
            if (!answer.ok()) {
                http.judge(List.of(answer));
            }
            return whole(batch, answer, fault.getMessage());
        }
    }

    /** What is noted of the connection holds for all calls; what it says of this one depends on where it stands. */
    private void judge(Batch batch, List<List<Part>> parts) {
        try {
            http.judge(answers(parts.stream().flatMap(List::stream).toList()));
        } catch (Fault fault) {
            if (isWritten(batch, parts) || mayBeOfARead(batch, parts)) {
                String why = fault.faults().get(0).words();
                throw fault instanceof Fault.ServerError error ? error.saying(notShown(why))
                        : new Fault.Transient(Refusals.SYSTEM, notShown(why));
            }
            throw isRefused(parts) && fault instanceof Fault.Transient away ? away.asUndone() : fault;
        }
    }

    private static boolean isWritten(Batch batch, List<List<Part>> parts) {
        return batch.isWriting() && !parts.isEmpty() && parts.get(0).size() == batch.writes().size()
                && parts.get(0).stream().allMatch(part -> part.answer().ok());
    }

    /** Whether the change set failed, so that nothing of it was written. */
    private static boolean isRefused(List<List<Part>> parts) {
        return !parts.isEmpty() && parts.get(0).stream().anyMatch(part -> part.isOfAWrite() && !part.answer().ok());
    }

    /** Whether the one answer there is may be that of a read which failed behind writes that were done. */
    private static boolean mayBeOfARead(Batch batch, List<List<Part>> parts) {
        return batch.isWriting() && !batch.reads().isEmpty() && parts.size() == 1 && parts.get(0).size() == 1
                && !parts.get(0).get(0).isOfAWrite();
    }

    private static String notShown(String why) {
        return "Dynamics 365 did not show what came of a change (" + why + "); it will be looked at again";
    }

    /** A batch that was refused as a whole was not begun. */
    private static BatchAnswer whole(Batch batch, Answer answer, String why) {
        if (answer.ok() && batch.isWriting()) {
            throw Fault.ServerError.strange(Refusals.SYSTEM,
                    "Dynamics 365 answered a batch in a way that cannot be read (" + why
                            + "); whether it was written will show");
        }
        return new BatchAnswer(answer.ok() ? null : answer, 0, List.of(), List.of());
    }

    private static BatchAnswer understood(Batch batch, List<List<Part>> parts) throws Malformed {
        List<Part> set = batch.isWriting() && !parts.isEmpty() ? parts.get(0) : List.of();
        Part refused = set.stream().filter(part -> !part.answer().ok()).findFirst().orElse(null);
        if (refused != null && REFUSALS_OF_READS.contains(refused.answer().status()) && mayBeOfARead(batch, parts)) {
            throw new Fault.Transient(Refusals.SYSTEM,
                    notShown("it answered " + refused.answer().status() + " and did not say to what"));
        }
        if (refused != null) {
            return new BatchAnswer(refused.answer(), number(refused, batch), List.of(), List.of());
        }
        if (set.size() != batch.writes().size()) {
            throw new Malformed(set.size() + " answers to " + batch.writes().size() + " writes");
        }
        return new BatchAnswer(null, 0, answers(set),
                answers(parts.stream().skip(batch.isWriting() ? 1 : 0).flatMap(List::stream).toList()));
    }

    private static List<Answer> answers(List<Part> parts) {
        return parts.stream().map(Part::answer).toList();
    }

    private static int number(Part part, Batch batch) {
        String id = part.contentId();
        int number = id != null && id.matches("\\d{1,4}") ? Integer.parseInt(id) : 0;
        return number <= batch.writes().size() ? number : 0;
    }
}
