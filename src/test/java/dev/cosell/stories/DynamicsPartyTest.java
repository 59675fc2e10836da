package dev.cosell.stories;

import java.util.List;
import java.util.Map;

/** Rules and lists of one's own, lived through with Dynamics 365. */
@InWorld(openedBy = "open")
class DynamicsPartyTest extends PartyStories {
    static World open() {
        return new World(
                Map.of("dynamics.account-match", "name + address1_city", "dynamics.contact-match",
                        "emailaddress1 + lastname"),
                drifted("mapping-dynamics.camel.yaml", "727000005", "727000003", "727000009"), "dynamics");
    }

    @Override
    protected OddRecords odd() {
        return new DynamicsOddRecords((DynamicsDriver) crm());
    }

    @Override
    protected String currency() {
        return "GBP";
    }

    @Override
    protected Map<String, Object> unknownHelp() {
        return Map.of("cosell_howcanmicrosofthelp", 727000005);
    }

    @Override
    protected List<String> unknownChoice() {
        return List.of("727000009", "outside the valid range", "correct the value map");
    }
}
