package dev.cosell.sandbox.dataverse;

import static dev.cosell.sandbox.dataverse.Column.choice;
import static dev.cosell.sandbox.dataverse.Column.lookup;
import static dev.cosell.sandbox.dataverse.Column.memo;
import static dev.cosell.sandbox.dataverse.Column.of;
import static dev.cosell.sandbox.dataverse.Column.text;

import dev.cosell.sandbox.dataverse.Column.Type;

/**
 * What an administrator adds to an environment for the sync: columns of the opportunity and of the lead, and a table of
 * solution rows.
 *
 * @param prefix the publisher's prefix with its underscore, such as {@code cosell_}
 */
record CosellColumns(String prefix) {
    private static final int FIRST = 727_000_000;

    void addTo(Schema schema) {
        Table opportunity = schema.named("opportunity");
        opportunity.with(of(prefix + "SyncWithPartnerCenter", Type.Boolean).initially(false),
                text(prefix + "ReferralIdentifier", 100), text(prefix + "ReferralLink", 400),
                choice(prefix + "HowCanMicrosoftHelp", Type.Picklist, FIRST, "Workload specific value proposition",
                        FIRST + 1,
                        "Customer technical architecture", FIRST + 2, "Proof of concept or demo", FIRST + 3,
                        "Quotes or licensing", FIRST + 4, "Post sales customer success", FIRST + 5, "General or other"),
                choice(prefix + "ReferralVisibility", Type.Picklist, FIRST, "Private", FIRST + 1,
                        "Visible to Microsoft sellers"),
                text(prefix + "MicrosoftCrmIdentifier", 100), memo(prefix + "Audit", 100_000),
                text(prefix + "MicrosoftStatus", 100), memo(prefix + "MicrosoftSellers", 32_000),
                text(prefix + "LossReason", 255));
        opportunity.key(prefix + "ReferralKey", referralIdentifier());
        opportunity.children(solutionsOfOpportunity(), solutionTable(), opportunityOfSolution());

        Table solution = new Table(prefix + "PartnerCenterSolution", solutionTable() + "s", solutionTable() + "id",
                prefix + "name", true);
        solution.with(text(prefix + "SolutionId", 100), text(prefix + "Name", 100),
                lookup(prefix + "OpportunityId", Type.Lookup, prefix + "OpportunityId", "opportunity").cascading());
        schema.add(StandardTables.owned(StandardTables.stateful(solution)));

        Table lead = schema.named("lead");
        lead.with(text(prefix + "ReferralIdentifier", 100), memo(prefix + "Audit", 100_000));
        lead.key(prefix + "LeadReferralKey", referralIdentifier());
    }

    String syncSwitch() {
        return prefix + "syncwithpartnercenter";
    }

    String referralIdentifier() {
        return prefix + "referralidentifier";
    }

    String solutionTable() {
        return prefix + "partnercentersolution";
    }

    String solutionId() {
        return prefix + "solutionid";
    }

    String solutionName() {
        return prefix + "name";
    }

    String opportunityOfSolution() {
        return prefix + "opportunityid";
    }

    String solutionsOfOpportunity() {
        return prefix + "opportunity_solutions";
    }
}
