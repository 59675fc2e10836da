package dev.cosell.sync;

import dev.cosell.mapping.CompiledTable;

/** The four field tables of one CRM as they are in force now, and the name of this state of them for the audit. */
public record CrmMapping(CompiledTable opportunity, CompiledTable account, CompiledTable contact, CompiledTable lead, String version) {}
