package dev.cosell.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What people read of a call that Salesforce did not answer. */
class NoAnswerTest {
    private static String words(Throwable told) {
        return SalesforceCalls.noAnswer(new IOException(told), "a query");
    }

    /** They read the inner state of the HTTP client, or the word null. */
    @Test
    void aConnectionThatWasClosedWasToldInTheWordsOfTheHttpClient() {
        String closed = "Salesforce gave no answer for a query: the connection was closed";
        assertThat(words(new EOFException("HttpConnection@4f7d447e[ISHUT,fill=-,flush=-]"))).isEqualTo(closed);
        assertThat(words(new AsynchronousCloseException())).isEqualTo(closed);
    }

    @Test
    void anyOtherReasonIsTold() {
        assertThat(words(new TimeoutException("Total timeout 60000 ms elapsed")))
                .isEqualTo("Salesforce gave no answer for a query: TimeoutException Total timeout 60000 ms elapsed");
        assertThat(words(new IllegalStateException()))
                .isEqualTo("Salesforce gave no answer for a query: IllegalStateException");
    }
}
