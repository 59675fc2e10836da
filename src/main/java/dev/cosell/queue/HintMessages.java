package dev.cosell.queue;

import dev.cosell.verbs.Hint;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.function.UnaryOperator;

/** What a hint looks like on the queue: four properties, and the record's key as text for whoever browses it. */
final class HintMessages {
    private HintMessages() {}

    /** @param trace what the hint was offered by, as W3C writes it; null when that is not traced */
    static Message message(Session session, Hint hint, String group, String trace) throws JMSException {
        Message message = session.createTextMessage(hint.system() + " " + hint.id());
        message.setStringProperty("system", hint.system());
        message.setStringProperty("id", hint.id());
        message.setStringProperty("origin", hint.origin().name());
        message.setStringProperty("JMSXGroupID", group);
        if (hint.version() != null) {
            message.setStringProperty("version", hint.version());
        }
        if (trace != null) {
            message.setStringProperty(Hints.TRACE, trace);
        }
        return message;
    }

    /** @param properties gives a property of the message by its name, null when there is none */
    static Hint hint(UnaryOperator<String> properties) {
        return new Hint(properties.apply("system"), properties.apply("id"), properties.apply("version"),
                Hint.Origin.valueOf(properties.apply("origin")));
    }
}
