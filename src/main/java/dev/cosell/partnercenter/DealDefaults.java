package dev.cosell.partnercenter;

import java.util.Map;

/**
 * What Partner Center demands of a deal and no opportunity holds.
 *
 * @param marketplaceIntent value of the attribute CustomerMarketplaceIntent, e.g. {@code HaveNotDecided}
 * @param teamMember        who of the partner is on the deal unless the document says: {@code firstName},
 *     {@code lastName}, {@code email}, {@code phoneNumber}; empty for nobody
 * @param partnerId         PartnerID (location) the deal runs under; null leaves the choice to Partner Center
 * @param services          what a services solution asks for
 */
public record DealDefaults(String marketplaceIntent, Map<String, Object> teamMember, String partnerId,
        ServicesAttributes services) {
    public DealDefaults {
        teamMember = Map.copyOf(teamMember);
    }

    /** Without services solutions. */
    public DealDefaults(String marketplaceIntent, Map<String, Object> teamMember, String partnerId) {
        this(marketplaceIntent, teamMember, partnerId, ServicesAttributes.NONE);
    }
}
