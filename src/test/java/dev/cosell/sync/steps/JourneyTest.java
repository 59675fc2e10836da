package dev.cosell.sync.steps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JourneyTest {
    @Test
    void a_deal_goes_by_its_name_when_a_record_tells_it_and_by_both_ids() {
        assertThat(Journey.deal("Deal", "r1", "crm-1")).isEqualTo("\"Deal\" (r1 ↔ crm-1)");
        assertThat(Journey.deal(null, null, "crm-1")).isEqualTo("(null ↔ crm-1)");
    }
}
