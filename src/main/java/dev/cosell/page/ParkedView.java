package dev.cosell.page;

import dev.cosell.explain.Overview;
import dev.cosell.explain.ParkedGroups;
import dev.cosell.text.Moment;
import java.util.List;
import java.util.Map;

/** How parked records are told. */
final class ParkedView {
    private ParkedView() {}

    /** @param retry how far the last retry of many is; null when there was none since the start */
    record Answer(int count, List<Line> groups, Overview.Retry retry) {}

    record Line(String key, String code, String about, String reason, String remedy, int count,
            Map<String, Integer> byCrm, String first, String last) {}

    static Line line(ParkedGroups.Group group) {
        return new Line(group.key(), group.code(), group.about(), group.reason(), group.remedy(),
                group.records().size(), group.byCrm(), Moment.text(group.first()), Moment.text(group.last()));
    }
}
