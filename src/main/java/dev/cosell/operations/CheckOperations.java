package dev.cosell.operations;

import dev.cosell.check.Checks;
import dev.cosell.check.Finding;
import dev.cosell.check.Report;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the running installation, tells the log what it finds, and shows it as the MBean {@value #NAME}. */
public final class CheckOperations implements CheckMXBean, AutoCloseable {
    public static final String NAME = "dev.cosell:type=Check,name=cosell-sync";
    private static final Logger LOG = LoggerFactory.getLogger(CheckOperations.class);

    private final Checks checks;
    private volatile Report last;

    public CheckOperations(Checks checks) {
        this.checks = checks;
    }

    /** For the routes: a check, and a line in the log for each fault and each warning. It never fails. */
    public synchronized void look() {
        last = checks.run();
        last.faults().forEach(fault -> LOG.warn("Check: {}", fault.line()));
        last.warnings().forEach(warning -> LOG.info("Check: {}", warning.line()));
        if (last.allRight()) {
            LOG.info("Check: {}", last.summary());
        }
    }

    /**
     * What the last check found about one thing.
     *
     * @param state {@code OK}, {@code WARNING} or {@code FAULT}
     * @param where the system or the machine
     * @param what  the thing, such as {@code Opportunity.Amount}
     * @param says  how it is, and what is to be done
     */
    public record Found(String state, String where, String what, String says) {}

    /** All that the last check found; empty before the first one. */
    public List<Found> found() {
        return last == null ? List.of() : last.findings().stream().map(each -> new Found(each.state().name(),
                each.where(), each.what(), each.said() + (each.remedy().isEmpty() ? "" : ". "
                + each.remedy()))).toList();
    }

    /** Shows it until it is closed; a predecessor of the same name gives way. */
    public CheckOperations register() {
        PlatformMBean.show(NAME, this);
        return this;
    }

    @Override
    public void close() {
        PlatformMBean.hide(NAME);
    }

    @Override
    public String getLastRun() {
        return last == null ? "" : last.at().toString();
    }

    @Override
    public String getOutcome() {
        return last == null ? "" : last.summary();
    }

    @Override
    public List<String> getFaults() {
        return last == null ? List.of() : last.faults().stream().map(Finding::line).toList();
    }

    @Override
    public List<String> getWarnings() {
        return last == null ? List.of() : last.warnings().stream().map(Finding::line).toList();
    }

    @Override
    public String check() {
        look();
        return last.text();
    }
}
