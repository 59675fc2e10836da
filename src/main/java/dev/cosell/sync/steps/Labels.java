package dev.cosell.sync.steps;

import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.Row;
import dev.cosell.sync.books.Label;
import dev.cosell.sync.decide.Referral;
import dev.cosell.verbs.Opportunity;
import java.util.List;
import java.util.Map;

/** What a pair's deal is called: as Partner Center says, or as the CRM does where there is no referral. */
final class Labels {
    private static final String NAME = "name";

    private Labels() {}

    /** @param referral null when there is none, as {@code opportunity} */
    static Label of(Referral referral, Opportunity opportunity, CrmMapping mapping) {
        if (referral != null) {
            return new Label(text(referral.name()),
                    referral.fields().get("customerProfile") instanceof Map<?, ?> customer
                            ? text(customer.get(NAME)) : null);
        }
        return opportunity == null ? Label.NONE : new Label(text(opportunity.name()),
                customer(opportunity.fields().get("account"), mapping));
    }

    @SuppressWarnings("unchecked")
    private static String customer(Object account, CrmMapping mapping) {
        return account instanceof Map<?, ?> ? mapping.account().rows().stream()
                .filter(row -> row.referralPaths().equals(List.of(NAME))).findFirst()
                .map((Row row) -> text(row.crmValue((Map<String, Object>) account).content())).orElse(null) : null;
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
