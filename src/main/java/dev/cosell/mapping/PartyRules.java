package dev.cosell.mapping;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the customer of a new deal and the customer's person are found in a CRM. */
public record PartyRules(MatchRule account, MatchRule contact) {
    private static final Pattern MARKS = Pattern.compile("[\\p{M}\\s]+");

    /** What keeps the rule for accounts from being used with their table, in sentences; empty when nothing does. */
    public List<String> accountFaults(String crm, CompiledTable accounts) {
        return faults(crm + ".account-match", account, accounts);
    }

    /** The same for contacts. */
    public List<String> contactFaults(String crm, CompiledTable contacts) {
        return faults(crm + ".contact-match", contact, contacts);
    }

    /**
     * Texts of which two deals share at least one when the rules may find the same account or contact for both, or when
     * one would find what the other creates. The other way round, deals that share one need not have the same customer.
     *
     * @param customer the account's fields as they would be created
     * @param person   the contact's fields; empty when nobody is named
     * @return sorted, each once
     */
    public List<String> common(Map<String, Object> customer, Map<String, Object> person) {
        List<String> texts = new ArrayList<>(texts("account", account.common(customer)));
        // With one way to find an account, whoever shares it has shared the line above. With several, two names may
        // lead to one.
        if (account.narrowest().size() > 1 || texts.isEmpty()) {
            texts.addAll(texts("contact", contact.common(person)));
        }
        return texts.stream().sorted().distinct().toList();
    }

    private static List<String> texts(String what, List<Map<String, Object>> values) {
        return values.stream()
                .map(each -> what
                        + each.entrySet().stream().map(field -> "\n" + field.getKey() + "=" + folded(field.getValue()))
                                .collect(Collectors.joining()))
                .toList();
    }

    /**
     * Coarser than either CRM compares: they overlook capitals, and Dynamics 365 accents and blanks at the end as well.
     */
    private static String folded(Object value) {
        return value == null ? ""
                : MARKS.matcher(Normalizer.normalize(value.toString(), Normalizer.Form.NFKD)).replaceAll("")
                        .toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Only what a new record gets from the referral can be looked for. */
    private static List<String> faults(String setting, MatchRule rule, CompiledTable table) {
        Set<String> written = table.rows().stream().filter(Row::toCrmOnCreate).flatMap(row -> row.crmPaths().stream())
                .collect(Collectors.toSet());
        return rule.fields().stream().filter(field -> !written.contains(field))
                .map(field -> "the setting " + setting + " compares " + field
                        + ", but no row of " + table.name()
                        + " writes it at creation: add such a row, or take it out of the setting")
                .toList();
    }
}
