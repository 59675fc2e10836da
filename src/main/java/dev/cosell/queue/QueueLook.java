package dev.cosell.queue;

import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * Looks at how an outside broker treats our queues. The settings of their addresses are asked of its management
 * address, which needs rights
 * of its own; how a queue was made anybody may ask who uses it.
 */
final class QueueLook {
    private static final String MANAGEMENT = "activemq.management";
    private static final int PATIENCE_MILLIS = 5_000;

    private final ActiveMQConnectionFactory artemis;

    QueueLook(ActiveMQConnectionFactory artemis) {
        this.artemis = artemis;
    }

    /** @throws BrokerUnavailable when the broker does not answer */
    QueueReport look(List<String> queues) {
        List<QueueDifference> found = new ArrayList<>();
        String unknown = "";
        try (ClientSessionFactory factory = artemis.getServerLocator().createSessionFactory()) {
            for (String queue : queues) {
                try (ClientSession session = session(factory)) {
                    QueueQuery made = session.queueQuery(SimpleString.of(queue));
                    if (made.isExists()) {
                        found.addAll(QueueSettings.differences(queue, made));
                    }
                }
                String refused = settings(factory, queue, found);
                unknown = refused.isEmpty() ? unknown : refused;
            }
            return new QueueReport(found, unknown);
        } catch (Exception away) {
            throw new BrokerUnavailable("The broker does not tell how it treats the queues: " + away.getMessage(),
                    away);
        }
    }

    /** Why they are not known; empty when they are. A session that was refused something is of no further use. */
    private String settings(ClientSessionFactory factory, String queue, List<QueueDifference> found) throws Exception {
        try (ClientSession session = session(factory)) {
            session.start();
            try (ClientRequestor requestor = new ClientRequestor(session, MANAGEMENT)) {
                ClientMessage question = session.createMessage(false);
                ManagementHelper.putOperationInvocation(question, ResourceNames.BROKER, "getAddressSettingsAsJSON",
                        queue);
                ClientMessage answer = requestor.request(question, PATIENCE_MILLIS);
                if (answer == null || !ManagementHelper.hasOperationSucceeded(answer)) {
                    return answer == null ? "it gave no answer" : String.valueOf(ManagementHelper.getResult(answer));
                }
                found.addAll(QueueSettings.differences(queue,
                        AddressSettings.fromJSON(ManagementHelper.getResult(answer).toString())));
                return "";
            }
        } catch (ActiveMQException refused) {
            if (refused.getType() == ActiveMQExceptionType.SECURITY_EXCEPTION) {
                return refused.getMessage();
            }
            throw refused;
        }
    }

    private ClientSession session(ClientSessionFactory factory) throws ActiveMQException {
        return factory.createSession(artemis.getUser(), artemis.getPassword(), false, true, true,
                artemis.isPreAcknowledge(),
                artemis.getTransactionBatchSize());
    }
}
