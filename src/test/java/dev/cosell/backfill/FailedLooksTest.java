package dev.cosell.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.backfill.Step.Look;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Reason;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One record whose reads failed for ever kept all others of its job from being looked at. */
class FailedLooksTest {
    private static final Look BROKEN = look("broken");
    private static final Look OTHER = look("other");

    private Instant now = Instant.parse("2026-11-22T14:05:00Z");
    private Instant answered;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final FailedLooks looks = new FailedLooks(system -> Optional.ofNullable(answered), clock);

    private static Look look(String id) {
        return new Look(1, "salesforce", new Hint("partner-center", id, null, Hint.Origin.BACKFILL));
    }

    /** What is believed to be wrong after so many more failures. */
    private List<Reason> after(Look look, int failures) {
        List<Reason> faults = List.of();
        for (int number = 0; number < failures; number++) {
            now = now.plusSeconds(1);
            faults = looks.faults(look, new Fault.Transient("partner-center", "partner-center answered 500: oops"));
        }
        return faults;
    }

    @Test
    void a_record_is_to_blame_when_others_could_be_looked_at_meanwhile() {
        assertThat(after(BROKEN, 3)).isEmpty();
        looks.succeeded(OTHER);
        assertThat(after(BROKEN, 1)).isEmpty();
        assertThat(after(BROKEN, 1)).singleElement().satisfies(reason -> {
            assertThat(reason.key()).isEqualTo("CS-703");
            assertThat(reason.words()).startsWith("broken could not be looked at, 5 times in a row")
                    .endsWith("partner-center answered 500: oops");
        });
    }

    @Test
    void while_a_system_is_away_for_all_of_them_none_is_to_blame() {
        answered = now;
        looks.succeeded(OTHER);
        assertThat(after(BROKEN, 200)).isEmpty();
        assertThat(after(OTHER, 200)).isEmpty();
    }

    @Test
    void what_the_other_crm_answers_says_nothing_about_a_crm_that_is_away() {
        assertThat(after(BROKEN, 1)).isEmpty();
        looks.succeeded(new Look(1, "dynamics", OTHER.hint()));
        assertThat(after(BROKEN, 20)).isEmpty();
        looks.succeeded(OTHER);
        assertThat(after(BROKEN, 1)).hasSize(1);
    }

    @Test
    void a_record_that_is_alone_is_to_blame_when_its_system_answers_otherwise() {
        assertThat(after(BROKEN, 1)).isEmpty();
        answered = now.plusSeconds(30);
        assertThat(after(BROKEN, 6)).isEmpty();
        assertThat(after(BROKEN, 1)).hasSize(1);
    }

    @Test
    void a_look_that_succeeds_at_last_begins_anew() {
        after(BROKEN, 4);
        looks.succeeded(BROKEN);
        looks.succeeded(OTHER);
        assertThat(after(BROKEN, 4)).isEmpty();
    }
}
