package dev.cosell.salesforce;

import dev.cosell.connection.Connection;
import dev.cosell.verbs.Fault;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.component.salesforce.SalesforceComponent;

/** The session that all calls share, for a caller that does not go through the component. */
public final class SalesforceSignIn {
    /**
     * @param instanceUrl without a slash at its end
     * @param token       secret
     */
    public record Session(String instanceUrl, String token) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "Session[" + instanceUrl + "]";
        }
    }

    private final Supplier<SalesforceComponent> component;
    private final Connection connection;

    public SalesforceSignIn(Supplier<SalesforceComponent> component, Connection connection) {
        this.component = component;
        this.connection = connection;
    }

    /**
     * Logs in when nobody has done so yet.
     *
     * @param refused a token that Salesforce has just refused; null for none
     * @return empty while the connection is broken, also when this login was refused: a person has to do something, and
     *     others look whether it is done
     * @throws Fault when there is no session to be had for another reason
     */
    public Optional<Session> session(String refused) {
        GuardedSalesforceComponent salesforce = (GuardedSalesforceComponent) component.get();
        long before = salesforce.logins();
        if (connection.broken()) {
            return Optional.empty();
        }
        try {
            String token = salesforce.token(refused, before);
            String instanceUrl = salesforce.getSession().getInstanceUrl();
            if (instanceUrl == null) {
                throw new Fault.Transient(SalesforceErrors.SYSTEM, "Salesforce is being logged in to at this moment");
            }
            return Optional.of(new Session(instanceUrl, token));
        } catch (Fault failed) {
            Fault fault = connection.noted(failed);
            if (connection.broken()) {
                return Optional.empty();
            }
            throw fault;
        }
    }
}
