package dev.cosell.salesforce;

import dev.cosell.verbs.OwnerRule;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The user who is to own a new opportunity, looked for in the call that looks for its account and contact. */
final class OwnerLookup {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerLookup.class);
    private static final String OWNER = "owner";

    private final OwnerRule rule;

    OwnerLookup(OwnerRule rule) {
        this.rule = rule;
    }

    /** @param team e-mail addresses */
    void search(CompositeRequest search, List<String> team) {
        if (rule.looksFor(team)) {
            search.query(OWNER, users(team));
        }
    }

    /** Users of other types, those of Chatter and of communities, may own no opportunity. */
    private static String users(List<String> emails) {
        return "SELECT Id, Email FROM User WHERE IsActive = true AND UserType = 'Standard' AND Email IN ("
                + emails.stream().map(SoqlText::string).collect(Collectors.joining(", ")) + ") ORDER BY Id";
    }

    /** What was found, without the users where their fields are hidden: a deal is worth more than its owner. */
    CompositeAnswer readable(CompositeAnswer found) {
        if (!found.asksForHiddenField(OWNER)) {
            return found;
        }
        LOG.warn("The integration user will own {}: it may not see IsActive, UserType or Email of users in Salesforce",
                found.about());
        return found.without(OWNER);
    }

    /** An id; null when the integration user is to own it. */
    String owner(CompositeAnswer found, List<String> team) {
        return found.has(OWNER)
                ? OwnerRule.owner(OpportunityRecords.rows(found.body(OWNER)), "Email", "Id", team) : null;
    }
}
