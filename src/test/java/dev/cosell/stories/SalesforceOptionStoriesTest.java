package dev.cosell.stories;

import java.util.Map;

/** The stories of options, lived through with Salesforce. */
@InWorld("salesforce")
class SalesforceOptionStoriesTest extends OptionStories {
    @Override
    protected String name(Map<String, Object> opportunity) {
        return (String) opportunity.get("Name");
    }

    @Override
    protected Map<String, Object> named(String name) {
        return Map.of("Name", name);
    }

    @Override
    protected boolean takesNotesWhenClosed() {
        return true;
    }
}
