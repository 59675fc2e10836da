package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.sync.decide.Link;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The latest handled versions of joined records, which their links hold. */
final class LinkedVersions {
    private static final String FIELDS = "SELECT crm, referral_id, referral_version, crm_id, crm_version FROM link "
            + "WHERE ";

    /** @param system whose record it is; the CRM's own, or Partner Center's */
    private record Side(String crm, String system) {
        boolean ofCrm() {
            return crm.equals(system);
        }
    }

    private LinkedVersions() {}

    /** Those of the {@link SeenVersions#key keys} that name the version in their record's link. */
    static List<String> among(List<String> keys, Database database) {
        Map<Side, List<String[]>> bySide = keys.stream().map(key -> key.split("\\|", 4))
                .filter(parts -> parts.length == 4)
                .collect(Collectors.groupingBy(parts -> new Side(parts[0], parts[1])));
        Set<String> wanted = new HashSet<>(keys);
        List<String> found = new ArrayList<>();
        bySide.forEach((side, parts) -> linked(side, parts.stream().map(part -> part[2]).toList(), database).stream()
                .filter(wanted::contains).forEach(found::add));
        return found;
    }

    /** Those of the keys that are about other records than the link's two. */
    static List<String> ofOthers(List<String> keys, Link link) {
        return keys.stream().filter(key -> {
            String[] parts = key.split("\\|", 4);
            return parts.length < 4 || !parts[2].equals(link.referralId()) && !parts[2].equals(link.crmId());
        }).toList();
    }

    private static List<String> linked(Side side, List<String> ids, Database database) {
        RecordsOf records = new RecordsOf(side.crm(), side.ofCrm() ? "crm_id" : "referral_id", ids);
        return StateFaults.classed(() -> database.client()
                .sql(FIELDS + records.condition()).params(records.values())
                .query((row, number) -> side.ofCrm() ? key(side, row.getString(4), row.getString(5))
                        : key(side, row.getString(2), row.getString(3)))
                .list().stream().filter(Objects::nonNull).toList());
    }

    private static String key(Side side, String id, String version) {
        return version == null ? null : SeenVersions.key(side.crm(), side.system(), id, version);
    }
}
