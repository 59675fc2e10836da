package dev.cosell.sync.books;

import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.verbs.CrmView;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The index of referrals without a database, whole from the start. */
final class MemoryIndex extends ReferralIndex {
    private final MemoryBooks books;
    private final ReferralRules referrals;
    private final Clock clock;

    MemoryIndex(MemoryBooks books, ReferralRules referrals, Map<String, CrmView> crms, Clock clock) {
        super(null, null, referrals, crms, clock);
        this.books = books;
        this.referrals = referrals;
        this.clock = clock;
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public void begin(Instant at) {}

    @Override
    public String engagementOfMicrosofts(String referralId) {
        return null;
    }

    @Override
    public void note(List<Map<String, Object>> read) {
        read.stream().filter(referrals::own).map(this::named).forEach(named -> {
            Named before = books.index.put(named.referralId(), named);
            if (before != null && !before.equals(named) && before.crmId() != null) {
                books.lookAgain(before.crm(), before.crmId(), clock.instant());
            }
        });
    }

    @Override
    public List<Named> claims(String crm, String crmId, List<String> linked, int limit) {
        return books.index.values().stream()
                .filter(named -> crm.equals(named.crm()) && crmId.equals(named.crmId())
                        || linked.contains(named.referralId()) || linked.contains(named.engagementId()))
                .sorted(Comparator.comparing(Named::closed).thenComparing(Named::referralId)).limit(limit).toList();
    }
}
