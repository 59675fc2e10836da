package dev.cosell.explain;

import dev.cosell.sync.books.LinkSearch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Parked records by the reason they share: ids, numbers and quoted values of single records make no reason of their
 * own.
 */
public final class ParkedGroups {
    private static final String QUOTED = "\"[^\"]*\"";
    private static final String GUID = "\\b[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b";
    private static final String ID = "\\b(?=[A-Za-z]*\\d)[A-Za-z0-9]{15}([A-Za-z0-9]{3})?\\b";
    private static final String NUMBER = "\\d+([.,:]\\d+)*";
    private static final Pattern OF_ONE_RECORD = Pattern.compile(String.join("|", QUOTED, GUID, ID, NUMBER));
    private static final String UNNAMED = "No reason was noted";

    private final List<Group> groups;

    private ParkedGroups(List<Group> groups) {
        this.groups = groups;
    }

    /**
     * @param key    names the group in further questions as long as a record is parked for this reason
     * @param reason with an ellipsis for what differs from record to record
     * @param byCrm  how many, by CRM
     * @param last   when the last of them was parked
     * @param ids    of their links in our books, the one parked last first
     */
    public record Group(String key, String reason, Map<String, Integer> byCrm, Instant first, Instant last,
            List<Long> ids) {}

    /** @param parked the one parked last first */
    public static ParkedGroups of(List<LinkSearch.Parked> parked) {
        Map<String, List<LinkSearch.Parked>> byReason = new LinkedHashMap<>();
        parked.forEach(each -> byReason.computeIfAbsent(shared(each.reason()), reason -> new ArrayList<>()).add(each));
        return new ParkedGroups(byReason.entrySet().stream().map(entry -> group(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing((Group group) -> group.ids().size()).reversed()).toList());
    }

    private static Group group(String reason, List<LinkSearch.Parked> parked) {
        Map<String, Integer> byCrm = new TreeMap<>();
        parked.forEach(each -> byCrm.merge(each.crm(), 1, Integer::sum));
        return new Group(UUID.nameUUIDFromBytes(reason.getBytes(StandardCharsets.UTF_8)).toString(), reason, byCrm,
                parked.get(parked.size() - 1).since(), parked.get(0).since(), parked.stream()
                .map(LinkSearch.Parked::id).toList());
    }

    /** What records that are parked for the same reason have in common. */
    public static String shared(String reason) {
        return reason == null || reason.isBlank() ? UNNAMED : OF_ONE_RECORD.matcher(reason).replaceAll("…");
    }

    /** The largest first. */
    public List<Group> groups() {
        return groups;
    }

    public int count() {
        return groups.stream().mapToInt(group -> group.ids().size()).sum();
    }
}
