package dev.cosell.sync.decide;

import dev.cosell.verbs.Lead;

/**
 * What was found of a lead in the CRM.
 *
 * @param record   the CRM's lead; null when there is none
 * @param accepted what was decided when the lead was accepted; from then on its pair is a deal like any other. Null
 *     before
 */
public record LeadSide(Lead record, Decision accepted) {}
