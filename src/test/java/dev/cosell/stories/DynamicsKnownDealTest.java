package dev.cosell.stories;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Deals that the other side already knows, lived through with Dynamics 365. */
@InWorld("dynamics")
class DynamicsKnownDealTest extends KnownDealStories {
    @Override
    protected List<String> spellings(String crmId) {
        return List.of(crmId, "{" + crmId.toUpperCase(Locale.ROOT) + "}", " " + crmId + " ", crmId.replace("-", ""),
                "https://example.crm4.dynamics.com/main.aspx?etn=opportunity&pagetype=entityrecord&id=%7B" + crmId
                        + "%7D");
    }

    @Override
    protected Map<String, Object> identifier(String text) {
        return field("cosell_referralidentifier", text);
    }

    @Override
    protected Map<String, Object> link(String address) {
        return field("cosell_referrallink", address);
    }

    private static Map<String, Object> field(String name, String value) {
        Map<String, Object> fields = new HashMap<>();
        fields.put(name, value);
        return fields;
    }
}
