package dev.cosell.sync.steps;

import dev.cosell.sync.books.Watermarks;
import dev.cosell.verbs.Fault;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a CRM is still the organisation with whose records the deals were linked. A sandbox that was refreshed from
 * production has the same record ids and is another organisation, and a data folder may be started with the settings of
 * another one. Asked once after a start, before anything is read or written for a sync.
 */
public final class Organizations {
    private static final Logger LOG = LoggerFactory.getLogger(Organizations.class);
    private static final String SOURCE = "-organization";

    private final CamelContext camel;
    private final Watermarks books;
    private final Map<String, Crm> crms;
    /** What is wrong, by CRM; an empty text when nothing is. */
    private final Map<String, String> known = new ConcurrentHashMap<>();

    /**
     * What is said of a CRM.
     *
     * @param expected id that a person has set; empty for the one that was met first
     * @param readId   reads the id of an organisation in any usual spelling; null when it is none
     */
    public record Crm(String expected, UnaryOperator<String> readId) {}

    /** @param crms those that are synced, by name */
    public Organizations(CamelContext camel, Watermarks books, Map<String, Crm> crms) {
        this.camel = camel;
        this.books = books;
        this.crms = Map.copyOf(crms);
    }

    /** @throws Fault.Auth when it is another one: a person has to say what is meant */
    public void verify(String crm) {
        String wrong = known.get(crm);
        if (wrong == null) {
            wrong = look(crm);
        }
        if (!wrong.isEmpty()) {
            throw new Fault.Auth(crm, wrong);
        }
    }

    private synchronized String look(String crm) {
        String found = known.containsKey(crm) ? null : ask(crm);
        if (found != null) {
            known.put(crm, compared(crm, found));
        } else {
            known.putIfAbsent(crm, "");
        }
        return known.get(crm);
    }

    private String compared(String crm, String found) {
        String source = crm + SOURCE;
        String set = crms.get(crm).expected();
        String expected = set.isEmpty() ? books.read(source) : plain(crm, set);
        if (expected == null || expected.equals(found)) {
            books.advance(source, found);
            return "";
        }
        if (!set.isEmpty()) {
            return "is the organisation " + found + ", and the setting " + crm + ".organization-id names " + expected
                    + ". Nothing is read or written there. Set the address and credentials of the right one; or, if"
                    + " this is the one that is meant, set " + crm + ".organization-id to its id";
        }
        return "is the organisation " + found + ", and the deals of this database were linked with " + expected
                + ". Nothing is read or written there. Set the address and credentials of the right one; or, to sync"
                + " with this one from now on, start with an empty database (state.url, data.directory). If it is the"
                + " same organisation under a new id, set " + crm + ".organization-id to it";
    }

    private String plain(String crm, String id) {
        String read = crms.get(crm).readId().apply(id);
        return read == null ? id : read;
    }

    /** Null when the CRM's routes do not ask it, or our user may not know. */
    private String ask(String crm) {
        if (camel.getRoute(crm + SOURCE) == null) {
            return null;
        }
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            String id = template.requestBody("direct:" + crm + SOURCE, null, String.class);
            return id == null ? null : plain(crm, id);
        } catch (CamelExecutionException failed) {
            if (failed.getCause() instanceof Fault fault && !(fault instanceof Fault.Data)
                    && !(fault instanceof Fault.Denied)) {
                throw fault;
            }
            LOG.warn("The organisation of {} could not be found out, so nobody would notice if it were another one: {}",
                    crm, failed.getCause().getMessage());
            return null;
        } catch (IOException closing) {
            throw new Fault.Transient(crm, "The organisation was not found out: " + closing.getMessage(), closing);
        }
    }
}
