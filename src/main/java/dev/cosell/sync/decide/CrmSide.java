package dev.cosell.sync.decide;

import dev.cosell.mapping.CrmMapping;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.LeadView;

/**
 * The CRM of a pair, as a decision needs it.
 *
 * @param deals   how its opportunities are read; null where no deal is decided about
 * @param leads   how its leads are read; null where no lead is decided about
 * @param mapping the field tables that are in force
 * @param primary whether its record ids stand in the referral's {@code externalReferenceId}
 */
public record CrmSide(CrmView deals, LeadView leads, CrmMapping mapping, boolean primary) {}
