package dev.cosell.sandbox.dataverse;

import java.util.Map;
import java.util.UUID;

/**
 * Something that was done to a row, as those who asked to be told of it hear it.
 *
 * @param message   {@code Create}, {@code Update}, {@code Delete}, {@code Assign}, {@code Win} or {@code Lose}
 * @param given     what the request set, by column; null values were cleared; empty for a deletion
 * @param user      in whose name it was done
 * @param initiator who did it, another one than the user when that one was impersonated
 */
record Occurrence(String message, Table table, UUID row, Map<String, Object> given, UUID user, UUID initiator) {}
