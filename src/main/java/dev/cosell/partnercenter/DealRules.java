package dev.cosell.partnercenter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What Partner Center demands of a new deal, checked before it is asked, so that a seller gets one complete list of faults. */
final class DealRules {
    static final int MOST_MEMBERS = 50;
    private static final int MOST_SOLUTIONS = 50;
    private static final Map<String, String> MEMBER = memberFields();

    private final List<String> faults = new ArrayList<>();

    private final UnaryOperator<String> account;

    private DealRules(UnaryOperator<String> account) {
        this.account = account;
    }

    private static Map<String, String> memberFields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("firstName", "first name");
        fields.put("lastName", "last name");
        fields.put("phoneNumber", "phone number");
        fields.put("email", "e-mail address");
        return fields;
    }

    /**
     * One sentence for each broken rule; empty when the document can be sent.
     *
     * @param account the account's field for a path within the customer; null for none
     */
    static List<String> faults(Map<String, Object> document, UnaryOperator<String> account) {
        DealRules rules = new DealRules(account);
        rules.deal(document);
        rules.customer(document);
        rules.solutions(document);
        rules.intent(document);
        rules.people(document);
        return rules.faults;
    }

    private void deal(Map<String, Object> document) {
        rule(!Paths.blank(document, "name"), "The opportunity has no name: enter one");
        rule(positive(Paths.get(document, "details.dealValue")),
                "The opportunity has no amount, or it is 0: enter the estimated deal value");
        String currency = Paths.text(document, "details.currency");
        rule(currency != null && currency.matches("[A-Z]{3}"),
                "The opportunity has no currency with a three-letter ISO code such as USD: choose one on the opportunity");
        String closing = Paths.text(document, "details.closingDateTime");
        rule(closing != null && closing.matches("\\d{4}-\\d{2}-\\d{2}T.*"),
                "The opportunity has no closing date: enter the estimated closing date");
    }

    private static boolean positive(Object amount) {
        try {
            return amount != null && new BigDecimal(amount.toString()).signum() > 0;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private void customer(Map<String, Object> document) {
        if (Paths.blank(document, "customerProfile.name")) {
            faults.add("The opportunity has no account with a name: choose the customer's account on the opportunity");
        }
        rule(!Paths.blank(document, "customerProfile.address.addressLine1"),
                "The account has no street" + named("address.addressLine1") + ": enter it on the account");
        rule(!Paths.blank(document, "customerProfile.address.city"),
                "The account has no city" + named("address.city") + ": enter it on the account");
        String country = Paths.text(document, "customerProfile.address.country");
        rule(country != null && country.matches("[A-Za-z]{2}"),
                "The account has no two-letter country code" + named("address.country") + ": enter it on the account"
                        + (country == null || country.isBlank() ? "" : ", it holds '" + country + "' now"));
    }

    private String named(String path) {
        String field = account.apply(path);
        return field == null ? "" : " (" + field + ")";
    }

    private void solutions(Map<String, Object> document) {
        List<?> solutions = Paths.list(document, "details.requirements.solutions");
        rule(!solutions.isEmpty(),
                "No solution is attached: add at least one Partner Center solution (Solution ID is required)");
        rule(solutions.stream().noneMatch(solution -> Paths.blank(solution, "id")),
                "A solution row has no Solution ID: enter the id that Partner Center shows for it, such as SOL-12345-ABC");
        rule(solutions.size() <= MOST_SOLUTIONS,
                "More than 50 solutions are attached: Partner Center takes 50 at most, remove some");
    }

    private void intent(Map<String, Object> document) {
        rule(ServicesAttributes.has(Paths.list(document, DealCompletion.ATTRIBUTES), "CustomerMarketplaceIntent"),
                "The marketplace purchase intent is not known: map a field to it or enter partner-center.purchase-intent in the settings");
    }

    /** Whether a person can be on a deal: has a name, a phone number and an e-mail address. */
    static boolean reachable(Object member) {
        return MEMBER.keySet().stream().noneMatch(field -> Paths.blank(member, field));
    }

    private void people(Map<String, Object> document) {
        List<?> team = Paths.list(document, "team");
        if (team.isEmpty()) {
            faults.add("Nobody of our company is on the deal: enter the default team member in the settings");
        } else {
            complete(team.get(0), "The first member of our team on the deal", "enter it on the user or in the settings");
        }
        if (DealType.of(document) == DealType.CO_SELL) {
            List<?> contacts = Paths.list(document, "customerProfile.team");
            if (contacts.isEmpty()) {
                faults.add("Microsoft's help is asked for but the opportunity has no contact: add a primary contact");
            } else {
                complete(contacts.get(0), "Microsoft's help is asked for but the primary contact", "enter it on the contact");
            }
        }
    }

    private void complete(Object member, String who, String remedy) {
        MEMBER.forEach((field, words) -> rule(!Paths.blank(member, field), who + " has no " + words + ": " + remedy));
    }

    private void rule(boolean met, String otherwise) {
        if (!met) {
            faults.add(otherwise);
        }
    }
}
