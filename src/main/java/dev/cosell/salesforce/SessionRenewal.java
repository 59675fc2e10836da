package dev.cosell.salesforce;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.internal.SalesforceSession;

/**
 * One login for all calls that lack a session at the same time, because nobody has logged in yet or because the session
 * has ended. They share its outcome, a refusal too.
 */
final class SessionRenewal {
    private final SalesforceSession session;
    private final Executor executor;
    private CompletableFuture<String> running;
    private long logins;
    private Throwable failure;

    /** @param executor where a login is waited for */
    SessionRenewal(SalesforceSession session, Executor executor) {
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
     * @return completes exceptionally with what the login threw
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

    /** The same for a caller that waits. */
    String awaited(String refused, long before) throws SalesforceException {
        try {
            return instead(refused, before).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof SalesforceException refusal) {
                throw refusal;
            }
            throw failed.getCause() instanceof RuntimeException fault ? fault : failed;
        }
    }

    private void logIn(String refused, CompletableFuture<String> login) {
        try {
            String token = session.login(refused);
            ended(null);
            login.complete(token);
        } catch (SalesforceException | RuntimeException failed) {
            ended(failed);
            login.completeExceptionally(failed);
        }
    }

    private synchronized void ended(Throwable outcome) {
        failure = outcome;
        logins++;
        running = null;
    }
}
