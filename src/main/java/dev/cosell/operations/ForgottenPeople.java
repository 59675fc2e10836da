package dev.cosell.operations;

import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.LookAgain;
import dev.cosell.sync.books.PersonalData;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Has what is kept of the people of a record forgotten, and says what stays of it. */
record ForgottenPeople(PersonalData people, RecordIds ids, List<String> crms, Consumer<Hint> hints, Clock clock) {
    private static final int TRIES = 5;

    /**
     * @param who asks for it, for the audit
     * @return what people are told; empty when nothing is known of the record
     * @throws Fault.VersionConflict when syncs changed its links whenever they were looked at: nothing is forgotten
     */
    Optional<String> forget(String recordId, String who) {
        return forget(recordId, who, TRIES);
    }

    private Optional<String> forget(String recordId, String who, int tries) {
        try {
            return forgetAsRead(recordId, who);
        } catch (Fault.VersionConflict moved) {
            if (tries == 1) {
                throw new Fault.VersionConflict(moved.system(), "Nothing was forgotten of the people of " + recordId
                        + ", because it was being synced each time; ask again");
            }
            return forget(recordId, who, tries - 1);
        }
    }

    private Optional<String> forgetAsRead(String recordId, String who) {
        PersonalData.Known known = people.known(ids.all(recordId));
        if (known.isNothing()) {
            return Optional.empty();
        }
        List<Link> compared = people.forget(known, entries(known, who));
        compared.stream().filter(ForgottenPeople::maybeSwitchedOff).map(LookAgain::at).forEach(hints);
        return Optional.of(told(recordId, compared));
    }

    private static boolean maybeSwitchedOff(Link link) {
        return link.isJoined() && link.state() == LinkState.LINKED;
    }

    private List<AuditEntry> entries(PersonalData.Known known, String who) {
        if (!known.links().isEmpty()) {
            return known.links().stream().map(link -> entry(link.crm(), link.referralId(), link.crmId(), who)).toList();
        }
        return known.pushed().isEmpty()
                ? known.ownTexts().stream().map(each -> entry(each.crm(), each.referralId(), each.crmId(), who))
                        .toList()
                : known.pushed().stream().flatMap(id -> crms.stream().map(crm -> entry(crm, id, null, who))).toList();
    }

    private AuditEntry entry(String crm, String referralId, String crmId, String who) {
        return new AuditEntry(clock.instant(), crm, referralId, crmId, "ASKED", "FORGET",
                who + " had what was kept of its people forgotten", null, false);
    }

    private static String told(String recordId, List<Link> compared) {
        String stays = compared.stream().map(link -> stays(link)).filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
        return "Forgotten what was kept of the people of " + recordId + (stays.isEmpty() ? ""
                : ". What its records agree on stays while they are synced, and goes when it is cleared in them; of a"
                        + " deal that is switched off it goes with the look that is asked for now: " + stays);
    }

    private static String stays(Link link) {
        List<String> kept = new ArrayList<>(link.agreed().rows().entrySet().stream()
                .filter(row -> isSaid(row.getValue())).map(Map.Entry::getKey).sorted().toList());
        if (link.state() == LinkState.PARKED || link.state() == LinkState.CLAIMED) {
            kept.add("why it is parked");
        }
        return kept.isEmpty() ? "" : "of " + link.crm() + " " + Objects.requireNonNullElse(link.crmId(),
                link.referralId()) + " " + String.join(", ", kept);
    }

    private static boolean isSaid(Agreed agreed) {
        return Stream.of(agreed.referral(), agreed.crm(), agreed.toReferral(), agreed.toCrm())
                .anyMatch(Objects::nonNull);
    }
}
