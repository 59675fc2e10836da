package dev.cosell.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A loss went to Partner Center without a reason when the opportunity gave none; it may be refused there. */
class MissingReasonTest {
    private static Map<String, Object> filled(String... paths) {
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i < paths.length; i += 2) {
            if (!"-".equals(paths[i + 1])) {
                fields.put(paths[i], "null".equals(paths[i + 1]) ? null : paths[i + 1]);
            }
        }
        return fields;
    }

    @ParameterizedTest(name = "{0}/{1}, sent {2}, there {3}: {4}")
    @CsvSource(textBlock = """
            Closed, Lost,     -,         null,          true
            Closed, Declined, -,         -,             true
            Closed, Error,    -,         null,          true
            Closed, Lost,     null,      Not a customer, true
            Closed, Lost,     No budget, null,          false
            Closed, Lost,     -,         Not a customer, false
            Closed, Won,      -,         null,          false
            Active, Accepted, -,         null,          false
            -,      -,        -,         null,          false
            """)
    void stands_in_for_a_reason_that_nobody_gives(String status, String substatus, String sent, String there,
            boolean standsIn) {
        assertThat(new MissingReason("Other").of(filled("status", "Active", "statusReason", there),
                filled("status", status, "substatus", substatus, "statusReason", sent)))
                .isEqualTo(standsIn ? Map.of("statusReason", "Other") : Map.of());
    }

    @Test
    void an_empty_setting_sends_none() {
        assertThat(new MissingReason("").of(Map.of("status", "Active"),
                Map.of("status", "Closed", "substatus", "Lost"))).isEmpty();
    }
}
