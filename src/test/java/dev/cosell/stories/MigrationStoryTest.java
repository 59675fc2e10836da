package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.ShippedRoutes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Microsoft's connectors have synced fifty deals; this product is started beside their work, stopped half way, and
 * started again.
 */
class MigrationStoryTest {
    private static final int DEALS = 50;
    /** Every so many-th is won on both sides. */
    private static final int WON = 10;

    /** What the connectors leave behind: both ids, the link, the audit and the check mark; of older deals less. */
    private record Deal(String referralId, String crmId) {}

    private final List<Deal> deals = new ArrayList<>();

    private void madeByTheConnectors(World world) {
        for (int number = 0; number < DEALS; number++) {
            String crmId = world.crm().newOpportunity(world.crm().shared(false));
            String named = number % 5 == 2 ? null : number % 5 == 1 ? otherSpelling(world, crmId) : crmId;
            Map<String, Object> fields = new HashMap<>(Map.of("name", "Migrated " + number));
            fields.put("externalReferenceId", named);
            String referralId = world.newDeal(fields);
            deals.add(new Deal(referralId, crmId));
            world.crm().api().patch("/sandbox/opportunities/" + crmId, left(world, number, referralId));
            if (number % WON == 0) {
                world.crm().win(crmId);
                world.partnerCenter().patch("/sandbox/deals/" + referralId,
                        Map.of("status", "Closed", "substatus", "Won"));
            }
        }
    }

    private static String otherSpelling(World world, String crmId) {
        return world.crm().otherSpelling(crmId);
    }

    private static Map<String, Object> left(World world, int number, String referralId) {
        CrmDriver crm = world.crm();
        Map<String, Object> fields = new HashMap<>(crm.shared(true));
        fields.put(crm.field(CrmField.NAME), "✔ Migrated " + number);
        fields.put(crm.field(CrmField.AUDIT), "Synchronized with Partner Center");
        if (number % 5 != 4) {
            fields.put(crm.field(CrmField.REFERRAL_LINK),
                    "https://partner.microsoft.com/dashboard/referrals/" + referralId);
        }
        if (number % 5 != 1 && number % 5 != 3) {
            fields.put(crm.field(CrmField.REFERRAL_IDENTIFIER), referralId);
        }
        return fields;
    }

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void nothing_is_created_and_all_are_joined_though_the_first_start_is_cut_short(String crm) {
        try (Log log = Log.from(Level.WARN);
             World world = new World(Map.of(), Path.of("routes"), this::madeByTheConnectors, crm)) {
            world.eventually(() -> assertThat(joined(world)).isGreaterThan(5));
            world.restart();
            world.eventually(() -> assertThat(joined(world)).isEqualTo(DEALS));
            world.settle();
            assertThat(world.ownReferrals()).hasSize(DEALS);
            for (Deal deal : deals) {
                Map<String, Object> opportunity = world.crm().opportunity(deal.crmId);
                assertThat(world.crm().referralId(opportunity)).isEqualTo(deal.referralId);
                assertThat(world.crm().opportunitiesOf(deal.referralId)).hasSize(1);
                assertThat((String) world.referral(deal.referralId).get("name")).doesNotContain("✔");
                assertThat(world.crm().audit(opportunity)).contains("Synchronized with Partner Center");
                assertThat(world.crm().lost(opportunity)).isFalse();
            }
            assertThat(world.parked()).isEmpty();
            assertThat(log.lines()).as("warnings").noneMatch(line -> line.contains("as it was before"));
            world.andAgainNothingHappens();
        }
    }

    private long joined(World world) {
        return deals.stream()
                .filter(deal -> world.auditTrail(deal.crmId).stream()
                        .anyMatch(line -> line.contains("Joined with referral " + deal.referralId)))
                .count();
    }

    /** The poll of the CRM is quicker than the first reading of all referrals, which fails a few times. */
    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void nothing_is_created_before_all_referrals_were_read_once(String crm) {
        Map<String, String> sweeps = Map.of("partner-center.sweep-interval", "1s");
        try (Log log = Log.from(Level.INFO);
                World world = new World(sweeps, Path.of("routes"), MigrationStoryTest::oneDealAndNoLists, crm)) {
            world.eventually(() -> assertThat(log.lines())
                    .anyMatch(line -> line.contains("No referral is created before all that there are were read")));
            assertThat(world.ownReferrals()).hasSize(1);
            world.partnerCenter().delete("/sandbox/faults");
            String referralId = (String) world.ownReferrals().get(0);
            world.eventually(() -> assertThat(world.crm().opportunitiesOf(referralId)).hasSize(1));
            world.settle();
            assertThat(world.ownReferrals()).hasSize(1);
            world.andAgainNothingHappens();
        }
    }

    /** Where a customer keeps the amount, beside the shipped field, and how an administrator makes that field. */
    private record OwnAmount(String shipped, String field, Consumer<CrmDriver> make) {
        static final Map<String, OwnAmount> OF = Map.of(
                "salesforce", new OwnAmount("Amount", "Total_ACV__c", crm -> ((SalesforceDriver) crm)
                        .newField("Total_ACV__c", Map.of("type", "Currency", "label", "Total ACV", "precision", 18,
                                "scale", 2))),
                "dynamics", new OwnAmount("estimatedvalue", "contoso_totalacv", crm -> ((DynamicsDriver) crm)
                        .asApplication("POST", "/api/data/v9.2/EntityDefinitions(LogicalName='opportunity')/Attributes",
                                Map.of("@odata.type", "Microsoft.Dynamics.CRM.MoneyAttributeMetadata", "AttributeType",
                                        "Money", "SchemaName", "contoso_TotalACV"))));

        /** The shipped routes with this field in the row of the shipped one. */
        Path routes(Path folder, String crm) throws IOException {
            Path mapping = ShippedRoutes.copyTo(folder).resolve("mapping-" + crm + ".camel.yaml");
            String text = Files.readString(mapping);
            String edited = text.replaceFirst("\\b" + shipped + " +\\| details\\.dealValue",
                    field + " | details.dealValue");
            assertThat(edited).isNotEqualTo(text);
            Files.writeString(mapping, edited);
            return folder;
        }
    }

    /** With the shipped row the value of each open deal would become the amount that nobody keeps up to date. */
    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void the_amount_of_a_field_of_the_customers_own_is_not_overwritten_at_the_first_join(String crm,
            @TempDir Path folder) throws IOException {
        OwnAmount own = OwnAmount.OF.get(crm);
        try (World world = new World(Map.of(), own.routes(folder, crm), before -> madeFrom(own, before), crm)) {
            world.eventually(() -> assertThat(joined(world)).isEqualTo(deals.size()));
            world.settle();
            for (Deal deal : deals) {
                Map<String, Object> opportunity = world.crm().opportunity(deal.crmId);
                assertThat(world.valueOf(world.referral(deal.referralId))).isEqualByComparingTo("91000");
                assertThat(new BigDecimal(opportunity.get(own.field).toString())).isEqualByComparingTo("91000");
                assertThat(world.crm().value(opportunity)).isEqualByComparingTo("50000");
            }
            Deal edited = deals.get(0);
            world.crm().api().patch("/sandbox/opportunities/" + edited.crmId, Map.of(own.field, 92000));
            world.eventually(() -> assertThat(world.valueOf(world.referral(edited.referralId)))
                    .isEqualByComparingTo("92000"));
            world.andAgainNothingHappens();
        }
    }

    /** Deals whose value the connectors took from that field; in the shipped one stands another. */
    private void madeFrom(OwnAmount own, World world) {
        own.make.accept(world.crm());
        for (int number = 0; number < 3; number++) {
            Map<String, Object> fields = new HashMap<>(world.crm().shared(true));
            fields.putAll(Map.of(own.field, 91000, world.crm().field(CrmField.VALUE), 50000));
            String crmId = world.crm().newOpportunity(fields);
            String referralId = world.newDeal(Map.of("name", "Own amount " + number, "externalReferenceId", crmId,
                    "details", Map.of("dealValue", 91000)));
            deals.add(new Deal(referralId, crmId));
            world.crm().api().patch("/sandbox/opportunities/" + crmId,
                    Map.of(world.crm().field(CrmField.REFERRAL_IDENTIFIER), referralId));
        }
    }

    private static void oneDealAndNoLists(World world) {
        world.partnerCenter().post("/sandbox/faults",
                Map.of("method", "GET", "path", "/referrals$", "status", 503, "times", 1_000_000));
        String crmId = world.crm().newOpportunity(world.crm().shared(true));
        world.newDeal(Map.of("externalReferenceId", otherSpelling(world, crmId)));
    }
}
