package dev.cosell.mapping;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One row of a field table: the same fact on both sides, how to translate it, where it may travel and who wins.
 * Records are JSON maps; a row never changes them, only the patch or document it is told to put into.
 */
public final class Row {
    private final String name;
    private final String referralName;
    private final List<FieldPath> crm;
    private final List<FieldPath> referral;
    private final List<String> crmPaths;
    private final List<String> referralPaths;
    private final String mark;
    private final boolean number;
    private final Converter converter;
    private final Travel toCrm;
    private final Travel toReferral;
    private final Wins wins;

    /** When values may travel in one direction. */
    record Travel(boolean create, boolean update) {}

    /** @param within group of the referral that the paths are relative to; empty for the referral itself */
    Row(String within, List<FieldPath> crm, List<FieldPath> referral, Converter converter, Travel toCrm,
            Travel toReferral,
            Wins wins) {
        this(joined(crm), within, crm, referral, converter, toCrm, toReferral, wins);
    }

    /** @param name for a row whose CRM fields stand in another row too */
    Row(String name, String within, List<FieldPath> crm, List<FieldPath> referral, Converter converter, Travel toCrm,
            Travel toReferral,
            Wins wins) {
        this.name = name;
        this.referralName = "Partner Center " + (within.isEmpty() ? "" : within + ".") + joined(referral);
        this.crm = crm;
        this.referral = referral;
        this.crmPaths = texts(crm);
        this.referralPaths = texts(referral);
        this.mark = String.format("%04x", String.join("+", referralPaths).hashCode() & 0xffff);
        this.number = converter.demand().kind() == Demand.Kind.NUMBER;
        this.converter = converter;
        this.toCrm = toCrm;
        this.toReferral = toReferral;
        this.wins = wins;
    }

    /**
     * The CRM field as written in the table, such as {@code Amount} or {@code statecode + statuscode}; unique in a
     * table. A second row of the same field also names its Partner Center field.
     */
    public String name() {
        return name;
    }

    /**
     * Four characters that tell this row's Partner Center fields from others: what was agreed about those says nothing
     * about these.
     */
    public String mark() {
        return mark;
    }

    public List<String> crmPaths() {
        return crmPaths;
    }

    /** Dotted paths, relative to what the table is about. */
    public List<String> referralPaths() {
        return referralPaths;
    }

    /**
     * What the CRM fields of this row must be able to hold; the values of several fields are spelled with a slash in
     * between.
     */
    public Demand demand() {
        return converter.demand();
    }

    /** The Partner Center value that a new CRM record is filled with when the referral has none; null for none. */
    String standIn(LocalDate today) {
        return referral.size() == 1 ? converter.standIn(today) : null;
    }

    public boolean toCrmOnCreate() {
        return toCrm.create();
    }

    public boolean toCrmOnUpdate() {
        return toCrm.update();
    }

    public boolean toReferralOnCreate() {
        return toReferral.create();
    }

    public boolean toReferralOnUpdate() {
        return toReferral.update();
    }

    public Wins wins() {
        return wins;
    }

    public Value crmValue(Map<String, ?> record) {
        return read(crm, record);
    }

    /** A value that the converter is told to overlook counts as absent. */
    public Value referralValue(Map<String, ?> referralDocument) {
        Value value = spoken(referralDocument);
        return isOverlooked(value) ? Value.ABSENT : value;
    }

    /** What the referral says, whether the converter overlooks it or not. */
    Value spoken(Map<String, ?> referralDocument) {
        return read(referral, referralDocument);
    }

    /** Whether the referral has a value here that the converter is told to overlook. */
    boolean overlooks(Map<String, ?> referralDocument) {
        return isOverlooked(spoken(referralDocument));
    }

    private boolean isOverlooked(Value value) {
        return value.hasContent() && converter.ignores(value.content());
    }

    /** What may stand in for a value that is overlooked; null when nothing is near enough. */
    Object nearest(Map<String, ?> referralDocument) {
        return converter.nearest(spoken(referralDocument).content());
    }

    /** Whether the referral has a value here. A blank text is none: Partner Center writes it for an empty field. */
    public boolean isFilled(Map<String, ?> referralDocument) {
        Value value = referralValue(referralDocument);
        return value.hasContent() && converter.normalReferral(value.content()) != null;
    }

    /** Whether both sides show the same. Absent counts as empty here. */
    public boolean same(Value referralValue, Value crmValue) {
        Object left = referralValue.content();
        Object right = crmValue.content();
        if (converter.takesEmpty() || left != null && right != null) {
            return converter.same(left, right);
        }
        return normalReferral(referralValue) == null && normalCrm(crmValue) == null;
    }

    /**
     * Whether the CRM shows the referral's number as near as it can.
     *
     * @param decimals how many the CRM keeps
     */
    public boolean rounded(Value referralValue, Value crmValue, int decimals) {
        return number && Decimal.rounded(referralValue.content(), crmValue.content(), decimals);
    }

    /**
     * Whether the referral shows the CRM's number as near as Partner Center can, should it keep fewer decimals than the
     * currency has.
     *
     * @param decimals how many Partner Center keeps at least
     */
    public boolean roundedInReferral(Value referralValue, Value crmValue, int decimals) {
        return number && Decimal.rounded(crmValue.content(), referralValue.content(), decimals);
    }

    /**
     * The form in which a Partner Center value is kept and compared with an earlier one: text, list or map of texts, or
     * null, and equal to itself after a round trip through JSON. Absent counts as empty.
     */
    public Object normalReferral(Value value) {
        return value.hasContent() || converter.takesEmpty() ? converter.normalReferral(value.content()) : null;
    }

    /** The same for a CRM value. */
    public Object normalCrm(Value value) {
        return value.hasContent() || converter.takesEmpty() ? converter.normalCrm(value.content()) : null;
    }

    /**
     * Translates a Partner Center value and puts it under each CRM field of this row; null clears, absent puts nothing.
     *
     * @throws ConversionFault naming the field
     */
    public void putCrm(Map<String, Object> patch, Value fromReferral) {
        if (!fromReferral.isAbsent()) {
            Object converted = crmContent(fromReferral);
            for (int i = 0; i < crm.size(); i++) {
                crm.get(i).put(patch, part(converted, i, crm.size()));
            }
        }
    }

    /**
     * Translates a CRM value and puts it into a patch of the referral, whose keys are dotted paths; null clears, absent
     * puts nothing.
     *
     * @throws ConversionFault naming the field
     */
    public void putReferral(Map<String, Object> patch, Value fromCrm) {
        if (!fromCrm.isAbsent()) {
            Object converted = referralContent(fromCrm);
            for (int i = 0; i < referral.size(); i++) {
                patch.put(referral.get(i).text(), part(converted, i, referral.size()));
            }
        }
    }

    /** Puts a translated value into a new CRM record, where an empty field is left out. */
    void putNewCrm(Map<String, Object> record, Value fromReferral) {
        putNew(record, crm, crmContent(fromReferral));
    }

    /** Puts a translated value into a new referral, where an empty field is left out, and so is what stands in. */
    void putNewReferral(Map<String, Object> document, Value fromCrm) {
        if (StandIns.NOT_PROVIDED.equals(fromCrm.content())) {
            return;
        }
        putNew(document, referral, referralContent(fromCrm));
    }

    /**
     * Why the CRM record goes without this Partner Center value, in a sentence that names field and value; null when it
     * does not.
     */
    String leftOutOfCrm(Value fromReferral) {
        return leftOut(() -> crmContent(fromReferral));
    }

    /** The same for a CRM value and the referral. */
    String leftOutOfReferral(Value fromCrm) {
        return leftOut(() -> referralContent(fromCrm));
    }

    private static String leftOut(Supplier<Object> conversion) {
        try {
            conversion.get();
            return null;
        } catch (ConversionFault fault) {
            return fault.isLeftOut() ? fault.getMessage() : null;
        }
    }

    private Object crmContent(Value fromReferral) {
        try {
            return fromReferral.hasContent() || converter.takesEmpty() ? converter.toCrm(fromReferral.content()) : null;
        } catch (ConversionFault fault) {
            throw fault.of(referralName);
        }
    }

    private Object referralContent(Value fromCrm) {
        try {
            return fromCrm.hasContent() || converter.takesEmpty() ? converter.toReferral(fromCrm.content()) : null;
        } catch (ConversionFault fault) {
            throw fault.of(name);
        }
    }

    private static void putNew(Map<String, Object> record, List<FieldPath> paths, Object converted) {
        for (int i = 0; i < paths.size(); i++) {
            Object part = part(converted, i, paths.size());
            if (part != null) {
                paths.get(i).put(record, part);
            }
        }
    }

    private static Object part(Object converted, int index, int parts) {
        return parts == 1 || converted == null ? converted : ((List<?>) converted).get(index);
    }

    private static Value read(List<FieldPath> paths, Map<String, ?> record) {
        if (paths.size() == 1) {
            return paths.get(0).read(record);
        }
        List<Object> parts = new ArrayList<>(paths.size());
        boolean present = false;
        boolean content = false;
        for (FieldPath path : paths) {
            Value part = path.read(record);
            present |= part.present();
            content |= part.hasContent();
            parts.add(part.content());
        }
        return content ? Value.of(parts) : present ? Value.NULL : Value.ABSENT;
    }

    private static String joined(List<FieldPath> paths) {
        return String.join(" + ", texts(paths));
    }

    private static List<String> texts(List<FieldPath> paths) {
        return paths.stream().map(FieldPath::text).toList();
    }
}
