package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fortnight in which a lead has to be answered. */
class LeadDeadlineTest {
    private static final Map<String, String> SETTINGS = Map.of("leads", "leads", "sync.due-interval", "200ms",
            "sync.deadline-notice", "20d");

    @ParameterizedTest
    @ValueSource(strings = {"salesforce", "dynamics"})
    void an_unanswered_lead_warns_once_and_no_more_when_it_is_declined(String crmName) {
        try (World world = new World(SETTINGS, Path.of("routes"), crmName)) {
            LeadDriver leads = world.crm().leads();
            String referralId = (String) world.partnerCenter().post("/sandbox/leads", Map.of()).get("id");

            world.eventually(() -> assertThat(leads.of(referralId)).singleElement().satisfies(
                    lead -> assertThat(leads.audit(lead)).contains("accept or decline it before")));
            world.eventually(
                    () -> assertThat(world.operations().getDeadlines()).anyMatch(line -> line.contains(referralId)));
            world.andAgainNothingHappens();
            List<Map<String, Object>> told = leads.of(referralId);
            assertThat(leads.audit(told.get(0))).containsOnlyOnce("accept or decline it before");

            world.partnerCenter().post("/sandbox/leads/" + referralId + "/decline", Map.of());
            world.eventually(() -> assertThat(world.operations().getDeadlines()).isEmpty());
            world.andAgainNothingHappens();
        }
    }
}
