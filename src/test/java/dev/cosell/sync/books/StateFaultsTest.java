package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.verbs.Fault;
import java.io.EOFException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** What people read of a database that did not answer. */
class StateFaultsTest {
    private static void isTold(Throwable cause, String words) {
        assertThatThrownBy(() -> StateFaults.reached(() -> {
            throw new DataAccessResourceFailureException("the statement", cause);
        })).isInstanceOf(Fault.Transient.class).hasMessage("The database did not answer: " + words + " (CS-703)");
    }

    /** "The database did not answer: null". */
    @Test
    void aDriverWithoutWordsWasQuotedAsNull() {
        isTold(new SQLException("the connection broke", new EOFException()), "EOFException");
        isTold(new SQLException("terminating connection\n  by a command"), "terminating connection by a command");
    }
}
