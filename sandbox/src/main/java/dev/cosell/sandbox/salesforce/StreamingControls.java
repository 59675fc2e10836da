package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.util.List;
import java.util.Map;

/** What may go wrong with a stream of events, on demand. */
final class StreamingControls {
    private final Cometd cometd;
    private final ChangeCapture capture;

    StreamingControls(Cometd cometd, ChangeCapture capture) {
        this.cometd = cometd;
        this.capture = capture;
    }

    /** Null when the path is none of these controls. */
    Answer handle(Call call) {
        switch (call.method() + " " + call.path()) {
            case "POST /sandbox/streaming/forget" -> cometd.forgetClients();
            case "POST /sandbox/streaming/end-polls" -> cometd.endPolls();
            case "POST /sandbox/streaming/deafen" -> cometd.deafen();
            case "POST /sandbox/streaming/refuse" -> cometd.refuse(call.json());
            case "POST /sandbox/streaming/gap" -> gap(call.json());
            default -> {
                return null;
            }
        }
        return Answer.empty(204);
    }

    private void gap(Map<String, Object> json) {
        capture.gap((String) json.get("entity"), (String) json.get("changeType"),
                ((List<?>) json.get("recordIds")).stream().map(Object::toString).toList());
    }
}
