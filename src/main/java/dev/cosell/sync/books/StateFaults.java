package dev.cosell.sync.books;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Tells a database that is away or busy, which passes, and one that refuses a value, which concerns that record alone,
 * from a statement it refuses, which is a bug and stays as it is.
 */
public final class StateFaults {
    static final String SYSTEM = "state";

    private StateFaults() {}

    static <T> T classed(Supplier<T> work) {
        try {
            return reached(work);
        } catch (DataIntegrityViolationException refused) {
            throw NestedExceptionUtils.getMostSpecificCause(refused) instanceof SQLException told && isAboutAValue(told)
                    ? unstorable(told) : refused;
        }
    }

    /** Tells alone a database that is away or busy, for what is about no record. */
    public static <T> T reached(Supplier<T> work) {
        try {
            return work.get();
        } catch (TransientDataAccessException | RecoverableDataAccessException | NonTransientDataAccessResourceException
                 | TransactionException passing) {
            throw new Fault.Transient(SYSTEM, "The database did not answer: " + reason(passing), passing);
        }
    }

    /** Class 22 of the SQL standard: data exceptions. */
    private static boolean isAboutAValue(SQLException told) {
        return told.getSQLState() != null && told.getSQLState().startsWith("22");
    }

    private static Fault.Data unstorable(SQLException told) {
        return new Fault.Data(SYSTEM, Trouble.UNSTORABLE,
                "our own database cannot keep a value of this record ("
                        + told.getMessage().lines().findFirst().orElse("")
                        + "). Shorten the value it names, or retype it, then use the operation retryParked (JMX)");
    }

    /** The driver's own words on one line; Spring's hold the statement. */
    private static String reason(Throwable fault) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(fault);
        return cause.getMessage() == null ? cause.getClass().getSimpleName()
                : cause.getMessage().strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
