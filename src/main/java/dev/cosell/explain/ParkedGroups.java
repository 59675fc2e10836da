package dev.cosell.explain;

import dev.cosell.sync.books.LinkSearch;
import dev.cosell.verbs.Cause;
import dev.cosell.verbs.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Parked records by what they are parked for: one that is parked for two causes is in both groups. */
public final class ParkedGroups {
    private static final String QUOTED = "\"[^\"]*\"";
    private static final String GUID = "\\b[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b";
    private static final String ID = "\\b(?=[A-Za-z]*\\d)[A-Za-z0-9]{15}([A-Za-z0-9]{3})?\\b";
    private static final String NUMBER = "\\d+([.,:]\\d+)*";
    private static final Pattern OF_ONE_RECORD = Pattern.compile(String.join("|", QUOTED, GUID, ID, NUMBER));
    private static final String UNNAMED = "No reason was noted";

    private final List<Group> groups;
    private final int count;

    private ParkedGroups(List<Group> groups, int count) {
        this.groups = groups;
        this.count = count;
    }

    /**
     * @param key     names the group in further questions as long as a record is parked for this cause
     * @param code    of the cause
     * @param about   the field or rule that has to be mended; empty where the cause alone says it
     * @param reason  what the cause means; of records that an earlier version parked, what their reasons have in common
     * @param remedy  what a person can do; empty for a code that this version does not know
     * @param byCrm   how many, by CRM
     * @param first   when the first of them was parked
     * @param last    when the last of them was
     * @param records the one parked last first
     */
    public record Group(String key, String code, String about, String reason, String remedy,
            Map<String, Integer> byCrm, Instant first, Instant last, List<LinkSearch.Parked> records) {
        /** Of their links in our books, in the same order. */
        public List<Long> ids() {
            return records.stream().map(LinkSearch.Parked::id).toList();
        }
    }

    /**
     * @param parked the one parked last first
     * @param causes the one of a code; null for a code that nobody here knows
     */
    public static ParkedGroups of(List<LinkSearch.Parked> parked, Function<String, Cause> causes) {
        Map<String, List<LinkSearch.Parked>> byCause = new LinkedHashMap<>();
        parked.forEach(each -> keys(each).forEach(key -> byCause.computeIfAbsent(key, cause -> new ArrayList<>())
                .add(each)));
        return new ParkedGroups(
                byCause.entrySet().stream().map(entry -> group(entry.getKey(), entry.getValue(), causes))
                        .sorted(Comparator.comparing((Group group) -> group.records().size()).reversed()).toList(),
                parked.size());
    }

    private static List<String> keys(LinkSearch.Parked parked) {
        return parked.causes().isEmpty() ? List.of(Trouble.EARLIER.code() + " " + shared(parked.reason()))
                : parked.causes();
    }

    private static Group group(String cause, List<LinkSearch.Parked> parked, Function<String, Cause> causes) {
        Map<String, Integer> byCrm = new TreeMap<>();
        parked.forEach(each -> byCrm.merge(each.crm(), 1, Integer::sum));
        int end = cause.indexOf(' ');
        String code = end < 0 ? cause : cause.substring(0, end);
        String rest = end < 0 ? "" : cause.substring(end + 1);
        boolean earlier = code.equals(Trouble.EARLIER.code());
        Cause known = causes.apply(code);
        return new Group(UUID.nameUUIDFromBytes(cause.getBytes(StandardCharsets.UTF_8)).toString(), code,
                earlier ? "" : rest, earlier ? rest : known == null ? "" : known.meaning(),
                known == null ? "" : known.remedy(), byCrm, parked.get(parked.size() - 1).since(),
                parked.get(0).since(), List.copyOf(parked));
    }

    /** What reasons have in common that differ in ids, numbers and quoted values of single records alone. */
    static String shared(String reason) {
        return reason == null || reason.isBlank() ? UNNAMED : OF_ONE_RECORD.matcher(reason).replaceAll("…");
    }

    /** The largest first. */
    public List<Group> groups() {
        return groups;
    }

    /** Records that are parked, for whatever cause. */
    public int count() {
        return count;
    }
}
