package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.dataverse.Multipart.Part;
import dev.cosell.sandbox.dataverse.Multipart.Request;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Several requests in one: each on its own, or several together in a change set that is written wholly or not at all.
 */
final class Batch {
    private static final int MOST_OPERATIONS = 1000;
    /** A whole reference in a URL, or one that a binding of a body holds. */
    private static final Pattern IN_URL = Pattern.compile("^/?\\$(\\w+)(?=$|/)");
    private static final Pattern IN_BODY = Pattern
            .compile("(?<=@odata\\.(?:bind|id)\"\\s{0,9}:\\s{0,9}\")/?\\$(\\w+)(?=\")");

    private final Store store;
    private final Settings settings;
    private final Function<Call, Answer> api;

    /** @param api answers one request, also with its refusal */
    Batch(Store store, Settings settings, Function<Call, Answer> api) {
        this.store = store;
        this.settings = settings;
        this.api = api;
    }

    Answer run(Call call) {
        String boundary = Multipart.boundary(call.header("Content-Type"));
        if (boundary == null) {
            throw Multipart.malformed("The Content-Type of a batch must be multipart/mixed with a boundary.");
        }
        List<Part> parts = Multipart.parts(call.text(), boundary);
        long operations = parts.stream()
                .mapToLong(part -> part.type().startsWith("multipart") ? inside(part).size() : 1).sum();
        if (operations > MOST_OPERATIONS) {
            throw Multipart.malformed("The batch holds more than " + MOST_OPERATIONS + " operations.");
        }
        String prefer = call.header("Prefer");
        boolean goOn = prefer != null && prefer.contains("odata.continue-on-error");
        String answers = "batchresponse_" + UUID.randomUUID();
        StringBuilder text = new StringBuilder();
        int status = 200;
        for (Part part : parts) {
            int before = text.length();
            int outcome = part.type().startsWith("multipart") ? changeSet(call, part, answers, text)
                    : alone(call, part, answers, text);
            if (outcome >= 400 && !goOn) {
                status = outcome;
                text.delete(0, settings.batchShowsFailureOnly() ? before : 0);
                break;
            }
        }
        text.append("--").append(answers).append("--\r\n");
        return Answer.text(status, "multipart/mixed; boundary=" + answers, text.toString());
    }

    private int alone(Call call, Part part, String boundary, StringBuilder text) {
        Request request = Multipart.request(part);
        Answer answer = send(call, request, Map.of());
        Multipart.write(text, boundary, answer, request.contentId());
        return answer.status();
    }

    private static List<Part> inside(Part part) {
        return Multipart.parts(part.content(), Multipart.boundary(part.type()));
    }

    private int changeSet(Call call, Part part, String boundary, StringBuilder text) {
        List<Request> requests = inside(part).stream().map(Multipart::request).toList();
        StringBuilder answers = new StringBuilder();
        String own = "changesetresponse_" + UUID.randomUUID();
        int written = call.writesInside();
        store.begin();
        boolean done = false;
        try {
            Map<String, String> created = new HashMap<>();
            Set<String> ids = new HashSet<>();
            for (Request request : requests) {
                Answer answer = refused(request, ids);
                answer = answer == null ? send(call, request, created) : answer;
                if (answer.status() >= 400) {
                    Multipart.write(text, boundary, answer, request.contentId());
                    return answer.status();
                }
                // An answer that shows the row has no address of it, so nothing can refer to it.
                String address = answer.headers().get("OData-EntityId");
                if (address != null) {
                    created.put(request.contentId(), address);
                }
                Multipart.write(answers, own, answer, request.contentId());
            }
            done = true;
        } finally {
            store.end(done);
            if (!done) {
                call.writesInside(written);
            }
        }
        text.append("--").append(boundary).append("\r\nContent-Type: multipart/mixed; boundary=").append(own)
                .append("\r\n\r\n")
                .append(answers).append("--").append(own).append("--\r\n");
        return 200;
    }

    private static Answer refused(Request request, Set<String> ids) {
        String id = request.contentId();
        if (request.method().equals("GET")) {
            return Multipart.malformed("A change set must not hold a GET request.").answer();
        }
        if (id == null || !ids.add(id)) {
            return Multipart.malformed(id == null ? "The Content-ID of a request in a change set is missing."
                    : "The Content-ID '" + id + "' stands twice in the change set.").answer();
        }
        return null;
    }

    private Answer send(Call call, Request request, Map<String, String> created) {
        try {
            String target = path(resolved(IN_URL, request.target(), created));
            if (target.startsWith(Links.BASE + "/$batch")) {
                throw Multipart.malformed("A batch must not hold another one.");
            }
            return api.apply(call.inner(request.method(), target, request.headers(),
                    resolved(IN_BODY, request.body(), created)));
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    /** Absolute, rooted and relative addresses mean the same. */
    private static String path(String target) {
        int base = target.indexOf("/api/data/");
        return base >= 0 ? target.substring(base) : Links.BASE + (target.startsWith("/") ? "" : "/") + target;
    }

    private static String resolved(Pattern reference, String text, Map<String, String> created) {
        Matcher matcher = reference.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            if (matcher.group(1).matches("batch|metadata")) {
                continue;
            }
            String address = created.get(matcher.group(1));
            if (address == null) {
                throw Multipart.malformed(
                        "Content-ID Reference: '$" + matcher.group(1) + "' does not exist in the batch context.");
            }
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(address));
        }
        return matcher.appendTail(resolved).toString();
    }
}
