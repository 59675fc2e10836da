package dev.cosell.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of a check, which holds names and texts of other systems. */
class ReportTest {
    @Test
    void aTextFromOutsideCannotForgeALineOrCommandTheTerminal() {
        Report report = new Report(Instant.EPOCH,
                List.of(Finding.fault("salesforce", "Opportunity.Help\u202eeta",
                        "has the value \"Other\nok       salesforce\"",
                        "Deactivate \u001b[2Jit")));
        assertThat(report.text().lines()).hasSize(4).noneMatch(line -> line.startsWith("ok"));
        assertThat(report.text())
                .contains("has the value \"Other\\nok       salesforce\"", "Help\\u202eeta", "\\u001b[2J")
                .doesNotContain("\u001b", "\u202e");
    }
}
