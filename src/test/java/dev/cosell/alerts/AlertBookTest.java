package dev.cosell.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several instances and a restart tell of a matter, on both databases. */
class AlertBookTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final List<String> CHANNELS = List.of("mail", "teams");
    private static final Matter PARKED = new Matter("parked", "CS-801", "Records are parked",
            "12 records \u0000are parked",
            "Look at them");

    @TempDir
    Path folder;

    private void with(String kind, ThrowingConsumer<Database> test) throws Exception {
        String url = kind.equals("h2") ? ReadyDatabase.h2(folder.resolve("alerts"))
                : ReadyDatabase.postgres();
        try (Database database = Database.open(url, null, null)) {
            test.accept(database);
        }
    }

    @FunctionalInterface
    private interface ThrowingConsumer<T> {
        void accept(T value) throws Exception;
    }

    /** As many instances at the same moment. */
    private static void instances(Database database, Consumer<AlertBook> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            running.add(threads.submit(() -> work.accept(new AlertBook(database))));
        }
        for (Future<?> each : running) {
            each.get();
        }
        threads.shutdown();
    }

    private static void sees(AlertBook book, Matter matter, List<String> channels) {
        book.seen(matter);
        book.tell(channels, LONG);
    }

    private static void unseenFor(Duration time) {
        Awaitility.await().pollDelay(time).until(() -> true);
    }

    private static List<String> all(AlertBook book, String channel) {
        Batch taken = book.take(channel);
        book.sent(taken);
        return taken.letters().stream().map(letter -> letter.kind() + " " + letter.matter().key()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void a_matter_that_all_instances_see_is_told_once_a_channel_and_once_more_when_it_is_over(String kind)
            throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            instances(database, each -> sees(each, PARKED, CHANNELS));
            instances(database, each -> sees(each,
                    new Matter("parked", "CS-801", "Records are parked", "13 records are parked", ""), CHANNELS));
            assertThat(all(book, "mail")).containsExactly("BEGAN parked");
            assertThat(all(book, "teams")).containsExactly("BEGAN parked");
            assertThat(book.open()).containsExactly("Records are parked");

            book.over(Duration.ofMinutes(1));
            assertThat(all(book, "mail")).as("it was seen just now").isEmpty();
            unseenFor(Duration.ofMillis(60));
            instances(database, each -> each.over(Duration.ofMillis(50)));
            assertThat(all(book, "mail")).containsExactly("OVER parked");
            assertThat(book.open()).isEmpty();
            instances(database, each -> each.over(Duration.ofMillis(1)));
            assertThat(all(book, "mail")).as("and again: nothing").isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void a_letter_is_taken_by_one_instance_and_comes_again_after_a_failure(String kind) throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            for (int i = 0; i < 20; i++) {
                sees(book, new Matter("deadline/" + i, "CS-801", "A deadline", "x", ""), List.of("mail"));
            }
            Queue<Batch> taken = new ConcurrentLinkedQueue<>();
            instances(database, each -> taken.add(each.take("mail")));
            List<Batch> messages = taken.stream().filter(batch -> !batch.letters().isEmpty()).toList();
            assertThat(messages).as("one instance has got them all").hasSize(1);
            assertThat(messages.get(0).letters()).hasSize(20).extracting(Letter::id).doesNotHaveDuplicates();
            book.failed(messages.get(0), Duration.ofMillis(1));
            taken.clear();
            unseenFor(Duration.ofMillis(2));
            instances(database, each -> taken.add(each.take("mail")));
            assertThat(taken).filteredOn(batch -> !batch.letters().isEmpty()).singleElement()
                    .satisfies(batch -> assertThat(batch.letters()).hasSize(20)
                            .allMatch(letter -> letter.attempts() == 2));
            assertThat(book.take("mail").letters()).as("somebody is sending them").isEmpty();
            assertThat(book.forget(Duration.ofDays(7))).isZero();
        });
    }

    /** It was told once, and that letter was thrown away; the matter itself stayed known, so no other was written. */
    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void an_open_matter_was_never_told_when_its_channel_was_broken_for_more_than_seven_days(String kind)
            throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            sees(book, PARKED, CHANNELS);
            book.digest(LocalDate.parse("2026-11-28"), new Matter("digest/2026-11-28", "", "Digest", "x", ""),
                    CHANNELS);
            unseenFor(Duration.ofMillis(60));
            assertThat(book.forget(Duration.ofMillis(50))).as("the digests").isEqualTo(2);
            assertThat(all(book, "mail")).containsExactly("BEGAN parked");

            book.over(Duration.ofMillis(50));
            unseenFor(Duration.ofMillis(2));
            assertThat(book.forget(Duration.ofMillis(1))).as("that it began, and two letters that it is over")
                    .isEqualTo(3);
            assertThat(all(book, "teams")).as("nobody has to know any more").isEmpty();
        });
    }

    /** The name of a file may be longer than what the table keeps of a key. */
    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void matters_with_long_keys_are_kept_and_told_apart(String kind) throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            for (String end : List.of("1.camel.yaml", "2.camel.yaml", "2.camel.yaml")) {
                sees(book, new Matter("mapping/" + "ö".repeat(243) + end, "CS-803", "t".repeat(1200), "x", ""),
                        CHANNELS);
            }
            assertThat(all(book, "mail")).hasSize(2).doesNotHaveDuplicates()
                    .allMatch(told -> told.startsWith("BEGAN mapping/ööö"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void a_digest_is_written_once_a_day(String kind) throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            LocalDate day = LocalDate.parse("2026-11-28");
            instances(database,
                    each -> each.digest(day, new Matter("digest/" + day, "CS-801", "Digest of " + day, "x", ""),
                            CHANNELS));
            assertThat(all(book, "mail")).containsExactly("DIGEST digest/2026-11-28");
            book.digest(day.plusDays(1), new Matter("digest/2026-11-29", "CS-801", "Digest", "x", ""), CHANNELS);
            assertThat(all(book, "mail")).containsExactly("DIGEST digest/2026-11-29");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void a_channel_that_does_not_work_is_told_on_the_others_only(String kind) throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            sees(book, new Matter(Channels.matter("teams"), "CS-801", "alerts by teams", "x", ""), CHANNELS);
            assertThat(all(book, "teams")).isEmpty();
            assertThat(all(book, "mail")).hasSize(1);
        });
    }

    /** The first letter waited ten minutes for its next try, the other was new: an alarm that nobody ever closed. */
    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void over_was_sent_before_it_began_when_that_had_failed_some_times(String kind) throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            sees(book, PARKED, CHANNELS);
            book.failed(book.take("mail"), Duration.ofMinutes(8));
            unseenFor(Duration.ofMillis(2));
            book.over(Duration.ofMillis(1));
            assertThat(all(book, "mail")).as("tried again at once").containsExactly("BEGAN parked");
            assertThat(all(book, "mail")).containsExactly("OVER parked");
            assertThat(all(book, "mail")).as("and again: nothing").isEmpty();
            assertThat(all(book, "teams")).as("never tried").containsExactly("BEGAN parked", "OVER parked");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void over_waits_while_somebody_is_sending_that_it_began(String kind) throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            sees(book, PARKED, CHANNELS);
            Batch underWay = book.take("mail");
            unseenFor(Duration.ofMillis(2));
            book.over(Duration.ofMillis(1));
            sees(book, new Matter("oldest", "CS-802", "Changes have been waiting too long", "x", ""), CHANNELS);
            assertThat(all(book, "mail")).as("another matter waits for nobody").containsExactly("BEGAN oldest");
            assertThat(book.take("mail").letters()).isEmpty();
            book.sent(underWay);
            assertThat(all(book, "mail")).containsExactly("OVER parked");
        });
    }

    /** An instance of the release before notes no batches, and works beside this one during a roll-out. */
    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void over_waits_for_what_the_release_before_could_not_send(String kind) throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            sees(book, PARKED, List.of("mail"));
            database.client().sql("UPDATE alert_letter SET attempts = 6, due_at = CURRENT_TIMESTAMP"
                    + " + INTERVAL '1' HOUR").update();
            unseenFor(Duration.ofMillis(2));
            book.over(Duration.ofMillis(1));
            assertThat(all(book, "mail")).isEmpty();
            database.client().sql("UPDATE alert_letter SET due_at = CURRENT_TIMESTAMP").update();
            assertThat(all(book, "mail")).containsExactly("BEGAN parked", "OVER parked");
        });
    }

    /** News that came meanwhile joined what had failed, so a program that had got it already took it for another. */
    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void a_message_that_failed_was_never_sent_again_as_it_was(String kind) throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            sees(book, PARKED, CHANNELS);
            Batch first = book.take("mail");
            book.failed(first, Duration.ofMillis(1));
            sees(book, new Matter("oldest", "CS-802", "Changes have been waiting too long", "x", ""), CHANNELS);
            unseenFor(Duration.ofMillis(2));
            Batch again = book.take("mail");
            assertThat(again.id()).isEqualTo(first.id());
            assertThat(again.letters()).extracting(Letter::id).isEqualTo(first.letters().stream().map(Letter::id)
                    .toList());
            assertThat(again.attempts()).isEqualTo(2);
            Batch news = book.take("mail");
            assertThat(news.id()).isNotEqualTo(first.id());
            assertThat(news.letters()).extracting(letter -> letter.matter().key()).containsExactly("oldest");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void a_channel_that_was_added_later_never_heard_of_what_was_open(String kind) throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            sees(book, PARKED, List.of("mail"));
            instances(database, each -> sees(each, PARKED, CHANNELS));
            assertThat(all(book, "teams")).containsExactly("BEGAN parked");
            assertThat(all(book, "mail")).as("told once").containsExactly("BEGAN parked");
            unseenFor(Duration.ofMillis(2));
            book.over(Duration.ofMillis(1));
            assertThat(all(book, "teams")).containsExactly("OVER parked");
        });
    }

    /** The channels of whichever instance saw it first were told, and those of whichever ended it. */
    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void a_channel_that_one_instance_alone_has_was_told_of_some_matters_only(String kind) throws Exception {
        with(kind, database -> {
            AlertBook withMail = new AlertBook(database);
            AlertBook withTeams = new AlertBook(database);
            sees(withMail, PARKED, List.of("mail"));
            withTeams.tell(List.of("teams"), LONG);
            withMail.tell(List.of("mail"), LONG);
            assertThat(all(withMail, "mail")).containsExactly("BEGAN parked");
            assertThat(all(withTeams, "teams")).containsExactly("BEGAN parked");
            unseenFor(Duration.ofMillis(2));
            withTeams.over(Duration.ofMillis(1));
            assertThat(all(withMail, "mail")).containsExactly("OVER parked");
            assertThat(all(withTeams, "teams")).containsExactly("OVER parked");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void a_channel_that_is_added_hears_nothing_of_what_nobody_sees_any_more(String kind) throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            sees(book, PARKED, List.of("mail"));
            unseenFor(Duration.ofMillis(2));
            book.tell(CHANNELS, Duration.ofMillis(1));
            book.over(Duration.ofMillis(1));
            assertThat(all(book, "teams")).isEmpty();
            assertThat(all(book, "mail")).containsExactly("BEGAN parked", "OVER parked");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void what_the_release_before_has_told_is_not_told_again_and_ends_as_any_other(String kind) throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            sees(book, PARKED, CHANNELS);
            all(book, "mail");
            all(book, "teams");
            database.client().sql("UPDATE alert_matter SET told = NULL").update();
            sees(book, PARKED, CHANNELS);
            assertThat(all(book, "mail")).isEmpty();
            unseenFor(Duration.ofMillis(2));
            book.over(Duration.ofMillis(1));
            assertThat(all(book, "mail")).containsExactly("OVER parked");
        });
    }
}
