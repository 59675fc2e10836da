package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stories of options, lived through with Dynamics 365. */
@InWorld("dynamics")
class DynamicsOptionStoriesTest extends OptionStories {
    private static World world;

    @Override
    protected String name(Map<String, Object> opportunity) {
        return (String) opportunity.get("name");
    }

    @Override
    protected Map<String, Object> named(String name) {
        return Map.of("name", name);
    }

    @Override
    protected boolean takesNotesWhenClosed() {
        return false;
    }

    /** A seller who has left was named to Microsoft as somebody to call. */
    @Test
    void a_colleague_who_has_left_is_not_on_the_team_of_a_new_deal() {
        DynamicsDriver dynamics = (DynamicsDriver) world.crm();
        String id = dynamics.newOpportunity(dynamics.shared(false));
        dynamics.colleague(id, "Lea", "Left", "lea.left@contoso.example");
        dynamics.colleague(id, "Stan", "Stayed", "stan.stayed@contoso.example");
        Object left = Api
                .list(dynamics.api().get(
                        "/sandbox/seller/systemusers?$filter=internalemailaddress%20eq%20'lea.left@contoso.example'")
                        .get("value"))
                .get(0).get("systemuserid");
        dynamics.asApplication("PATCH", "/api/data/v9.2/systemusers(" + left + ")", Map.of("isdisabled", true));
        dynamics.api().patch("/sandbox/opportunities/" + id, dynamics.shared(true));
        assertThat(Api.list(world.referralFor(id).get("team"))).extracting(member -> member.get("email"))
                .contains("stan.stayed@contoso.example").doesNotContain("lea.left@contoso.example");
        world.andAgainNothingHappens();
    }
}
