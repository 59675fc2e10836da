package dev.cosell.check.partnercenter;

import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * Reminds of the names that the settings give a services solution: Microsoft may rename its solution areas and plays
 * when its fiscal year begins in July, and takes the new ones only.
 */
public final class FiscalYearCheck implements Check {
    private static final Set<Month> NEW_YEAR = Set.of(Month.JULY, Month.AUGUST);

    private final List<String> names;
    private final Clock clock;

    /** @param names solution area and play as they are set */
    public FiscalYearCheck(List<String> names, Clock clock) {
        this.names = List.copyOf(names);
        this.clock = clock;
    }

    @Override
    public String where() {
        return "partner-center";
    }

    @Override
    public String what() {
        return "solution area and play";
    }

    @Override
    public List<Finding> look() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!NEW_YEAR.contains(today.getMonth())) {
            return List.of();
        }
        return List.of(Finding.warning(where(), what(), "Microsoft may have renamed them for its fiscal year "
                + (today.getYear() + 1) + ", and refuses old names: " + String.join(", ", names),
                "Compare them with the choices of a services solution in Partner Center, and correct "
                        + "partner-center.services.solution-area and partner-center.services.solution-play"));
    }
}
