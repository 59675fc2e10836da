package dev.cosell.dynamics;

import dev.cosell.verbs.ConnectorFields;

/**
 * Names of the columns and the table that an administrator adds to the environment for the sync. Column names are
 * logical names; navigation properties are case sensitive.
 *
 * @param syncField                 Yes/No column, the seller's switch
 * @param referralIdField           text column with an alternate key
 * @param referralLinkField         text column
 * @param auditField                memo column
 * @param solutionSet               entity set of the solution rows
 * @param solutionIdField           column of a solution row: the solution's id in Partner Center
 * @param solutionNameField         column of a solution row
 * @param solutionOpportunityNav    navigation property from a solution row to its opportunity
 * @param opportunitySolutionsNav   navigation property from an opportunity to its solution rows
 */
public record DynamicsFields(String syncField, String referralIdField, String referralLinkField, String auditField,
                             String solutionSet, String solutionIdField, String solutionNameField,
                             String solutionOpportunityNav, String opportunitySolutionsNav) implements ConnectorFields {

    /**
     * The suggested names.
     *
     * @param prefix publisher prefix with its underscore, such as {@code cosell_}
     */
    public static DynamicsFields withPrefix(String prefix) {
        return new DynamicsFields(prefix + "syncwithpartnercenter", prefix + "referralidentifier",
                prefix + "referrallink",
                prefix + "audit", prefix + "partnercentersolutions", prefix + "solutionid", prefix + "name",
                prefix + "OpportunityId", prefix + "opportunity_solutions");
    }

    /** The property by which a solution row shows the id of its opportunity. */
    public String solutionOpportunityValue() {
        return "_" + solutionOpportunityNav.toLowerCase(java.util.Locale.ROOT) + "_value";
    }
}
