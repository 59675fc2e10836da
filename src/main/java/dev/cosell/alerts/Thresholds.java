package dev.cosell.alerts;

import java.time.Duration;

/**
 * From where on something needs a person.
 *
 * @param parked records that are parked, at least
 * @param oldest age of the oldest change that is not done, at least
 */
public record Thresholds(int parked, Duration oldest) {}
