package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The interrupted stories with Salesforce. */
@InWorld("salesforce")
class SalesforceInterruptedTest extends InterruptedStories {
    private static World world;

    @Override
    protected Map<String, Object> readCall() {
        return Map.of("method", "GET", "path", "/query/?$");
    }

    @Override
    protected int readsBeforeTheWrite() {
        return 1;
    }

    @Override
    protected Map<String, Object> createCall() {
        return Map.of("method", "POST", "path", "/composite$", "skip", 1);
    }

    @Override
    protected void editUnmapped(String crmId) {
        world.crm().api().patch("/sandbox/opportunities/" + crmId, Map.of("NextStep", "Call back"));
    }

    /** Times 0 ends it. */
    private static void lockRows(int times) {
        world.crm().api().post("/sandbox/settings", Map.of("failWrites", Map.of("errorCode", "UNABLE_TO_LOCK_ROW",
                "message", "unable to obtain exclusive access to this record or 1 records: 006", "times", times)));
    }

    /** Our writes of what the edit changed meet a locked row until the seller has done the other thing. */
    private static void whileTheRowIsLocked(Runnable edit, Runnable sellerDoes) {
        lockRows(1000);
        try (Log log = Log.from(Level.WARN)) {
            edit.run();
            world.eventually(() -> assertThat(log.lines()).anyMatch(line -> line.contains("UNABLE_TO_LOCK_ROW")
                    && line.contains("waits in the queue")));
            sellerDoes.run();
        } finally {
            lockRows(0);
        }
    }

    /** The seller's edit counted as the later one, and nobody was told that the portal's was lost. */
    @Test
    void an_edit_in_the_CRM_while_our_write_met_a_locked_row_is_a_conflict_that_the_mapping_decides() {
        Deal deal = joined();
        whileTheRowIsLocked(() -> DealField.VALUE.editInPortal(world.partnerCenter(), deal.referralId(), "30500"),
                () -> DealField.VALUE.editInCrm(world.crm(), deal.crmId(), "30600"));

        bothShow(deal, DealField.VALUE, "30600");
        world.eventually(() -> assertThat(world.auditTrail(deal.crmId()))
                .anyMatch(line -> line.contains("both sides changed it; 30500")));
        world.andAgainNothingHappens();
    }

    /** The opportunity stayed lost beside a referral that was won for good. */
    @Test
    void a_loss_in_the_CRM_while_our_win_met_a_locked_row_is_a_conflict_that_the_mapping_decides() {
        Deal deal = joined();
        whileTheRowIsLocked(() -> world.partnerCenter().patch("/sandbox/deals/" + deal.referralId(),
                Map.of("status", "Closed", "substatus", "Won")), () -> world.crm().lose(deal.crmId()));

        world.eventually(() -> assertThat(world.crm().won(world.crm().opportunity(deal.crmId()))).isTrue());
        world.settle();
        assertThat(world.referral(deal.referralId())).containsEntry("substatus", "Won");
        assertThat(world.auditTrail(deal.crmId())).anyMatch(line -> line.contains("both sides changed it"));
        world.andAgainNothingHappens();
    }
}
