package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.ReferralIndex;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.sync.decide.Deadline;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.Referral;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.Waits;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where lists hid Microsoft's referral, nobody read its answer unless a notification told an id that was known. */
class EngagementLooksTest extends BooksAtHand {
    private static final Duration DAY = Duration.ofDays(1);

    private final List<Hint> offered = new ArrayList<>();
    private boolean shown;
    private ReferralIndex index;
    private EngagementLooks looks;

    @BeforeEach
    void store() {
        index = new ReferralIndex(database, watermarks(), REFERRALS, CRMS, CLOCK);
        looks = after(Duration.ZERO);
    }

    private static Watermarks watermarks() {
        return new Watermarks(database, CLOCK);
    }

    private EngagementLooks after(Duration time) {
        return new EngagementLooks(links, index, watermarks(), List.of("crm"), () -> shown, offered::add, DAY,
                Clock.fixed(NOW.plus(time), ZoneOffset.UTC));
    }

    private void asked(String crm, int number, Deadline.Kind kind) {
        Deadline deadline = Deadline.open(kind, NOW.plus(DAY), NOW.plus(DAY));
        links.finish(new Finished(Link.of(crm, Ends.deal("r" + number, "e" + number, "crm-" + number)).at("1", "7")
                .with(new Waits(List.of(), List.of(deadline), null)), null, List.of()));
    }

    private void microsofts(int number, String status) {
        index.note(List.of(Map.of("id", "m" + number, "organizationId", "msft", "engagementId", "e" + number,
                "status", status)));
    }

    /** All that is looked through in one turn. */
    private static List<String> turn(EngagementLooks looks) {
        List<String> all = Stream.iterate(looks.first(), each -> each != null, each -> looks.following()).toList();
        looks.over();
        return all;
    }

    private static Referral own(int number) {
        return new Referral(Map.of("id", "r" + number, "engagementId", "e" + number), REFERRALS);
    }

    @Test
    void each_deal_that_waits_for_microsoft_has_its_turn_once_a_day() {
        asked("crm", 1, Deadline.Kind.MICROSOFT);
        asked("crm", 2, Deadline.Kind.ANSWER);
        asked("another", 3, Deadline.Kind.MICROSOFT);
        asked("crm", 4, Deadline.Kind.MICROSOFT);
        microsofts(1, "Active");
        microsofts(4, "Closed");

        assertThat(turn(looks)).containsExactly("e1");
        assertThat(turn(after(Duration.ofHours(23)))).as("on whatever instance").isEmpty();
        assertThat(turn(after(DAY))).containsExactly("e1");
    }

    /** Microsoft's answer was not read for as long as the clock had been ahead. */
    @Test
    void a_clock_that_was_ahead_once_put_the_next_look_at_each_deal_off() {
        asked("crm", 1, Deadline.Kind.MICROSOFT);
        assertThat(turn(after(DAY.multipliedBy(20)))).containsExactly("e1");
        assertThat(turn(looks)).containsExactly("e1");
        assertThat(turn(looks)).isEmpty();
    }

    @Test
    void many_deals_take_several_turns_and_a_turn_that_breaks_off_goes_on_behind_the_one_that_failed() {
        IntStream.rangeClosed(1, 70).forEach(number -> asked("crm", number, Deadline.Kind.MICROSOFT));
        List<String> all = new ArrayList<>(List.of(looks.first(), looks.following()));

        all.addAll(turn(looks));
        assertThat(all).hasSize(50);
        all.addAll(turn(looks));
        assertThat(all).doesNotHaveDuplicates().hasSize(70);
        assertThat(turn(looks)).isEmpty();
    }

    @Test
    void no_deal_is_looked_through_where_lists_show_microsofts() {
        asked("crm", 1, Deadline.Kind.MICROSOFT);
        shown = true;
        looks.begun(own(1));

        assertThat(turn(looks)).isEmpty();
        assertThat(offered).isEmpty();
    }

    @Test
    void a_deal_that_begins_to_wait_is_looked_through_unless_microsofts_referral_is_known() {
        microsofts(2, "New");
        looks.begun(own(1));
        looks.begun(own(2));

        assertThat(offered).containsExactly(new Hint("partner-center", "r1", null, Hint.Origin.RELATED));
    }

    @Test
    void news_that_name_our_own_referral_are_about_its_engagement() {
        Hint news = new Hint("partner-center", "r1", null, Hint.Origin.RELATED);
        Link joined = Link.of("crm", Ends.deal("r1", "e1", "crm-1"));
        assertThat(looks.ofOwn(Pair.of("crm", news, joined))).isEqualTo("e1");
        assertThat(looks.ofOwn(Pair.of("crm", news, null))).isNull();
        assertThat(looks.ofOwn(Pair.of("crm", news, joined.with(Standing.of(LinkState.ORPHANED, "gone")))))
                .as("it may be back").isNull();
        assertThat(looks.ofOwn(Pair.of("crm", news, Link.of("crm", Ends.deal("r1", "e1", null))))).isNull();
    }
}
