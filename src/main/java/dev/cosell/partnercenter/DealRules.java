package dev.cosell.partnercenter;

import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Writes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Partner Center demands of a new deal, checked before it is asked, so that a seller gets one complete list of
 * faults. Each names the CRM's field as the mapping does.
 */
final class DealRules {
    private static final int MOST_SOLUTIONS = 50;
    private static final String STAND_IN = "the settings partner-center.team.first-name, last-name, email and phone";
    private static final Map<String, String> MEMBER = memberFields();

    private final List<Reason> faults = new ArrayList<>();
    private final Map<String, Object> document;
    private final Writes.Sources sources;
    private final boolean exists;

    private DealRules(Map<String, Object> document, Writes.Sources sources, boolean exists) {
        this.document = document;
        this.sources = sources;
        this.exists = exists;
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
     * What is wrong, one for each broken rule; empty when the document can be sent.
     *
     * @param sources where its values come from
     * @param exists  whether the deal is in Partner Center already, where its customer can no longer be changed
     */
    static List<Reason> faults(Map<String, Object> document, Writes.Sources sources, boolean exists) {
        DealRules rules = new DealRules(document, sources, exists);
        rules.deal();
        rules.consents();
        rules.customer();
        rules.solutions();
        rules.intent();
        rules.ourTeam();
        rules.contact();
        return rules.faults;
    }

    private void deal() {
        needs(!Paths.blank(document, "name"), "name", "The opportunity has no name", "enter one");
        needs(positive(Paths.get(document, "details.dealValue")), "details.dealValue",
                "The opportunity has no amount above 0",
                "enter the estimated deal value");
        String currency = Paths.text(document, "details.currency");
        needs(currency != null && currency.matches("[A-Z]{3}"), "details.currency",
                "The opportunity has no currency with a three-letter ISO code such as USD",
                "choose one on the opportunity" + (exists ? "" : ", or name one with the setting missing-currency"));
        String closing = Paths.text(document, "details.closingDateTime");
        needs(closing != null && closing.matches("\\d{4}-\\d{2}-\\d{2}T.*"), "details.closingDateTime",
                "The opportunity has no closing date",
                "enter the estimated closing date");
    }

    /** Only a row of the mapping can say that one is not given. */
    private void consents() {
        if (exists) {
            return;
        }
        consent(DealCompletion.MAY_SHARE, "to share the personal data of the people on the deal with others");
        consent(DealCompletion.MAY_CONTACT, "to contact the people on the deal");
        needs(!"Direct".equalsIgnoreCase(Paths.text(document, DealCompletion.QUALIFICATION)),
                DealCompletion.QUALIFICATION, "The qualification Direct is that of a lead from the marketplace",
                "choose SalesQualified for a deal of your own");
    }

    private void consent(String path, String purpose) {
        Object given = Paths.get(document, path);
        needs(given == null || Boolean.TRUE.equals(given), path, "The consent " + purpose + " is not given",
                "ask for it and enter it there, Partner Center takes no deal without it");
    }

    private static boolean positive(Object amount) {
        try {
            return amount != null && new BigDecimal(amount.toString()).signum() > 0;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private void customer() {
        customer(!Paths.blank(document, "customerProfile.name"), "name", "The opportunity has no account with a name",
                "choose the customer's account on the opportunity, or name it");
        customer(!Paths.blank(document, "customerProfile.address.addressLine1"), "address.addressLine1",
                "The account has no street", "enter it on the account");
        customer(!Paths.blank(document, "customerProfile.address.city"), "address.city", "The account has no city",
                "enter it on the account");
        String country = Paths.text(document, "customerProfile.address.country");
        customer(country != null && country.matches("[A-Za-z]{2}"), "address.country",
                "The account has no two-letter country code",
                "enter it on the account"
                        + (country == null || country.isBlank() ? "" : ", it holds '" + country + "' now"));
    }

    private void customer(boolean met, String path, String fault, String remedy) {
        if (!exists) {
            needs(met, "customerProfile." + path, fault, remedy);
        } else if (!met) {
            faults.add(new Reason(DealCause.CUSTOMER_FIXED, path, fault
                    + " in Partner Center, where it cannot be entered any more (customerProfile." + path
                    + "): clear the wish for Microsoft's help, or make a new deal"));
        }
    }

    private void solutions() {
        List<?> solutions = Paths.list(document, DealCompletion.SOLUTIONS);
        needs(!solutions.isEmpty(), DealCompletion.SOLUTIONS, "No solution is attached",
                "add at least one Partner Center solution (Solution ID is required)");
        rule(solutions.stream().noneMatch(solution -> Paths.blank(solution, "id")), DealCause.SOLUTION_ID,
                "A solution row has no Solution ID: enter the id that Partner Center shows for it, such as "
                        + "SOL-12345-ABC");
        rule(solutions.size() <= MOST_SOLUTIONS, DealCause.MANY_SOLUTIONS,
                "More than 50 solutions are attached: Partner Center takes 50 at most, remove some");
    }

    private void intent() {
        rule(ServicesAttributes.has(Paths.list(document, DealCompletion.ATTRIBUTES), "CustomerMarketplaceIntent"),
                DealCause.ATTRIBUTE, "The marketplace purchase intent is not known: map a field to it or enter "
                        + "partner-center.purchase-intent in the settings");
    }

    /** Whether a person can be on a deal: has a name, a phone number and an e-mail address. */
    static boolean reachable(Object member) {
        return missing(member).isEmpty();
    }

    /** What a person lacks to be on a deal, in words. */
    static List<String> missing(Object member) {
        return MEMBER.entrySet().stream().filter(field -> Paths.blank(member, field.getKey())).map(Map.Entry::getValue)
                .toList();
    }

    private void ourTeam() {
        List<?> team = Paths.list(document, PatchRules.TEAM);
        if (exists) {
            rule(Members.led(team), DealCause.NO_TEAM,
                    "Nobody on the deal's team in Partner Center has a first name, last name, phone number and "
                            + "e-mail address: complete one of its members there, or set " + STAND_IN);
        } else if (team.isEmpty()) {
            faults.add(new Reason(DealCause.NO_TEAM,
                    "The deal has no contact from your company: give the opportunity's owner a name, phone number and "
                            + "e-mail address, or set " + STAND_IN));
        } else {
            complete(team.get(0), PatchRules.TEAM, "The first member of our team on the deal",
                    "enter it on the user, or complete " + STAND_IN);
        }
    }

    private void contact() {
        if (DealType.of(document) != DealType.CO_SELL) {
            return;
        }
        List<?> contacts = Paths.list(document, PatchRules.CONTACTS);
        if (contacts.isEmpty()) {
            faults.add(new Reason(DealCause.NO_CONTACT,
                    "Microsoft's help is asked for but the opportunity has no contact: add a primary contact"));
        } else {
            complete(contacts.get(0), PatchRules.CONTACTS, "Microsoft's help is asked for but the primary contact",
                    "enter it on the contact");
        }
    }

    private void complete(Object member, String group, String who, String remedy) {
        MEMBER.forEach((field, words) -> needs(!Paths.blank(member, field), group + "." + field,
                who + " has no " + words, remedy));
    }

    /** A rule about one value: the fault names the field that it comes from, or the value that was left out of it. */
    private void needs(boolean met, String path, String fault, String remedy) {
        if (met) {
            return;
        }
        String field = sources.fields().get(path);
        if (field == null && !sources.fields().isEmpty()) {
            faults.add(new Reason(DealCause.NOT_MAPPED, path,
                    fault + ": no row of the mapping fills it in new deals, add one for " + path));
        } else {
            String source = sources.leftOut().getOrDefault(path, field);
            faults.add(new Reason(DealCause.LACKS, field == null ? path : field,
                    fault + (source == null ? "" : " (" + source + ")") + ": " + remedy));
        }
    }

    private void rule(boolean met, DealCause cause, String otherwise) {
        if (!met) {
            faults.add(new Reason(cause, otherwise));
        }
    }
}
