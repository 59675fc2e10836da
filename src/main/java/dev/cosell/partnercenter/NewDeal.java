package dev.cosell.partnercenter;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A deal ready to be created: complete and checked.
 *
 * @param crmId    the opportunity it stands for
 * @param document the partner's referral
 * @param retry    whether an earlier attempt may have created it already
 * @param settled  whether that attempt is long enough ago for its referral to be shown
 * @param begun    when the first attempt was noted, by our clock; null when that is not known, or this is the first
 */
public record NewDeal(String crmId, DealType type, Map<String, Object> document, boolean retry, boolean settled,
        Instant begun) {
    /** How far the clocks of Partner Center and of this machine may be apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(15);

    public boolean coSell() {
        return type == DealType.CO_SELL;
    }

    /** Whether an earlier attempt may have made what was made then; null for an unknown time. */
    boolean mayHaveMade(Instant created) {
        return begun != null && created != null && created.isAfter(begun.minus(CLOCKS));
    }

    /** The second document of a co-sell deal: the same deal, addressed to Microsoft. */
    static Map<String, Object> forMicrosoft(Map<String, Object> deal, String engagementId) {
        Map<String, Object> document = new LinkedHashMap<>(deal);
        document.remove("externalReferenceId");
        document.put("type", "Shared");
        document.put("engagementId", engagementId);
        document.put("target", List.of(Map.of("type", "BusinessProfileLocation", "id", ReferralView.MICROSOFT)));
        document.put("status", "New");
        document.put("substatus", "Pending");
        return document;
    }
}
