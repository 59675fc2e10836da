package dev.cosell.sync.steps;

import dev.cosell.mapping.CrmMapping;
import dev.cosell.sync.books.Label;
import dev.cosell.sync.decide.Referral;
import dev.cosell.verbs.CrmRecord;
import dev.cosell.verbs.Opportunity;
import java.util.List;
import java.util.Map;

/** What a pair's deal is called: as Partner Center says, or as the CRM does where there is no referral. */
final class Labels {
    private static final String NAME = "name";

    private Labels() {}

    /** @param referral null when there is none, as {@code record} */
    static Label of(Referral referral, CrmRecord record, CrmMapping mapping) {
        if (referral != null) {
            return new Label(text(referral.name()), referral.fields().get("customerProfile") instanceof Map<?, ?> customer
                    ? text(customer.get(NAME)) : null);
        }
        return record instanceof Opportunity opportunity
                ? new Label(text(opportunity.name()), customer(opportunity.related("account"), mapping)) : Label.NONE;
    }

    private static String customer(Map<String, Object> account, CrmMapping mapping) {
        return mapping.account().rows().stream().filter(row -> row.referralPaths().equals(List.of(NAME))).findFirst()
                .map(row -> text(row.crmValue(account).content())).orElse(null);
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
