package dev.cosell.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sandbox.dataverse.DataverseClient.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Numbers that a column of whole numbers cannot hold are refused as the real service refuses them, and never end in a
 * fault of the server.
 */
class OddNumbersTest {
    @RegisterExtension
    static final RunningDataverse dataverse = new RunningDataverse();

    private final DataverseClient api = dataverse.client();

    private Reply write(String set, String column, String json) {
        return api.post(set, ("{\"" + column + "\":" + json + "}").getBytes(StandardCharsets.UTF_8), "Content-Type",
                "application/json");
    }

    @ParameterizedTest
    @CsvSource({"accounts, numberofemployees", "opportunities, closeprobability",
            "opportunities, opportunityratingcode", "opportunities, statuscode"})
    void whatIsNoWholeNumberIsABadRequest(String set, String column) {
        for (String value : List.of("1.5", "4294967297", "1E+30", "1E+999999999", "1E-999999999", "\"12\"", "true",
                "{\"a\":1}", "[1]")) {
            Reply reply = write(set, column, value);
            assertThat(reply.status()).as(column + " " + value + " " + reply.text()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+999999999", "1E-999999999", "1E+40"})
    void anAmountThatNobodyCanHoldIsABadRequest(String amount) {
        assertThat(write("opportunities", "estimatedvalue", amount).status()).isEqualTo(400);
    }

    @Test
    void aWholeNumberMayHaveAPoint() {
        assertThat(write("accounts", "numberofemployees", "12.0").status()).isEqualTo(204);
    }
}
