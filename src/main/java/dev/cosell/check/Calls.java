package dev.cosell.check;

import dev.cosell.verbs.Fault;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/** Calls of the systems through the routes, so that a check signs in and is held back as the sync is. */
public record Calls(ProducerTemplate template) {

    /**
     * @param route name of a {@code direct:} route
     * @throws Fault when the call could not be made
     */
    public <T> T ask(String route, Object request, Class<T> answer) {
        try {
            return template.requestBody("direct:" + route, request, answer);
        } catch (CamelExecutionException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof Fault fault) {
                    throw fault;
                }
            }
            throw failed;
        }
    }
}
