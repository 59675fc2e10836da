package dev.cosell.partnercenter;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Which deals are registered, and what a registration says beyond the deal itself.
 *
 * @param solutions    ids of the solutions with an incentive, in lower case
 * @param thresholds   smallest deal value by currency; a deal in another currency is not registered
 * @param finiteMonths length of the contract; 0 for a perpetual one
 * @param patience     how long a won deal waits for Microsoft
 */
public record RegistrationTerms(Set<String> solutions, Map<String, BigDecimal> thresholds, String type,
        String pricingModel, String deployment,
        boolean onAzure, int finiteMonths, Duration patience) {
    public RegistrationTerms {
        solutions = Set.copyOf(solutions);
        thresholds = Map.copyOf(thresholds);
    }
}
