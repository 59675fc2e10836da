package dev.cosell.queue;

import dev.cosell.verbs.Hint;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What a hint looks like on the queue: a few properties, and the record's key as text for whoever browses it. */
final class HintMessages {
    /** Properties beside an older origin: an earlier build, to which they are new, looks at the record as well. */
    private static final Map<Hint.Origin, String> NEWER =
            Map.of(Hint.Origin.BACKFILL, "backfill", Hint.Origin.AGAIN, "again", Hint.Origin.RELATED, "related");

    private HintMessages() {}

    /** @param trace what the hint was offered by, as W3C writes it; null when that is not traced */
    static Message message(Session session, Hint hint, String group, String trace) throws JMSException {
        Message message = session.createTextMessage(hint.system() + " " + hint.id());
        message.setStringProperty("system", hint.system());
        message.setStringProperty("id", hint.id());
        message.setStringProperty("origin", older(hint.origin()).name());
        if (NEWER.containsKey(hint.origin())) {
            message.setStringProperty(NEWER.get(hint.origin()), "true");
        }
        message.setStringProperty("JMSXGroupID", group);
        if (hint.version() != null) {
            message.setStringProperty("version", hint.version());
        }
        if (trace != null) {
            message.setStringProperty(Hints.TRACE, trace);
        }
        return message;
    }

    private static Hint.Origin older(Hint.Origin origin) {
        // That a record was one of many says nothing any more when its turn has come.
        return origin.canWait() ? Hint.Origin.RETRY : origin == Hint.Origin.RELATED ? Hint.Origin.WEBHOOK : origin;
    }

    /** @param properties gives a property of the message by its name, null when there is none */
    static Hint hint(UnaryOperator<String> properties) {
        Hint.Origin origin = NEWER.entrySet().stream()
                .filter(kind -> properties.apply(kind.getValue()) != null).map(Map.Entry::getKey).findFirst()
                .orElseGet(() -> Hint.Origin.valueOf(properties.apply("origin")));
        return new Hint(properties.apply("system"), properties.apply("id"), properties.apply("version"), origin);
    }
}
