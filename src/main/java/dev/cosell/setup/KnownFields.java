package dev.cosell.setup;

import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Demand;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Value;
import dev.cosell.setup.Field.Choice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What custom fields of the field table are like: known from the Partner Center field they stand for, whatever name a
 * customer gave them, and from the converter, which says what they have to hold.
 */
final class KnownFields {
    private static final int TEXT = 255;
    private static final int SHORT_TEXT = 100;
    private static final int LONG_TEXT = 32_000;

    private static final Set<Kind> TEXTS = Set.of(Kind.TEXT, Kind.LINK, Kind.LONG_TEXT);
    private static final Set<Kind> TEXTS_AND_CHOICES = Set.of(Kind.TEXT, Kind.LINK, Kind.LONG_TEXT, Kind.CHOICE);

    private record Shape(Kind kind, int length, Set<Kind> also) {}

    /** @param choices labels by Partner Center's value; empty when the field is no picklist */
    private record Known(Kind kind, int length, String label, String help, Map<String, String> choices) {
        Known(Kind kind, int length, String label, String help) {
            this(kind, length, label, help, Map.of());
        }
    }

    private static final Map<String, Known> BY_PATH = Map.of(
            "inviteContext.assistanceRequestCode", new Known(Kind.CHOICE, 0, "How can Microsoft help?",
                    "Empty asks for no help. A value makes this a co-sell deal and needs a customer contact.", helps()),
            "consent.consentToShareReferralWithMicrosoftSellers", new Known(Kind.CHOICE, 0, "Referral Visibility",
                    "Whether Microsoft's sellers see this deal. Once visible, it cannot be hidden again.",
                    visibilities()),
            "statusReason", new Known(Kind.TEXT, TEXT, "Loss Reason", "Why the deal was lost or declined."),
            "microsoft.msxId",
            new Known(Kind.TEXT, SHORT_TEXT, "Microsoft CRM Identifier",
                    "Microsoft's own number of the deal. Filled by the sync."),
            "microsoft.status + microsoft.substatus", new Known(Kind.TEXT, SHORT_TEXT, "Microsoft Status",
                    "Microsoft's answer to the deal. Filled by the sync."),
            "microsoft.team", new Known(Kind.LONG_TEXT, LONG_TEXT, "Microsoft Sellers",
                    "Microsoft's people on the deal. Filled by the sync."));

    private KnownFields() {}

    private static Map<String, String> helps() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("WorkloadSpecificValueProposition", "Workload specific value proposition");
        values.put("CustomerTechnicalArchitecture", "Customer technical architecture");
        values.put("ProofOfConceptOrDemo", "Proof of concept or demo");
        values.put("QuotesOrLicensing", "Quotes or licensing");
        values.put("PostSalesCustomerSuccess", "Post sales customer success");
        values.put("GeneralOrOther", "General or other");
        return values;
    }

    private static Map<String, String> visibilities() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("false", "Private");
        values.put("true", "Visible to Microsoft sellers");
        return values;
    }

    /**
     * The field of a row, of the kind that holds what its converter writes.
     *
     * @param numbered whether the CRM's choices are numbers
     * @return null when nobody can tell its type from the row
     */
    static Field of(String table, Row row, boolean numbered) {
        Known known = BY_PATH.get(String.join(" + ", row.referralPaths()));
        if (known == null || row.crmPaths().size() != 1) {
            return null;
        }
        Demand demand = row.demand();
        Shape shape = shape(known, demand, numbered);
        return shape == null ? null
                : Field.of(table, row.crmPaths().get(0), shape.kind(), shape.length(), known.label(), known.help())
                        .with(shape.kind() == Kind.CHOICE ? choices(demand.values(), known.choices(), numbered)
                                : List.of())
                        .servedBy(shape.also());
    }

    /** Null when what is written could go into fields of several kinds, or into one that is not made here. */
    private static Shape shape(Known known, Demand demand, boolean numbered) {
        boolean mapped = demand.values() != null && !demand.values().lines().isEmpty();
        if (demand.kind() == Demand.Kind.FLAG) {
            return new Shape(Kind.SWITCH, 0, Set.of());
        }
        if (demand.kind() == Demand.Kind.NUMBER && mapped && numbered) {
            return new Shape(Kind.CHOICE, 0, Set.of(Kind.NUMBER));
        }
        if (demand.kind() != Demand.Kind.TEXT || demand.html()) {
            return null;
        }
        boolean closed = mapped && !numbered && !demand.values().copies();
        if (closed) {
            return known.kind() == Kind.CHOICE ? new Shape(Kind.CHOICE, 0, TEXTS) : null;
        }
        return text(known, demand.length(), numbered ? TEXTS : TEXTS_AND_CHOICES);
    }

    private static Shape text(Known known, int limit, Set<Kind> also) {
        int length = limit > 0 ? limit : known.kind() == Kind.CHOICE ? SHORT_TEXT : known.length();
        return new Shape(known.kind() == Kind.LONG_TEXT || length > TEXT ? Kind.LONG_TEXT : Kind.TEXT, length, also);
    }

    /** The values that the row's own value map writes, with our labels where it writes numbers. */
    private static List<Choice> choices(Demand.Values map, Map<String, String> labels, boolean numbered) {
        Map<String, Choice> choices = new LinkedHashMap<>();
        map.lines().forEach(line -> choices.putIfAbsent(line.crm(), new Choice(line.crm(),
                numbered ? labels.getOrDefault(line.referral(), line.referral()) : line.crm())));
        return List.copyOf(choices.values());
    }

    /** What a row writes into its one CRM field; null for a value it does not know or writes as empty. */
    static Object written(Row row, Value referralValue) {
        Map<String, Object> patch = new LinkedHashMap<>();
        try {
            row.putCrm(patch, referralValue);
        } catch (ConversionFault unknownToTheMapping) {
            return null;
        }
        return patch.get(row.crmPaths().get(0));
    }
}
