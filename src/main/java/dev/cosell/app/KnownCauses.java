package dev.cosell.app;

import dev.cosell.alerts.AlertCause;
import dev.cosell.crm.CrmPlugin;
import dev.cosell.crm.Crms;
import dev.cosell.partnercenter.DealCause;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.ValueCause;
import dev.cosell.verbs.Cause;
import dev.cosell.verbs.Trouble;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Everything that can be the matter, wherever it is made. */
public final class KnownCauses {
    private KnownCauses() {}

    /** By code, in the order of the codes' hundreds. */
    public static Map<String, Cause> all() {
        Map<String, Cause> all = new LinkedHashMap<>();
        Stream.of(List.of(Situation.values()), List.of(ValueCause.values()), List.of(DealCause.values()),
                Crms.SHIPPED.all().stream().map(CrmPlugin::causes).flatMap(List::stream).toList(),
                List.of(Trouble.values()), List.of(AlertCause.values()))
                .flatMap(List::stream).map(Cause.class::cast).sorted(java.util.Comparator.comparing(Cause::code))
                .forEach(cause -> all.put(cause.code(), cause));
        return all;
    }
}
