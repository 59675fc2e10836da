package dev.cosell.sandbox.salesforce;

import java.time.Clock;

/**
 * What the resources of the REST API work with.
 *
 * @param user in whose name API clients read and write
 */
record Engine(Database database, Switches switches, Dml dml, SoqlBinder binder, SoqlRunner runner, Clock clock,
        Dml.Actor user) {}
