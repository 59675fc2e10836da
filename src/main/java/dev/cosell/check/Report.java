package dev.cosell.check;

import dev.cosell.check.Finding.State;
import dev.cosell.text.Visible;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What all checks found at one time. */
public record Report(Instant at, List<Finding> findings) {
    /** Longer names push their own line to the right, not all lines. */
    private static final int WIDEST = 42;

    public Report {
        findings = List.copyOf(findings);
    }

    public List<Finding> faults() {
        return with(State.FAULT);
    }

    public List<Finding> warnings() {
        return with(State.WARNING);
    }

    private List<Finding> with(State state) {
        return findings.stream().filter(finding -> finding.state() == state).toList();
    }

    public boolean allRight() {
        return faults().isEmpty();
    }

    /** The outcome in one sentence. */
    public String summary() {
        int faults = faults().size();
        int warnings = warnings().size();
        return (faults == 0 ? "All right" : faults == 1 ? "1 fault" : faults + " faults")
                + (warnings == 0 ? "" : warnings == 1 ? ", 1 warning" : ", " + warnings + " warnings");
    }

    /**
     * The table for people: one line a finding, and under it what is to be done. Names and texts of the systems cannot
     * add lines or command a terminal.
     */
    public String text() {
        String row = "%-8s %-" + widest(Finding::where) + "s  %-" + widest(Finding::what) + "s  %s%n";
        StringBuilder text = new StringBuilder(String.format(row, "", "where", "what", "").stripTrailing())
                .append(System.lineSeparator());
        for (Finding finding : findings) {
            text.append(String.format(row, finding.isFault() ? "FAULT" : word(finding), Visible.line(finding.where()),
                    Visible.line(finding.what()),
                    Visible.line(finding.said())));
            if (!finding.remedy().isEmpty()) {
                text.append(String.format(row, "", "", "", "-> " + Visible.line(finding.remedy())));
            }
        }
        return text.append(summary()).append(".").append(System.lineSeparator()).toString();
    }

    private int widest(Function<Finding, String> column) {
        return findings.stream().map(column).map(Visible::line).mapToInt(String::length)
                .filter(length -> length <= WIDEST).max().orElse(1);
    }

    private static String word(Finding finding) {
        return finding.state().name().toLowerCase(Locale.ROOT);
    }

    /** The same for programs. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", at.toString());
        json.put("allRight", allRight());
        json.put("faults", faults().size());
        json.put("warnings", warnings().size());
        List<Object> rows = new ArrayList<>();
        for (Finding finding : findings) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("state", word(finding));
            row.put("where", finding.where());
            row.put("what", finding.what());
            row.put("said", finding.said());
            row.put("remedy", finding.remedy());
            rows.add(row);
        }
        json.put("findings", rows);
        return json;
    }
}
