package dev.cosell.check.salesforce;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.Demand;
import dev.cosell.mapping.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Whether the stages that the value map writes are closed and won where Partner Center's status is. */
public final class StageFlags implements Check {
    private static final String FIELD = "StageName";

    /** A stage of the org. */
    record Stage(String name, boolean closed, boolean won) {}

    private final Calls calls;
    private final Supplier<CrmMapping> mapping;

    public StageFlags(Calls calls, Supplier<CrmMapping> mapping) {
        this.calls = calls;
        this.mapping = mapping;
    }

    @Override
    public String where() {
        return "salesforce";
    }

    @Override
    public String what() {
        return "stages";
    }

    @Override
    public List<Finding> look() {
        Row row = mapping.get() == null ? null
                : mapping.get().opportunity().rows().stream().filter(each -> each.crmPaths().contains(FIELD))
                        .findFirst().orElse(null);
        if (row == null || row.demand().values() == null) {
            return List.of(Finding.warning(where(), what(), "the mapping has no row StageName with a value map",
                    "Add one, so that the status travels"));
        }
        if (row.crmPaths().size() > 1) {
            return List.of(Finding.ok(where(), what(), "the mapping row " + row.name()
                    + " has other fields beside the stage, so stages alone are not compared"));
        }
        Map<?, ?> answer = calls.ask("salesforce-query",
                "SELECT ApiName, IsClosed, IsWon FROM OpportunityStage WHERE IsActive = true", Map.class);
        List<Stage> stages = Description.maps(answer.get("records")).stream().map(stage -> new Stage(
                String.valueOf(stage.get("ApiName")), Boolean.TRUE.equals(stage.get("IsClosed")),
                Boolean.TRUE.equals(stage.get("IsWon")))).toList();
        List<Finding> findings = new ArrayList<>(compare(row.demand().values().lines(), stages));
        stages.stream().filter(stage -> stage.closed() && readsAsOpen(row, stage)).forEach(stage -> findings.add(
                Finding.fault(where(), "stage " + stage.name(), "is closed in Salesforce, but the value map reads it"
                        + " as open, so a deal that a seller closes with it stays open in Partner Center",
                        "Add a line for it to the value map")));
        return findings;
    }

    private static boolean readsAsOpen(Row row, Stage stage) {
        try {
            Map<String, Object> read = new HashMap<>();
            row.putReferral(read, row.crmValue(Map.of(FIELD, stage.name())));
            return !"Closed".equals(read.get("status"));
        } catch (ConversionFault unknown) {
            // The comparison of the picklist says so.
            return false;
        }
    }

    /** Stages that do not exist are named by the comparison of the picklist. */
    static List<Finding> compare(List<Demand.Line> lines, List<Stage> stages) {
        List<Finding> findings = new ArrayList<>();
        for (Demand.Line line : lines) {
            boolean closed = line.referral().toLowerCase(java.util.Locale.ROOT).startsWith("closed");
            boolean won = line.referral().equalsIgnoreCase("Closed/Won");
            stages.stream().filter(stage -> stage.name().equalsIgnoreCase(line.crm()))
                    .filter(stage -> stage.closed() != closed || stage.won() != won)
                    .forEach(stage -> findings.add(Finding.fault("salesforce", "stage " + stage.name(),
                            "is " + words(stage.closed(), stage.won())
                                    + " in Salesforce, but the value map writes it for " + line.referral()
                                    + ", which is " + words(closed, won),
                            "Write another stage into that line of the value map, or change the stage's type in Setup, "
                                    + "Object Manager, Opportunity, Stage")));
        }
        return findings.isEmpty()
                ? List.of(Finding.ok("salesforce", "stages", "open, won and lost ones fit the value map")) : findings;
    }

    private static String words(boolean closed, boolean won) {
        return won ? "won" : closed ? "lost" : "open";
    }
}
