package dev.cosell.sync.decide;

/** What the sync does with a referral that is a lead. */
@FunctionalInterface
public interface LeadRule {
    /** @return null when it is treated like any other deal */
    Situation situation(Pair pair);
}
