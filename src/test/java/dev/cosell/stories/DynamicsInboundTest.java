package dev.cosell.stories;

import java.util.Map;

/** Deals from Microsoft as a seller in Dynamics 365 answers them. */
@InWorld("dynamics")
class DynamicsInboundTest extends InboundStories {
    private static World world;

    @Override
    protected boolean onHold(Map<String, Object> opportunity) {
        return Integer.valueOf(0).equals(opportunity.get("statecode"))
                && Integer.valueOf(2).equals(opportunity.get("statuscode"));
    }

    @Override
    protected void accept(String crmId) {
        edit(crmId, Map.of("statuscode", 1));
    }

    /** The reason is written before the close, because a closed opportunity takes no change. */
    @Override
    protected void lose(String crmId, String reason) {
        edit(crmId, Map.of("cosell_lossreason", reason));
        world.crm().api().post("/sandbox/opportunities/" + crmId + "/lose", Map.of());
    }

    @Override
    protected void reason(String crmId, String reason) {
        edit(crmId, Map.of("cosell_lossreason", reason));
    }

    @Override
    protected String lossReason(Map<String, Object> opportunity) {
        return (String) opportunity.get("cosell_lossreason");
    }

    private static void edit(String crmId, Map<String, Object> fields) {
        world.crm().api().patch("/sandbox/opportunities/" + crmId, fields);
    }
}
