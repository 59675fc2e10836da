package dev.cosell.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.queue.WaitingHints.Place;
import dev.cosell.verbs.Hint;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WaitingHintsTest {
    private Instant now = Instant.parse("2026-03-04T05:06:07Z");
    private final WaitingHints waiting = new WaitingHints(((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    private static Hint hint(String version) {
        return new Hint("salesforce", "006A", version, Hint.Origin.POLL);
    }

    private Place claim(String version) {
        return waiting.claim("salesforce", hint(version), Urgency.LIVE, new CompletableFuture<>());
    }

    @Test
    void memoryDoesNotGrowWithWhatWaits() {
        for (int i = 0; i < 10_000; i++) {
            waiting.claim("salesforce", new Hint("salesforce", "many-" + i, "v1", Hint.Origin.POLL), Urgency.LIVE,
                    new CompletableFuture<>());
        }
        assertThat(claim("v1")).as("a message of its own").isNotSameAs(claim("v1"));
        waiting.taken("salesforce", new Hint("salesforce", "many-0", "v1", Hint.Origin.POLL));
        assertThat(claim("v1")).isSameAs(claim("v1"));
    }

    private Place told(String time) {
        return waiting.claim("salesforce", new Hint("partner-center", "R1", null, Hint.Origin.WEBHOOK)
                .changedAt(time == null ? null : Instant.parse(time)), Urgency.LIVE, new CompletableFuture<>());
    }

    private Instant change() {
        return waiting.taken("salesforce", new Hint("partner-center", "R1", null, Hint.Origin.WEBHOOK));
    }

    @Test
    void aNotificationKeepsTheTimeOfItsChangeOnlyAsLongAsNoOtherChangeJoinsIt() {
        told("2026-03-04T05:06:07.1234567Z");
        told("2026-03-04T05:06:07.1234567Z");
        assertThat(change()).isEqualTo("2026-03-04T05:06:07.1234567Z");

        told("2026-03-04T05:06:07.1234567Z");
        told("2026-03-04T05:06:08.7654321Z");
        assertThat(change()).as("two changes").isNull();

        told("2026-03-04T05:06:07.1234567Z");
        told(null);
        assertThat(change()).as("one that tells no time").isNull();
        assertThat(change()).as("nothing waits").isNull();
    }

    /** It was lost behind news of our own referral, which was at a version that is known. */
    @Test
    void newsOfAnothersReferralJoinsOnlyItsLike() {
        Place own = told(null);
        Hint related = new Hint("partner-center", "R1", null, Hint.Origin.RELATED);
        Place first = waiting.claim("salesforce", related, Urgency.LIVE, new CompletableFuture<>());

        assertThat(first).isNotSameAs(own);
        assertThat(waiting.claim("salesforce", related, Urgency.LIVE, new CompletableFuture<>())).isSameAs(first);
        waiting.taken("salesforce", related);
        assertThat(told(null)).isSameAs(own);
        assertThat(waiting.claim("salesforce", related, Urgency.LIVE, new CompletableFuture<>()))
                .isNotSameAs(first);
    }

    @Test
    void whatAPollReportedWaitsInItsOrder() {
        for (String id : new String[] {"006C", "006A", "006B"}) {
            now = now.plusMillis(1);
            waiting.claim("salesforce", new Hint("salesforce", id, "v1", Hint.Origin.POLL), Urgency.LIVE,
                    new CompletableFuture<>());
        }
        waiting.claim("dynamics", new Hint("dynamics", "other", "v1", Hint.Origin.POLL), Urgency.LIVE,
                new CompletableFuture<>());
        waiting.taken("salesforce", new Hint("salesforce", "006A", "v1", Hint.Origin.POLL));

        assertThat(waiting.polled("salesforce", id -> true, 10)).containsExactly("006C", "006B");
        assertThat(waiting.polled("salesforce", id -> true, 1)).containsExactly("006C");
        assertThat(waiting.polled("salesforce", id -> !id.equals("006C"), 1)).containsExactly("006B");
    }

    @Test
    void twoPlacesTakeWhateverVersionsCome() {
        Place first = claim("v1");
        Place second = claim("v2");

        assertThat(first.hint()).isEqualTo(hint("v1"));
        assertThat(second.hint()).isEqualTo(hint(null));
        assertThat(claim("v1")).isSameAs(first);
        assertThat(claim("v3")).isSameAs(second);
        assertThat(claim(null)).isSameAs(second);
    }

    @Test
    void whatWasTakenIsNotJoinedButTheOneBehindItIs() {
        Place first = claim("v1");
        Place second = claim("v2");
        waiting.taken("salesforce", hint("v1"));

        Place third = claim("v3");
        assertThat(third).isNotSameAs(first).isNotSameAs(second);
        assertThat(claim("v4")).isSameAs(second);
        waiting.taken("salesforce", hint(null));
        assertThat(claim("v4")).isNotSameAs(second);
    }

    /** An edit of the moment waited with the import that it joined. */
    @Test
    void anUrgentHintTakesThePlaceOfOneThatIsLessUrgent() {
        Place crowd = waiting.claim("salesforce", hint("v1"), Urgency.CROWD, new CompletableFuture<>());
        assertThat(waiting.claim("salesforce", hint("v1"), Urgency.CROWD, new CompletableFuture<>())).isSameAs(crowd);
        Place live = claim(null);

        assertThat(live).isNotSameAs(crowd);
        assertThat(live.urgency()).isEqualTo(Urgency.LIVE);
        assertThat(claim(null)).isSameAs(live);
        assertThat(waiting.claim("salesforce", hint(null), Urgency.CROWD, new CompletableFuture<>())).isSameAs(live);
        waiting.taken("salesforce", hint("v1"));
        assertThat(claim(null)).as("the less urgent one was taken first").isSameAs(live);
    }

    @Test
    void aFailedPlaceIsNotJoined() {
        Place first = claim("v1");
        waiting.remove(first);
        assertThat(claim("v1")).isNotSameAs(first);
    }

    @Test
    void nobodyJoinsAHintOlderThanAMinute() {
        Place first = claim("v1");
        now = now.plusSeconds(59);
        assertThat(claim("v1")).isSameAs(first);
        now = now.plusSeconds(2);
        assertThat(claim("v1")).isNotSameAs(first);
    }
}
