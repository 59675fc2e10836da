package dev.cosell.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sandbox.salesforce.RunningSalesforce.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Numbers that a field cannot hold are refused as the real service refuses them, and never end in a fault of the
 * server.
 */
class OddNumbersTest {
    private static final RunningSalesforce salesforce = new RunningSalesforce();

    @AfterAll
    static void stop() {
        salesforce.close();
    }

    @ParameterizedTest
    @CsvSource({"NumberOfEmployees, 4294967297", "NumberOfEmployees, 1E+999999999", "AnnualRevenue, 1E+40",
            "AnnualRevenue, 1E-999999999"})
    void aNumberOutsideTheRangeIsABadRequest(String field, String number) {
        Reply reply = salesforce.api("POST", "sobjects/Account",
                "{\"Name\":\"Numbers\",\"" + field + "\":" + number + "}");
        assertThat(reply.status()).as(reply.raw().body()).isEqualTo(400);
        assertThat(reply.body().get(0).get("errorCode").asText()).isEqualTo("NUMBER_OUTSIDE_VALID_RANGE");
    }
}
