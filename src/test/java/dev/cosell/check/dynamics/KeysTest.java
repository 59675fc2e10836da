package dev.cosell.check.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.check.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes a column an alternate key that can be used. */
class KeysTest {
    private static Finding judged(String status, String... columns) {
        return Keys.judged("opportunity", "x_id", "dynamics.referral-id-field",
                List.of(Map.of("SchemaName", "x_Key", "KeyAttributes", List.of(columns), "EntityKeyIndexStatus",
                        status)));
    }

    @ParameterizedTest
    @CsvSource({"Pending, not active yet (Pending)", "InProgress, not active yet (InProgress)",
            "Failed, two rows have the same value"})
    void onlyAnActiveKeyIsGoodEnough(String status, String said) {
        assertThat(judged(status, "x_id").said()).contains(said);
        assertThat(judged(status, "x_id").isFault()).isTrue();
    }

    @Test
    void aKeyOfMoreColumnsIsNone() {
        assertThat(judged("Active", "x_id", "name").said()).contains("is no alternate key");
        assertThat(judged("Active", "x_id").isFault()).isFalse();
    }
}
