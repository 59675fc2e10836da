package dev.cosell.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How the customer of a new deal and the customer's person are found in a CRM. */
public record PartyRules(MatchRule account, MatchRule contact) {

    /** What keeps the rules from being used with these tables, in sentences; empty when nothing does. */
    public List<String> faults(String crm, CompiledTable accounts, CompiledTable contacts) {
        List<String> faults = new ArrayList<>(faults(crm + ".account-match", account, accounts));
        faults.addAll(faults(crm + ".contact-match", contact, contacts));
        return faults;
    }

    /** Only what a new record gets from the referral can be looked for. */
    private static List<String> faults(String setting, MatchRule rule, CompiledTable table) {
        Set<String> written = table.rows().stream().filter(Row::toCrmOnCreate).flatMap(row -> row.crmPaths().stream()).collect(Collectors.toSet());
        return rule.fields().stream().filter(field -> !written.contains(field)).map(field -> "the setting " + setting + " compares " + field
                + ", but no row of " + table.name() + " writes it at creation: add such a row, or take it out of the setting").toList();
    }
}
