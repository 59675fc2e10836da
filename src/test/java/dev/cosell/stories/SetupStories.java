package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.setup.SetupRun;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An environment that nobody has customized is set up and then synced with. */
abstract class SetupStories extends Stories {
    private static final Path ROUTES = Path.of("routes");

    /** Sandbox servers as if new, the set-up, then the application. */
    static World worldOf(String crm) {
        return new World(Map.of("leads", "leads"), ROUTES, world -> {
            world.crm().api().post("/sandbox/bare", Map.of());
            SetupRun first = SetupRun.of(crm, world.settings(), ROUTES, Map.of());
            assertThat(first.code()).as(first.out()).isZero();
        }, crm);
    }

    @Test
    void a_bare_environment_comes_to_its_first_synced_deal_from_the_crm() {
        String id = crm().newOpportunity(crm().askForHelp());
        Map<String, Object> referral = world().referralFor(id);
        assertThat(referral).containsEntry("type", "Shared").containsEntry("externalReferenceId", id);
        assertThat(Api.list(Api.map(Api.map(referral.get("details")).get("requirements")).get("solutions"))).hasSize(1);
        assertThat(crm().referralLink(crm().opportunity(id))).contains(referral.get("id").toString());
        assertThat(crm().audit(crm().opportunity(id))).contains("Shared with Partner Center");

        crm().changeValue(id, 83000);
        world().eventually(() -> assertThat(world().valueOf(world().referral((String) referral.get("id"))))
                .isEqualByComparingTo("83000"));
        world().andAgainNothingHappens();
    }

    @Test
    void a_bare_environment_takes_a_deal_and_a_lead_from_partner_center() {
        String deal = world().newDeal(Map.of());
        Map<String, Object> opportunity = world().opportunityFor(deal);
        assertThat(crm().syncWanted(opportunity)).isTrue();
        assertThat(Api.list(opportunity.get(solutions()))).isNotEmpty();

        String lead = (String) world().partnerCenter().post("/sandbox/leads", Map.of()).get("id");
        world().eventually(() -> assertThat(crm().api().get("/sandbox/leads/" + lead)).containsValue(lead));
        world().andAgainNothingHappens();
    }

    @Test
    void the_set_up_finds_nothing_to_do_beside_a_running_sync() {
        SetupRun again = SetupRun.of(crm().name(), world().settings(), ROUTES, Map.of());
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("Nothing to do").contains("By hand:");
    }

    /** The property with which the sandbox shows an opportunity's solution rows. */
    protected abstract String solutions();
}
