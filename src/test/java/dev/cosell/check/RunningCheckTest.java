package dev.cosell.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.operations.CheckMXBean;
import dev.cosell.operations.CheckOperations;
import dev.cosell.stories.World;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** The checks that the running application makes by itself, as its MBean shows them. */
class RunningCheckTest {
    private static CheckMXBean check() throws Exception {
        return JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(), new ObjectName(CheckOperations.NAME),
                CheckMXBean.class);
    }

    @Test
    void checksAfterTheStartAndWhenAsked() throws Exception {
        try (World world = new World(Map.of("check.at-start", "true"), Path.of("routes"), "salesforce", "dynamics")) {
            world.eventually(() -> assertThat(check().getOutcome()).isEqualTo("All right"));
            assertThat(check().getFaults()).isEmpty();
            assertThat(check().getLastRun()).isNotEmpty();

            world.crm("salesforce").api().post("/sandbox/settings",
                    Map.of("hiddenFields", List.of("Opportunity.Loss_Reason__c")));
            assertThat(check().check()).contains("FAULT", "Opportunity.Loss_Reason__c", "1 fault");
            assertThat(check().getFaults()).singleElement().asString().contains("Opportunity.Loss_Reason__c",
                    "Create it in Setup");
        }
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(new ObjectName(CheckOperations.NAME)))
                .isFalse();
    }

    @Test
    void sandboxModeIsNotCheckedUnlessAskedFor() throws Exception {
        try (World world = new World("salesforce")) {
            world.settle();
            assertThat(check().getLastRun()).isEmpty();
            assertThat(world.camel().getRouteController().getRouteStatus("check-daily").isStarted()).isTrue();
            assertThat(world.camel().getRouteController().getRouteStatus("check-start").isStopped()).isTrue();
        }
    }
}
