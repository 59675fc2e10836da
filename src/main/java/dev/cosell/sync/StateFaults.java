package dev.cosell.sync;

import java.util.function.Supplier;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Tells a database that is away or busy, which passes, from a statement it refuses, which is a bug and stays as it is. */
final class StateFaults {
    static final String SYSTEM = "state";

    private StateFaults() {}

    static <T> T classed(Supplier<T> work) {
        try {
            return work.get();
        } catch (TransientDataAccessException | RecoverableDataAccessException | NonTransientDataAccessResourceException
                 | TransactionException passing) {
            throw new Fault.Transient(SYSTEM, "The database did not answer: " + reason(passing), passing);
        }
    }

    /** The driver's own words on one line; Spring's hold the statement. */
    private static String reason(Throwable fault) {
        Throwable deepest = fault;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
