package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The writes of a decision while they are under way, of which nobody can say yet whether they arrived. */
public record BegunWrites(Decision decision, CompiledTable table) {

    /** What was agreed, with the values that are being written. */
    public AgreedValues agreed() {
        return noted(this::shown);
    }

    /**
     * The same once it is known that they did not arrive. An earlier attempt may have brought them, so they are not
     * forgotten.
     */
    public AgreedValues refused() {
        return noted(row -> null);
    }

    private Agreed.Shown shown(Row row) {
        RowSides now = RowSides.of(row, decision.pair().referral(), decision.pair().opportunity());
        return new Agreed.Shown(now.referralNow(), now.crmNow());
    }

    private AgreedValues noted(Function<Row, Agreed.Shown> since) {
        Map<String, Object> referralPatch = nested(decision.referralPatch());
        AgreedValues before = decision.pair().agreed();
        Map<String, Agreed> agreed = new HashMap<>(before.rows());
        for (Row row : table.rows()) {
            if (decision.written().contains(row.name())) {
                agreed.put(row.name(), withWrite(row, before.of(row), row.referralValue(referralPatch),
                        row.crmValue(decision.crmPatch()), since.apply(row)));
            }
        }
        return new AgreedValues(agreed);
    }

    /** What the decision says of a row that it writes to Partner Center, and of what goes there along with it. */
    List<String> said(Row row) {
        List<String> said = new ArrayList<>(decision.story().stream()
                .filter(each -> FieldNews.isOf(each, row.name(), FieldNews.IN_PARTNER_CENTER)).toList());
        if (decision.pair().referral().view().isHelp(row.referralPaths())) {
            decision.story().stream().filter(InvitedCustomer::isOf).forEach(said::add);
        }
        return said;
    }

    /** The same where it is more than that the value travelled. */
    private List<String> saidBeside(Row row, Agreed known, Object value) {
        List<String> said = said(row);
        String plain = FieldNews.travels(row.name(), FieldNews.IN_PARTNER_CENTER, known.referral(), value);
        return said.equals(List.of(plain)) ? List.of() : said;
    }

    private Agreed withWrite(Row row, Agreed before, Value toReferral, Value toCrm, Agreed.Shown since) {
        Agreed known = before == null ? Agreed.of(row, null, null) : before;
        if (!toReferral.isAbsent()) {
            Object value = row.normalReferral(toReferral);
            return known.writingReferral(value, since).saying(saidBeside(row, known, value));
        }
        return toCrm.isAbsent() ? known : known.writingCrm(row.normalCrm(toCrm), since);
    }

    /** A patch with dotted paths as the document it stands for. */
    private static Map<String, Object> nested(Map<String, Object> patch) {
        Map<String, Object> document = new LinkedHashMap<>();
        patch.forEach((path, value) -> put(document, path, value));
        return document;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> group, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            group.put(path, value);
        } else {
            put((Map<String, Object>) group.computeIfAbsent(path.substring(0, dot),
                    name -> new LinkedHashMap<String, Object>()),
                    path.substring(dot + 1), value);
        }
    }
}
