package dev.cosell.page;

import dev.cosell.explain.ParkedGroups;
import dev.cosell.operations.ParkedRetry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** How parked records are told. */
final class ParkedView {
    private ParkedView() {}

    /** @param retry how far the last retry of many is; null when there was none since the start */
    record Answer(int count, List<Line> groups, Progress retry) {}

    record Line(String key, String reason, int count, Map<String, Integer> byCrm, String first, String last) {}

    record Progress(String who, String begun, int of, int done, boolean running, String fault) {}

    static Line line(ParkedGroups.Group group) {
        return new Line(group.key(), group.reason(), group.ids().size(), group.byCrm(), text(group.first()),
                text(group.last()));
    }

    static Progress progress(ParkedRetry.Progress now) {
        return new Progress(now.who(), text(now.begun()), now.of(), now.done(), now.running(), now.fault());
    }

    private static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
