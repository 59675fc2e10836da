package dev.cosell.stories;

import java.util.Map;

/** Values that the other side cannot take, lived through with Salesforce. */
@InWorld("salesforce")
class SalesforceOddValueTest extends OddValueStories {
    @Override
    protected Names names() {
        return new Names("FirstName", "LastName", "Email", "Phone", "CloseDate");
    }

    @Override
    protected Map<String, Object> contact(Map<String, Object> opportunity) {
        return Api.map(opportunity.get("contact"));
    }
}
