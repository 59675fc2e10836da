package dev.cosell.sandbox.dataverse;

import java.util.UUID;

/** The value of a lookup column. */
record Ref(String table, UUID id) {}
