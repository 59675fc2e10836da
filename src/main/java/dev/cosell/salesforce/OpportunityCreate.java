package dev.cosell.salesforce;

import dev.cosell.mapping.PartyRules;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.OwnerRule;
import dev.cosell.verbs.PartyText;
import dev.cosell.verbs.Trouble;
import dev.cosell.verbs.Writes.NewOpportunity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;

/**
 * Creates an opportunity with its account, contact and solutions: one call looks for what is there, one transaction
 * makes the rest. Repeating it finds the opportunity by its referral id and changes nothing.
 */
public final class OpportunityCreate {
    private static final String NEW = "cosell.salesforce.new";
    private static final String NEW_ACCOUNT = CompositeText.reference("account.id");

    private final OpportunityQuery query;
    private final OpportunityRecords records;
    private final AccountMatch match;
    private final OwnerLookup owners;

    /** Finds accounts and contacts by the rules that are in force as shipped. */
    public OpportunityCreate(OpportunityQuery query) {
        this(query, AccountMatch.defaults(), new OwnerRule(true));
    }

    public OpportunityCreate(OpportunityQuery query, PartyRules rules, OwnerRule owners) {
        this.owners = new OwnerLookup(owners);
        this.query = query;
        this.records = new OpportunityRecords(query);
        this.match = new AccountMatch(rules);
    }

    /**
     * Body in: {@link NewOpportunity}. Body out: the call that looks for the opportunity, the account and the contact.
     */
    public void search(Exchange exchange) {
        NewOpportunity wanted = exchange.getMessage().getBody(NewOpportunity.class);
        query.currency().written(wanted.fields(), about(wanted));
        exchange.setProperty(NEW, wanted);
        CompositeRequest search = CompositeRequest.reads(about(wanted)).query("opportunity",
                query.full(byReferral(wanted)));
        if (AccountMatch.isGiven(wanted.account())) {
            search.query("account", match.accounts(wanted));
            String contacts = AccountMatch.isGiven(wanted.contact())
                    ? match.contacts(wanted.account(), wanted.contact()) : null;
            if (contacts != null) {
                search.query("contact", contacts);
            }
        }
        owners.search(search, wanted.team());
        exchange.getMessage().setBody(search);
    }

    private String byReferral(NewOpportunity wanted) {
        return query.fields().referralIdField() + " = " + SoqlText.string(wanted.referralId());
    }

    private static String about(NewOpportunity wanted) {
        return "the new opportunity \"" + wanted.fields().get("Name") + "\" (referral " + wanted.referralId() + ")";
    }

    /** Body out: the opportunity that exists already, or the transaction that creates it. */
    public void decide(Exchange exchange) {
        NewOpportunity wanted = exchange.getProperty(NEW, NewOpportunity.class);
        CompositeAnswer found = owners.readable(exchange.getMessage().getBody(CompositeAnswer.class));
        if (found.failed()) {
            throw found.fault();
        }
        Map<String, Object> existing = only(found.body("opportunity"), wanted);
        List<String> parties = new ArrayList<>();
        leave(exchange, existing != null ? existing : transaction(found, wanted, parties));
        exchange.setVariable(PartyText.VARIABLE, parties);
    }

    /** Whether the account or the contact has to be created. */
    public boolean lacksParty(@Body Object next) {
        return next instanceof CompositeRequest request && (request.has("account") || request.has("contact"));
    }

    /** Whether the search has found no opportunity, so that the transaction it prepared has to be sent. */
    public boolean isMissing(@Body Object next) {
        return next instanceof CompositeRequest;
    }

    /**
     * Whether another writer created the opportunity first, so that what was added to it has to be taken away again.
     */
    public boolean isDoubled(@Body Object next) {
        return next instanceof CompositeRequest;
    }

    private static void leave(Exchange exchange, Object next) {
        exchange.getMessage().setBody(next);
        if (!(next instanceof CompositeRequest)) {
            exchange.removeProperty(NEW);
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> only(Object answer, NewOpportunity wanted) {
        List<Map<String, Object>> found = records.records((Map<String, Object>) answer);
        if (found.size() > 1) {
            throw new Fault.Data(SalesforceErrors.SYSTEM, Trouble.SEVERAL_RECORDS,
                    "Salesforce has " + found.size() + " opportunities with the referral identifier "
                            + wanted.referralId() + " ("
                            + String.join(", ", found.stream().map(row -> (String) row.get("Id")).toList())
                            + "). Clear it on all but one, and make the field unique");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private CompositeRequest transaction(CompositeAnswer found, NewOpportunity wanted, List<String> parties) {
        SolutionRows.refuseTooMany("Referral " + wanted.referralId(), wanted.solutions());
        CompositeRequest request = CompositeRequest.transaction(about(wanted));
        String account = account(request, found, wanted, parties);
        String contact = contact(request, found, wanted, account, parties);
        rows(request, wanted, account, contact, owners.owner(found, wanted.team()), parties);
        return request.query("stored", query.full(byReferral(wanted)));
    }

    /** An id or a reference to one; null when the referral names no customer. */
    private String account(CompositeRequest request, CompositeAnswer found, NewOpportunity wanted,
            List<String> parties) {
        if (!AccountMatch.isGiven(wanted.account())) {
            return null;
        }
        Map<String, Object> row = match.only(OpportunityRecords.rows(found.body("account")), wanted.account());
        parties.add(match.accountStory(row, wanted.account()));
        if (row == null) {
            request.create("account", "Account", wanted.account());
        }
        return row == null ? NEW_ACCOUNT : (String) row.get("Id");
    }

    private String contact(CompositeRequest request, CompositeAnswer found, NewOpportunity wanted, String account,
            List<String> parties) {
        if (!AccountMatch.isGiven(wanted.contact())) {
            return null;
        }
        Map<String, Object> row = account == null || account.equals(NEW_ACCOUNT) || !found.has("contact") ? null
                : match.within(OpportunityRecords.rows(found.body("contact")), account, wanted.contact());
        parties.add(match.contactStory(row, wanted.contact()));
        if (row == null) {
            request.create("contact", "Contact", with(wanted.contact(), "AccountId", account));
        }
        return row == null ? CompositeText.reference("contact.id") : (String) row.get("Id");
    }

    private void rows(CompositeRequest request, NewOpportunity wanted, String account, String contact, String owner,
            List<String> parties) {
        SalesforceFields fields = query.fields();
        Map<String, Object> body = with(with(query.written(wanted.fields(), about(wanted)), "AccountId", account),
                "OwnerId", owner);
        body.keySet().removeIf(name -> name.equalsIgnoreCase(fields.referralIdField()) || name.equals("solutions"));
        PartyText.tell(body, fields.auditField(), parties);
        request.upsert("opportunity", "Opportunity", fields.referralIdField(), wanted.referralId(), body);
        if (contact != null) {
            Map<String, Object> role = new LinkedHashMap<>();
            role.put("OpportunityId", CompositeText.reference("opportunity.id"));
            role.put("ContactId", contact);
            role.put("IsPrimary", true);
            request.create("role", "OpportunityContactRole", role);
        }
        SolutionRows.create(request, fields, wanted.solutions().stream()
                .map(solution -> SolutionRows.row(fields, solution, CompositeText.reference("opportunity.id")))
                .toList());
    }

    private static Map<String, Object> with(Map<String, Object> fields, String name, String value) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        if (value != null) {
            all.put(name, value);
        }
        return all;
    }

    /**
     * Body out: the record. If another writer created the opportunity between search and transaction, the upsert met
     * its row and our role and solutions came on top: then the call that takes them away again.
     */
    public void created(Exchange exchange) {
        CompositeAnswer answer = exchange.getMessage().getBody(CompositeAnswer.class);
        NewOpportunity wanted = exchange.getProperty(NEW, NewOpportunity.class);
        if (answer.failed()) {
            throw TakenReferralId.fault(exchange, answer, query.fields().referralIdField());
        }
        nameCreated(exchange, answer, wanted);
        boolean met = answer.body("opportunity") instanceof Map<?, ?> upserted
                && Boolean.FALSE.equals(upserted.get("created"));
        List<String> roles = met ? answer.createdIds("role") : List.of();
        List<String> solutions = met ? answer.createdIds("solution") : List.of();
        leave(exchange, roles.isEmpty() && solutions.isEmpty()
                ? TakenReferralId.seen(only(answer.body("stored"), wanted), about(wanted))
                : removal(wanted, roles, solutions));
    }

    /** What was created has an id now. */
    private static void nameCreated(Exchange exchange, CompositeAnswer answer, NewOpportunity wanted) {
        if (exchange.getVariable(PartyText.VARIABLE) instanceof List<?> parties) {
            Map<String, String> named = new HashMap<>();
            answer.createdIds("account")
                    .forEach(id -> named.put(PartyText.newAccount(wanted.account().get("Name"), null),
                            PartyText.newAccount(wanted.account().get("Name"), id)));
            answer.createdIds("contact").forEach(id -> named.put(PartyText.newContact(null), PartyText.newContact(id)));
            exchange.setVariable(PartyText.VARIABLE,
                    parties.stream().map(String.class::cast).map(party -> named.getOrDefault(party, party)).toList());
        }
    }

    private CompositeRequest removal(NewOpportunity wanted, List<String> roles, List<String> solutions) {
        CompositeRequest request = CompositeRequest.transaction(about(wanted));
        roles.forEach(id -> request.delete("formerRole", "OpportunityContactRole", id));
        SolutionRows.delete(request, query.fields(), solutions);
        return request.query("stored", query.full(byReferral(wanted)));
    }

    /** Body out: the record. */
    public void cleaned(Exchange exchange) {
        CompositeAnswer answer = exchange.getMessage().getBody(CompositeAnswer.class);
        if (answer.failed()) {
            throw TakenReferralId.fault(exchange, answer, query.fields().referralIdField());
        }
        NewOpportunity wanted = exchange.getProperty(NEW, NewOpportunity.class);
        leave(exchange, TakenReferralId.seen(only(answer.body("stored"), wanted), about(wanted)));
    }
}
