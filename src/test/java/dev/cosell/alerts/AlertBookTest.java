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

    private static List<String> all(AlertBook book, String channel) {
        List<Letter> taken = book.take(channel);
        book.sent(taken);
        return taken.stream().map(letter -> letter.kind() + " " + letter.matter().key()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void a_matter_that_all_instances_see_is_told_once_a_channel_and_once_more_when_it_is_over(String kind)
            throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            instances(database, each -> each.seen(PARKED, CHANNELS));
            instances(database,
                    each -> each.seen(new Matter("parked", "CS-801", "Records are parked", "13 records are parked",
                            ""), CHANNELS));
            assertThat(all(book, "mail")).containsExactly("BEGAN parked");
            assertThat(all(book, "teams")).containsExactly("BEGAN parked");
            assertThat(book.open()).containsExactly("Records are parked");

            book.over(Duration.ofMinutes(1), CHANNELS);
            assertThat(all(book, "mail")).as("it was seen just now").isEmpty();
            Awaitility.await().pollDelay(Duration.ofMillis(60)).until(() -> true);
            instances(database, each -> each.over(Duration.ofMillis(50), CHANNELS));
            assertThat(all(book, "mail")).containsExactly("OVER parked");
            assertThat(book.open()).isEmpty();
            instances(database, each -> each.over(Duration.ofMillis(1), CHANNELS));
            assertThat(all(book, "mail")).as("and again: nothing").isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void a_letter_is_taken_by_one_instance_and_comes_again_after_a_failure(String kind) throws Exception {
        with(kind, database -> {
            AlertBook book = new AlertBook(database);
            for (int i = 0; i < 20; i++) {
                book.seen(new Matter("deadline/" + i, "CS-801", "A deadline", "x", ""), List.of("mail"));
            }
            Queue<Letter> taken = new ConcurrentLinkedQueue<>();
            instances(database, each -> taken.addAll(each.take("mail")));
            assertThat(taken).hasSize(20).extracting(Letter::id).doesNotHaveDuplicates();
            book.failed(List.copyOf(taken), Duration.ofMillis(1));
            Awaitility.await().untilAsserted(() -> assertThat(book.take("mail")).hasSize(20)
                    .allMatch(letter -> letter.attempts() == 2));
            assertThat(book.take("mail")).as("somebody is sending them").isEmpty();
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
            book.seen(PARKED, CHANNELS);
            book.digest(LocalDate.parse("2026-11-28"), new Matter("digest/2026-11-28", "", "Digest", "x", ""),
                    CHANNELS);
            Awaitility.await().pollDelay(Duration.ofMillis(60)).until(() -> true);
            assertThat(book.forget(Duration.ofMillis(50))).as("the digests").isEqualTo(2);
            assertThat(all(book, "mail")).containsExactly("BEGAN parked");

            book.over(Duration.ofMillis(50), List.of());
            Awaitility.await().until(() -> book.forget(Duration.ofMillis(1)) == 1);
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
                book.seen(new Matter("mapping/" + "ö".repeat(243) + end, "CS-803", "t".repeat(1200), "x", ""),
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
            book.seen(new Matter(Channels.matter("teams"), "CS-801", "alerts by teams", "x", ""), CHANNELS);
            assertThat(all(book, "teams")).isEmpty();
            assertThat(all(book, "mail")).hasSize(1);
        });
    }
}
