package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.Database;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Agreement;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Held;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.PlainCrm;
import dev.cosell.sync.decide.PlainReferrals;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.Waits;
import dev.cosell.verbs.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The books of the simulation answer as those on H2 do, whatever is asked of them in whatever order. */
class MemoryBooksTest {
    private static final int OPERATIONS = 300;
    private static final String CRM = "crm";

    static Database database;
    private Instant now = Instant.parse("2026-11-22T14:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    private long nanos() {
        return now.toEpochMilli() * 1_000_000;
    }

    @BeforeAll
    static void open() {
        database = Database.inMemory();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void the_same_operations_have_the_same_answers(int seed) {
        List.of("link", "seen_version", "audit", "intent", "referral_index")
                .forEach(table -> database.client().sql("DELETE FROM " + table).update());
        MemoryBooks books = new MemoryBooks();
        SeenVersions seenInMemory = books.versions(clock);
        SeenVersions seen = new SeenVersions(database, clock);
        Side memory = new Side(books.links(seenInMemory, clock), seenInMemory,
                books.intents(clock, Duration.ofMinutes(1), this::nanos),
                books.index(new PlainReferrals(), Map.of(CRM, new PlainCrm()), clock));
        Side real = new Side(new LinkStore(database, seen, clock), seen,
                new Intents(database, clock, Duration.ofMinutes(1), this::nanos),
                new ReferralIndex(database, new Watermarks(database, clock), new PlainReferrals(),
                        Map.of(CRM, new PlainCrm()), clock));
        Random random = new Random(seed);
        for (int number = 0; number < OPERATIONS; number++) {
            now = now.plusMillis(1 + random.nextInt(30_000));
            long operation = random.nextLong();
            assertThat(answer(() -> memory.does(new Random(operation), now))).as("operation " + number)
                    .isEqualTo(answer(() -> real.does(new Random(operation), now)));
        }
        assertThat(books.audit()).hasSize(database.client().sql("SELECT COUNT(*) FROM audit").query(Integer.class)
                .single());
    }

    private static Object answer(Supplier<Object> question) {
        try {
            return question.get();
        } catch (Fault fault) {
            return fault.getClass();
        }
    }

    /** One implementation of the books. */
    private record Side(LinkStore links, SeenVersions seen, Intents intents, ReferralIndex index) {

        Object does(Random random, Instant now) {
            String referral = "r" + random.nextInt(3);
            String crmId = "c" + random.nextInt(3);
            Link known = (random.nextBoolean() ? links.findByReferral(CRM, referral) : links.findByCrmId(CRM, crmId))
                    .orElse(null);
            String key = SeenVersions.key(CRM, random.nextBoolean() ? CRM : "partner-center",
                    random.nextBoolean() ? crmId : referral, "v" + random.nextInt(3));
            return switch (random.nextInt(13)) {
                case 0, 1, 2 -> finish(random, known, referral, crmId, now);
                case 3 -> begin(random, known, referral, crmId);
                case 4 -> List.of(seen.add(key), seen.contains(key));
                case 5 -> links.handled(key);
                case 6 -> List.of(intents.begin(CRM, crmId).retry());
                case 7 -> attempted(random, crmId);
                case 8 -> done(crmId);
                case 9 -> noted(referral, crmId, random);
                case 10 -> waiting(known, now);
                case 11 -> released(known, now);
                default -> List.of(shown(links.findByReferral(CRM, referral).orElse(null)),
                        shown(links.findByCrmId(CRM, crmId).orElse(null)),
                        shown(links.findByEngagement(CRM, "e" + referral).orElse(null)));
            };
        }

        private Object attempted(Random random, String crmId) {
            Attempt attempt = intents.begin(CRM, crmId);
            boolean ours = random.nextBoolean() && intents.confirm(attempt);
            if (random.nextBoolean()) {
                intents.undone(attempt);
            }
            return Arrays.asList(attempt.retry(), attempt.settled(), ours, intents.begun(CRM, crmId),
                    intents.first(CRM, crmId));
        }

        private Object finish(Random random, Link known, String referral, String crmId, Instant now) {
            Link link = random.nextInt(4) == 0 ? null : link(random, known, referral, crmId, now);
            AuditEntry entry = random.nextBoolean() ? null
                    : new AuditEntry(now, CRM, referral, crmId, "CHANGED", "UPDATE", "told", "1", true);
            Link absorbed = random.nextInt(4) == 0 ? links.findByCrmId(CRM, crmId).orElse(null) : null;
            boolean own = absorbed != null && link != null && absorbed.id() == link.id();
            links.finish(new Finished(link, entry, List.of(SeenVersions.key(CRM, CRM, crmId, "v" + random.nextInt(3))),
                    own ? null : absorbed).after(known));
            return shown(links.findByCrmId(CRM, crmId).orElse(null));
        }

        private Object begin(Random random, Link known, String referral, String crmId) {
            Link link = known != null ? known : Link.of(CRM, random.nextBoolean() ? Ends.deal(referral, null, null)
                    : Ends.deal(null, null, crmId));
            links.begin(link.with(agreed(random)), Map.of());
            return shown(links.findByReferral(CRM, referral).orElse(null));
        }

        private static AgreedValues agreed(Random random) {
            return new AgreedValues(Map.of("Amount", Agreed.on("1" + random.nextInt(3), null)));
        }

        private static Link link(Random random, Link known, String referral, String crmId, Instant now) {
            Ends ends = Ends.deal(random.nextInt(4) == 0 ? null : referral, "e" + referral,
                    random.nextInt(4) == 0 ? null : crmId);
            Ends either = ends.referralId() == null && ends.crmId() == null ? Ends.deal(referral, null, null) : ends;
            LinkState state = LinkState.values()[random.nextInt(LinkState.values().length)];
            Waits waits = random.nextInt(3) > 0 ? Waits.NONE
                    : new Waits(List.of(new Held("Closing", now, now.plusSeconds(60))), List.of(), null);
            return Link.of(CRM, either).inPlaceOf(known).with(Standing.of(state, null)).with(waits)
                    .with(new Agreement(agreed(random), new Agreement.Seen("v" + random.nextInt(3), 5L),
                            new Agreement.Seen(random.nextBoolean() ? null : "v" + random.nextInt(3), null)));
        }

        private Object released(Link known, Instant now) {
            boolean claims = known != null && known.state() == LinkState.CLAIMED && known.referralId() != null
                    && known.crmId() != null;
            if (!claims) {
                return "no claim";
            }
            links.release(known);
            return List.of(shown(links.findByReferral(CRM, known.referralId()).orElse(null)),
                    shown(links.findByCrmId(CRM, known.crmId()).orElse(null)), links.due(CRM, now, 10).size());
        }

        private Object done(String crmId) {
            intents.done(Attempt.first(CRM, crmId));
            return intents.begun(CRM, crmId);
        }

        private Object noted(String referral, String crmId, Random random) {
            Map<String, Object> read = new HashMap<>(Map.of("id", referral, "engagementId", "e" + referral));
            read.put("externalReferenceId", crmId);
            read.put("status", random.nextBoolean() ? "Closed" : "Active");
            index.note(List.of(read));
            return index.claims(CRM, crmId, List.of("er1"), 2);
        }

        private Object waiting(Link known, Instant now) {
            if (known != null && !known.waits().isNone()) {
                links.approve(known);
                links.postpone(known.id(), now.plusSeconds(600));
            }
            List<Object> all = new ArrayList<>();
            links.waiting(0, 10).forEach(link -> all.add(shown(link)));
            links.due(CRM, now, 10).forEach(link -> all.add(shown(link)));
            return all;
        }

        private static Object shown(Waiting link) {
            return List.of(link.ends(), link.updatedAt(), link.waits());
        }

        /** Ids of rows and the number of stored digits of a moment are each database's own. */
        private static Object shown(Link link) {
            return link == null ? "none" : List.of(link.ends(), link.agreement(), link.state(), link.updatedAt(),
                    link.writes(), link.waits());
        }
    }
}
