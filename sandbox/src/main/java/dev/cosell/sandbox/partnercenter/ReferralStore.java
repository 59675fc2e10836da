package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * The referrals, with an index for each way they are looked up, so that no single read or write grows with their
 * number.
 */
final class ReferralStore {
    private static final DateTimeFormatter SEVEN_DECIMALS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final long TICK_NANOS = 100;

    /** Place of a referral in an order by time; the id decides between equals. */
    record Key(Instant at, String id) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : id.compareTo(other.id);
        }
    }

    private final Map<String, Referral> byId = new HashMap<>();
    private final Map<String, Set<String>> byEngagement = new HashMap<>();
    private final Map<String, Set<String>> byExternalReference = new HashMap<>();
    private final NavigableSet<Key> byUpdate = new TreeSet<>();
    private final NavigableSet<Key> byCreation = new TreeSet<>();
    private final Clock clock;
    private final BiConsumer<Referral, Boolean> committed;
    private Instant last = Instant.EPOCH;
    private long versions;
    private String latestOwn;
    private String latestMicrosofts;

    /** @param committed told each version that was stored, and whether it is the first of its referral */
    ReferralStore(Clock clock, BiConsumer<Referral, Boolean> committed) {
        this.clock = clock;
        this.committed = committed;
    }

    /** Null when there is none. */
    Referral find(String id) {
        return byId.get(id);
    }

    /** The id of the most recently created referral of the partner, or of Microsoft; null before the first. */
    String latest(boolean microsofts) {
        return microsofts ? latestMicrosofts : latestOwn;
    }

    Set<String> idsOfEngagement(String engagementId) {
        return byEngagement.getOrDefault(engagementId, Set.of());
    }

    Set<String> idsOfExternalReference(String reference) {
        return byExternalReference.getOrDefault(reference, Set.of());
    }

    NavigableSet<Key> inOrderOf(boolean update) {
        return update ? byUpdate : byCreation;
    }

    /** The referral of Microsoft in an engagement; the first when there are several, null when there is none. */
    Referral microsoftsIn(String engagementId) {
        return idsOfEngagement(engagementId).stream().map(byId::get).filter(Referral::microsofts).findFirst()
                .orElse(null);
    }

    /** The partner's own referral in an engagement; null when there is none. */
    Referral ownIn(String engagementId) {
        return idsOfEngagement(engagementId).stream().map(byId::get).filter(Referral::own).findFirst().orElse(null);
    }

    Referral create(Map<String, Object> tree) {
        String now = stamp();
        String id = UUID.randomUUID().toString();
        tree.put("@odata.context", "https://api.partner.microsoft.com/v1.0/$metadata#Referrals/$entity");
        tree.put("id", id);
        tree.putIfAbsent("engagementId", UUID.randomUUID().toString());
        tree.put("createdDateTime", now);
        tree.put("updatedDateTime", now);
        tree.put("eTag", nextETag());
        tree.put("links", links(id, (String) tree.get("engagementId")));
        stampState(tree, now);
        Referral referral = Referral.first(tree);
        add(referral);
        committed.accept(referral, true);
        return referral;
    }

    Referral change(Referral current, Map<String, Object> tree) {
        String now = stamp();
        tree.put("updatedDateTime", now);
        tree.put("eTag", nextETag());
        stampState(tree, now);
        Referral next = current.next(tree);
        forgetIndexes(current);
        add(next);
        committed.accept(next, false);
        return next;
    }

    private void stampState(Map<String, Object> tree, String now) {
        boolean fresh = "New".equals(tree.get("status"));
        tree.put("expirationDateTime",
                fresh ? text(Instant.parse((String) tree.get("createdDateTime")).plus(Duration.ofDays(14))) : null);
        if ("Active".equals(tree.get("status")) && tree.get("acceptedDateTime") == null) {
            tree.put("acceptedDateTime", now);
        }
        if ("Closed".equals(tree.get("status")) && tree.get("closedDateTime") == null) {
            tree.put("closedDateTime", now);
        }
    }

    /** As the service shows them: with a misspelt path, so that nobody follows them. */
    private static Map<String, Object> links(String id, String engagementId) {
        String base = "https://api.partner.microsoft.com/v1.0/engagments/referrals";
        return Map.of("relatedReferrals",
                Map.of("uri", base + "?$filter=engagementId eq '" + engagementId + "'", "method", "GET"),
                "self", Map.of("uri", base + id, "method", "GET"));
    }

    private void add(Referral referral) {
        boolean known = byId.put(referral.id(), referral) != null;
        byEngagement.computeIfAbsent(referral.engagementId(), e -> new LinkedHashSet<>()).add(referral.id());
        if (referral.externalReferenceId() != null) {
            byExternalReference.computeIfAbsent(referral.externalReferenceId(), e -> new LinkedHashSet<>())
                    .add(referral.id());
        }
        byUpdate.add(new Key(referral.updated(), referral.id()));
        byCreation.add(new Key(referral.created(), referral.id()));
        if (!known && referral.microsofts()) {
            latestMicrosofts = referral.id();
        } else if (!known && referral.own()) {
            latestOwn = referral.id();
        }
    }

    private void forgetIndexes(Referral referral) {
        byUpdate.remove(new Key(referral.updated(), referral.id()));
        Set<String> same = byExternalReference.get(referral.externalReferenceId());
        if (same != null) {
            same.remove(referral.id());
        }
    }

    /** Each commit has its own time, even when the clock stands still. */
    private String stamp() {
        Instant now = clock.instant();
        last = now.isAfter(last.plusNanos(TICK_NANOS)) ? now : last.plusNanos(TICK_NANOS);
        last = last.minusNanos(last.getNano() % TICK_NANOS);
        return text(last);
    }

    static String text(Instant instant) {
        return SEVEN_DECIMALS.format(instant);
    }

    private String nextETag() {
        return String.format("\"%08x-0000-0100-0000-%08x0000\"", ++versions, last.getEpochSecond());
    }

    void clear() {
        byId.clear();
        byEngagement.clear();
        byExternalReference.clear();
        byUpdate.clear();
        byCreation.clear();
        latestOwn = null;
        latestMicrosofts = null;
    }

    List<Object> snapshot() {
        List<Object> trees = new ArrayList<>();
        byCreation.forEach(key -> trees.add(byId.get(key.id()).tree()));
        return trees;
    }

    void restore(List<?> trees) {
        clear();
        for (Object tree : trees) {
            @SuppressWarnings("unchecked")
            Referral referral = Referral.first(Json.copy((Map<String, Object>) tree));
            add(referral);
            versions = Math.max(versions, Long.parseLong(referral.eTag().substring(1, 9), 16));
            last = referral.updated().isAfter(last) ? referral.updated() : last;
        }
    }
}
