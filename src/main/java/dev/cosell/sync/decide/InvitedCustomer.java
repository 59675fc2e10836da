package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.CrmMapping;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The customer of whom Microsoft is told when it is asked for help with a deal that is in Partner Center already: what
 * it is told stays with Microsoft for good, and what the deal was made with may be old by then.
 */
record InvitedCustomer(Pair pair, CrmMapping mapping) {
    private static final String CUSTOMER = "customerProfile";
    private static final String CONTACTS = CUSTOMER + ".team";
    private static final String TOLD = "Microsoft is asked ";

    /** Whether a sentence is one of those that hold only if Microsoft is asked. */
    static boolean isOf(String sentence) {
        return sentence.startsWith(TOLD);
    }

    /** Lets the opportunity's contact lead where the patch asks for help, and tells of that and of another account. */
    void into(Map<String, Object> referralPatch, List<String> story) {
        ReferralRules rules = pair.referral().view();
        if (referralPatch.entrySet().stream()
                .noneMatch(each -> each.getValue() != null && rules.isHelp(List.of(each.getKey())))) {
            return;
        }
        Map<String, Object> person = converted(mapping.contact(), "contact");
        if (!person.isEmpty() && pair.referral().isToBeLedBy(person)) {
            referralPatch.put(CONTACTS, pair.referral().contactsLedBy(person));
            story.add(TOLD + "to turn to " + name(person) + ", this opportunity's contact");
        }
        String account = text(converted(mapping.account(), "account").get("name"));
        String customer = pair.referral().fields().get(CUSTOMER) instanceof Map<?, ?> known ? text(known.get("name"))
                : "";
        if (!account.isEmpty() && !customer.isEmpty() && !account.equalsIgnoreCase(customer)) {
            story.add(TOLD + "about " + customer + ", the referral's customer, though this opportunity's account is "
                    + account + ": Partner Center takes no other customer of an existing deal; tell Microsoft's seller "
                    + "if it is another company");
        }
    }

    private Map<String, Object> converted(CompiledTable table, String related) {
        Map<String, Object> record = pair.opportunity().related(related);
        return record.isEmpty() ? Map.of() : table.newReferral(record, fault -> { });
    }

    private static String name(Map<String, Object> person) {
        return Stream.of("firstName", "lastName").map(person::get).map(InvitedCustomer::text)
                .filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString().strip();
    }
}
