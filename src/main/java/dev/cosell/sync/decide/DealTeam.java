package dev.cosell.sync.decide;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.verbs.Opportunity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who of the partner is on a new deal in Partner Center: people only, the opportunity's owner first.
 *
 * @param table     of users and members; null when the mapping has none
 * @param salesTeam users of the CRM
 */
public record DealTeam(ReferralRules referrals, CompiledTable table, Opportunity opportunity,
        List<Map<String, Object>> salesTeam) {

    /** Each once. @param faults is given what cannot be converted */
    public List<Map<String, Object>> members(Consumer<ConversionFault> faults) {
        if (table == null) {
            return List.of();
        }
        List<Map<String, Object>> people = new ArrayList<>();
        if (opportunity.ownerIsNoPerson() == null) {
            people.add(owner());
        }
        people.addAll(salesTeam);
        return people.stream().filter(person -> !person.isEmpty()).map(person -> table.newReferral(person, faults))
                .distinct().toList();
    }

    /** Why the owner is not among them and who is instead, as sentences; none when the owner is. */
    public List<String> sentences() {
        String reason = table == null ? null : ownerLeftOut();
        if (reason == null) {
            return List.of();
        }
        boolean others = members(fault -> {}).stream()
                .anyMatch(member -> referrals.missingOfPerson(member).isEmpty());
        return List.of("The owner is not on the deal's team in Partner Center: " + reason + "; "
                + (others ? "the others of the sales team are"
                        : "the person of the settings partner-center.team is used"));
    }

    /** Empty when nobody is known. */
    private Map<String, Object> owner() {
        return opportunity.related("owner");
    }

    private String ownerLeftOut() {
        String noPerson = opportunity.ownerIsNoPerson();
        if (noPerson != null) {
            return "it is " + noPerson + " and no person who can be called";
        }
        List<String> missing = owner().isEmpty() ? List.of()
                : referrals.missingOfPerson(table.newReferral(owner(), fault -> {}));
        return missing.isEmpty() ? null
                : "the user has no " + String.join(" and no ", missing) + ", enter it in the CRM";
    }
}
