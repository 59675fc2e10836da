package dev.cosell.setup;

import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Value;
import dev.cosell.setup.Field.Choice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What custom fields of the field table are like: known from the Partner Center field they stand for, whatever name a
 * customer gave them.
 */
final class KnownFields {
    private static final int TEXT = 255;
    private static final int SHORT_TEXT = 100;
    private static final int LONG_TEXT = 32_000;

    /** @param choices labels by Partner Center's value; empty when the field is no picklist */
    private record Known(Kind kind, int length, String label, String help, Map<Object, String> choices) {
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

    private static Map<Object, String> helps() {
        Map<Object, String> values = new LinkedHashMap<>();
        values.put("WorkloadSpecificValueProposition", "Workload specific value proposition");
        values.put("CustomerTechnicalArchitecture", "Customer technical architecture");
        values.put("ProofOfConceptOrDemo", "Proof of concept or demo");
        values.put("QuotesOrLicensing", "Quotes or licensing");
        values.put("PostSalesCustomerSuccess", "Post sales customer success");
        values.put("GeneralOrOther", "General or other");
        return values;
    }

    private static Map<Object, String> visibilities() {
        Map<Object, String> values = new LinkedHashMap<>();
        values.put(false, "Private");
        values.put(true, "Visible to Microsoft sellers");
        return values;
    }

    /** The field of a row; null when nobody can tell its type from the row. */
    static Field of(String table, Row row) {
        Known known = BY_PATH.get(String.join(" + ", row.referralPaths()));
        if (known == null || row.crmPaths().size() != 1) {
            return null;
        }
        Field field = Field.of(table, row.crmPaths().get(0), known.kind(), known.length(), known.label(), known.help());
        return known.choices().isEmpty() ? field : field.with(choices(row, known.choices()));
    }

    /** The values that the row's own value map writes, with our labels where it writes numbers. */
    private static List<Choice> choices(Row row, Map<Object, String> labels) {
        List<Choice> choices = new ArrayList<>();
        labels.forEach((referralValue, label) -> {
            Object written = written(row, Value.of(referralValue));
            if (written != null && choices.stream().noneMatch(choice -> choice.value().equals(written.toString()))) {
                choices.add(new Choice(written.toString(), written instanceof Number ? label : written.toString()));
            }
        });
        return choices;
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
