package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.mapping.PartyRules;
import dev.cosell.verbs.Candidates;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.OwnerRule;
import dev.cosell.verbs.PartyText;
import dev.cosell.verbs.Trouble;
import dev.cosell.verbs.Writes.NewOpportunity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Finds the account and the contact of a new opportunity in one call. Only active rows are looked at: merged accounts
 * stay behind as inactive ones. What is missing is created together with the opportunity.
 */
public final class Parties {
    private static final String CONTACTS = "contact_customer_accounts";
    private static final String EMAIL = "emailaddress1";
    private static final String USER_EMAIL = "internalemailaddress";

    private final Supplier<Set<String>> accountFields;
    private final Supplier<Set<String>> contactFields;
    private final PartyRules rules;
    private final OwnerRule owners;

    /** The suppliers give the account and contact fields that the mapping names. */
    public Parties(Supplier<Set<String>> accountFields, Supplier<Set<String>> contactFields, PartyRules rules,
            OwnerRule owners) {
        this.owners = owners;
        this.rules = rules;
        this.accountFields = accountFields;
        this.contactFields = contactFields;
    }

    public Creation begin(@Body NewOpportunity order) {
        if (!(order.account().get("name") instanceof String name) || name.isBlank()) {
            throw new Fault.Data(Refusals.SYSTEM, Trouble.NO_CUSTOMER,
                    "The referral " + order.referralId() + " names no customer, and an opportunity needs an account. "
                            + PartyText.byHand("Dynamics 365", order.referralId()));
        }
        return new Creation(order, rules);
    }

    /** The account and the contact, and who of the team may be the owner. */
    public Batch search(@Body Creation creation) {
        List<String> team = creation.order().team();
        return owners.looksFor(team) ? Batch.ofReads(accounts(creation), users(team))
                : Batch.ofReads(accounts(creation));
    }

    private static Request users(List<String> team) {
        String any = team.stream().map(email -> USER_EMAIL + " eq " + OData.quoted(email))
                .collect(Collectors.joining(" or "));
        return new Request("GET",
                "/systemusers?$select=systemuserid," + USER_EMAIL + "&$filter="
                        + OData.encoded("isdisabled eq false and (" + any + ")"),
                Map.of(), null);
    }

    private static String owner(Answer answer, List<String> team) {
        return OwnerRule.owner(Refusals.rows(answer, "search for the users of a deal's team"), USER_EMAIL,
                "systemuserid", team);
    }

    /** By the configured rules; with the contacts that may be the named one. */
    private Request accounts(Creation creation) {
        Map<String, Object> criteria = rules.account().criteria(creation.order().account());
        if (criteria.isEmpty()) {
            throw new Fault.Data(Refusals.SYSTEM, Trouble.NO_CRITERIA,
                    "The referral " + creation.order().referralId() + " says nothing by which its account can be found"
                            + " (" + rules.account() + "): add a combination to the setting dynamics.account-match. "
                            + PartyText.byHand("Dynamics 365", creation.order().referralId())
                            + " where none fits");
        }
        String uri = "/accounts?$select=" + joined(accountFields.get(), "name", "address1_postalcode", "address1_city")
                + "&$filter=" + OData.encoded(condition(criteria));
        Map<String, Object> person = rules.contact().criteria(creation.order().contact());
        if (!person.isEmpty()) {
            uri += "&$expand=" + CONTACTS + "($select=" + joined(contactFields.get(), "fullname", EMAIL) + ";$filter="
                    + OData.encoded(condition(person)) + ")";
        }
        return new Request("GET", uri, Map.of(), null);
    }

    private static String condition(Map<String, Object> criteria) {
        return criteria.entrySet().stream().map(each -> each.getKey() + " eq " + literal(each.getValue()) + " and ")
                .collect(Collectors.joining())
                + "statecode eq 0";
    }

    private static String literal(Object value) {
        return value instanceof String text ? OData.quoted(text) : String.valueOf(value);
    }

    private static String joined(Set<String> mapped, String... always) {
        Set<String> names = new LinkedHashSet<>(mapped);
        names.addAll(List.of(always));
        return String.join(",", names);
    }

    public Creation found(@Body Creation creation, @Variable(Batches.ANSWERS) BatchAnswer answers) {
        List<String> team = creation.order().team();
        List<Answer> reads = answers.reads();
        if (answers.refused() == null && reads.size() < (owners.looksFor(team) ? 2 : 1)) {
            throw Fault.ServerError.strange(Refusals.SYSTEM,
                    "Dynamics 365 answered only a part of the search for the account of referral "
                            + creation.order().referralId());
        }
        Creation found = found(creation, answers.refused() != null ? answers.refused() : reads.get(0));
        return owners.looksFor(team) ? found.ownedBy(owner(reads.get(1), team)) : found;
    }

    /** Several hits are for a person to sort out: none is taken. */
    private Creation found(Creation creation, Answer answer) {
        String referral = creation.order().referralId();
        List<Map<String, Object>> accounts = Refusals.rows(answer, "search for the account of referral " + referral);
        if (accounts.size() > 1) {
            throw new Candidates(Refusals.SYSTEM, "Dynamics 365", "account", accounts).fault(
                    "the customer of referral " + referral,
                    rules.account().criteria(creation.order().account()).keySet(), "name", "address1_city",
                    "accountid");
        }
        if (accounts.isEmpty()) {
            return creation;
        }
        Map<String, Object> account = accounts.get(0);
        List<Map<String, Object>> contacts = new Answer(200, Map.of(), account, "").list(CONTACTS);
        if (contacts.size() > 1) {
            throw new Candidates(Refusals.SYSTEM, "Dynamics 365", "contact", contacts).fault(
                    "the customer's person of referral " + referral,
                    rules.contact().criteria(creation.order().contact()).keySet(), "fullname", EMAIL, "contactid");
        }
        Map<String, Object> columns = Records.columns(account);
        columns.remove(CONTACTS);
        return creation.with(columns, contacts.isEmpty() ? null : contact(contacts.get(0)));
    }

    /** Without the lookup by which an expanded row was found, which the service may add. */
    private Map<String, Object> contact(Map<String, Object> row) {
        Map<String, Object> columns = Records.columns(row);
        columns.keySet().removeIf(name -> name.startsWith("_") && !contactFields.get().contains(name));
        return columns;
    }
}
