package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The administrator moves to columns of the organisation's own prefix and names them in the settings. */
@InWorld("dynamics")
class DynamicsColumnsStoryTest extends Stories {
    private static final String OPPORTUNITY = "/api/data/v9.2/EntityDefinitions(LogicalName='opportunity')";

    private DynamicsDriver dynamics() {
        return (DynamicsDriver) crm();
    }

    private void column(String type, String name) {
        dynamics().asApplication("POST", OPPORTUNITY + "/Attributes",
                Map.of("@odata.type", "Microsoft.Dynamics.CRM." + type + "AttributeMetadata", "SchemaName", name,
                        "MaxLength", 100));
    }

    @Test
    void edits_are_noticed_by_the_columns_that_the_settings_name_now() {
        String referralId = world().newDeal(Map.of());
        String crmId = crm().id(world().opportunityFor(referralId));
        world().firstReadsAreOver();
        column("Boolean", "contoso_Share");
        column("String", "contoso_Referral");
        dynamics().asApplication("POST", OPPORTUNITY + "/Keys",
                Map.of("SchemaName", "contoso_ReferralKey", "KeyAttributes", List.of("contoso_referral")));
        world().stopApplication();
        dynamics().api().patch("/sandbox/opportunities/" + crmId, Map.of("contoso_share", true,
                "cosell_syncwithpartnercenter", false, "contoso_referral", referralId));
        world().restartWith(Map.of("dynamics.sync-field", "contoso_share", "dynamics.referral-id-field",
                "contoso_referral"));
        crm().changeValue(crmId, 61000);
        String added = crm().newOpportunity(Map.of("contoso_share", true, "cosell_syncwithpartnercenter", false));

        world().eventually(() -> assertThat(world().valueOf(world().referral(referralId)))
                .isEqualByComparingTo("61000"));
        world().eventually(() -> assertThat(crm().opportunity(added).get("contoso_referral")).isNotNull());
        world().andAgainNothingHappens();
        assertThat(world().referralsNaming(added)).hasSize(1);
        crm().changeValue(added, 62000);
        world().eventually(() -> assertThat(world().valueOf(world().referralsNaming(added).get(0)))
                .isEqualByComparingTo("62000"));
        world().andAgainNothingHappens();
    }
}
