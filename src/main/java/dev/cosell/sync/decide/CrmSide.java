package dev.cosell.sync.decide;

import dev.cosell.mapping.CrmMapping;
import dev.cosell.verbs.CrmView;

/**
 * The CRM of a pair, as a decision needs it.
 *
 * @param view    how its opportunities are read
 * @param mapping the field tables that are in force
 * @param primary whether its record ids stand in the referral's {@code externalReferenceId}
 * @param stops   directions in which nothing is written to linked deals at present, or was until a person released them
 */
public record CrmSide(CrmView view, CrmMapping mapping, boolean primary, Stops stops) {}
