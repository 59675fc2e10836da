package dev.cosell.sync.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ErasureTest {
    private static final EndedLead ENDED = new EndedLead(PlainDeals.LEAD_TABLE, PlainDeals.REFERRALS);
    private static final Function<String, EndedLead> ENABLED = crm -> crm.equals("crm") ? ENDED : null;
    private static final AgreedValues VALUES = new AgreedValues(Map.of("Status", Agreed.on("New", "Open"), "Topic",
            Agreed.on("Jo", "Jo")));

    private final Erasure leads = new Erasure(ENABLED, LeadMode.LEADS);
    private final Erasure noLeads = new Erasure(ENABLED, LeadMode.OFF);

    private static Link deal(String crm, Standing standing) {
        return Link.of(crm, Ends.deal("r1", "e1", "crm-1")).with(VALUES).with(standing);
    }

    private static Link lead(String crm, Standing standing) {
        return Link.of(crm, Ends.lead("r1", null, "lead-1")).with(VALUES).with(standing);
    }

    private static Standing in(LinkState state) {
        return Standing.of(state, "because");
    }

    @Test
    void what_is_compared_keeps_its_values() {
        assertThat(noLeads.kept(deal("crm", Standing.LINKED), true)).isEqualTo(VALUES);
        assertThat(noLeads.kept(deal("crm", in(LinkState.PARKED)), false)).isEqualTo(VALUES);
        assertThat(leads.kept(lead("crm", Standing.LINKED), false)).isEqualTo(VALUES);
        assertThat(leads.kept(lead("crm", in(LinkState.PARKED)), true)).as("its end is still to be told")
                .isEqualTo(VALUES);
    }

    @Test
    void nothing_of_a_deal_is_kept_that_nobody_compares() {
        assertThat(leads.kept(deal("crm", in(LinkState.ORPHANED)), false).rows()).isEmpty();
        assertThat(leads.kept(deal("other", Standing.LINKED), false).rows()).isEmpty();
        assertThat(leads.kept(lead("other", Standing.LINKED), false).rows()).isEmpty();
    }

    @Test
    void what_was_to_be_forgotten_goes_when_the_deal_turns_out_not_to_be_compared() {
        Standing toForget = new Standing(LinkState.LINKED, null, List.of(Standing.FORGET), null);
        assertThat(deal("crm", toForget).uncompared()).satisfies(link -> {
            assertThat(link.agreed().rows()).isEmpty();
            assertThat(link.standing()).isEqualTo(Standing.LINKED);
        });
        assertThat(deal("crm", Standing.LINKED).uncompared().agreed()).isEqualTo(VALUES);
        assertThat(lead("crm", toForget).uncompared().agreed()).isEqualTo(VALUES);
    }

    @Test
    void of_a_lead_that_nobody_compares_the_status_is_kept() {
        assertThat(leads.kept(lead("crm", Standing.LINKED), true).rows()).containsOnlyKeys("Status");
        assertThat(leads.kept(lead("crm", in(LinkState.ORPHANED)), false).rows()).containsOnlyKeys("Status");
        assertThat(noLeads.kept(lead("crm", Standing.LINKED), false).rows()).containsOnlyKeys("Status");
    }
}
