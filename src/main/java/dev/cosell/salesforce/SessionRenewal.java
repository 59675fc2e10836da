package dev.cosell.salesforce;

import dev.cosell.http.OutgoingHosts;
import dev.cosell.verbs.Fault;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.internal.SalesforceSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One login for all calls that lack a session at the same time, because nobody has logged in yet or because the session
 * has ended. They share its outcome, a refusal too.
 */
final class SessionRenewal {
    private static final Logger LOG = LoggerFactory.getLogger(SessionRenewal.class);

    private final SalesforceSession session;
    private final OutgoingHosts hosts;
    private final Executor executor;
    private CompletableFuture<String> running;
    private long logins;
    private Fault failure;

    /**
     * @param hosts    where the org may be
     * @param executor where a login is waited for
     */
    SessionRenewal(SalesforceSession session, OutgoingHosts hosts, Executor executor) {
        this.hosts = hosts;
        this.session = session;
        this.executor = executor;
    }

    /** How many logins have ended: to be asked before a call that may need one. */
    synchronized long logins() {
        return logins;
    }

    /**
     * A token in place of a refused one. Nobody logs in when another token is in force by now, or when a login has
     * failed since the call was made.
     *
     * @param refused null when there was none
     * @param before  what {@link #logins} said before the call
     * @return completes exceptionally with the {@link Fault} of a login that failed
     */
    synchronized CompletableFuture<String> instead(String refused, long before) {
        if (running != null) {
            return running;
        }
        String inForce = session.getAccessToken();
        if (inForce != null && !inForce.equals(refused)) {
            return CompletableFuture.completedFuture(inForce);
        }
        if (failure != null && logins != before) {
            return CompletableFuture.failedFuture(failure);
        }
        CompletableFuture<String> login = new CompletableFuture<>();
        executor.execute(() -> logIn(refused, login));
        running = login;
        return login;
    }

    /**
     * The same for a caller that waits.
     *
     * @throws Fault of a login that failed
     */
    String awaited(String refused, long before) {
        try {
            return instead(refused, before).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof Fault fault ? fault : failed;
        }
    }

    private void logIn(String refused, CompletableFuture<String> login) {
        try {
            String token = session.login(refused);
            requireKnownHost();
            ended(null);
            login.complete(token);
        } catch (SalesforceException | RuntimeException failed) {
            Fault fault = FailedLogin.fault(failed);
            ended(fault);
            login.completeExceptionally(fault);
        }
    }

    /** The answer to a login says where the org is, and every call that follows takes the token there. */
    private void requireKnownHost() throws SalesforceException {
        String refusal = hosts.refusal(URI.create(session.getInstanceUrl()));
        if (refusal == null) {
            return;
        }
        try {
            // The call of it is refused too; what it is for is that the session forgets the host.
            session.logout();
        } catch (SalesforceException notCalled) {
            LOG.debug("The session of an unknown host was left", notCalled);
        }
        throw new Fault.Auth(SalesforceErrors.SYSTEM, "The login at Salesforce was answered with the address of"
                + " another host for the org. " + refusal);
    }

    private synchronized void ended(Fault outcome) {
        failure = outcome;
        logins++;
        running = null;
    }
}
