package dev.cosell.mapping;

/**
 * The field tables of one CRM as they are in force now, and the name of this state of them for the audit.
 *
 * @param team for the people of the partner; null when the mapping file has none
 * @param won  for what a won deal is closed with; null when the mapping file has none
 */
public record CrmMapping(CompiledTable opportunity, CompiledTable account, CompiledTable contact, CompiledTable lead,
        CompiledTable team,
        CompiledTable won, String version) {}
