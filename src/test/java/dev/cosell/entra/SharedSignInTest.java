package dev.cosell.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import dev.cosell.cluster.SharedSignIn;
import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.verbs.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One sign-in for all instances, kept in their PostgreSQL; each instance is a pool of connections of its own here. */
class SharedSignInTest {
    private static final String NAME = "partner-center";
    private static final String KEY = key('k');
    private static RunningEntra entra;
    private static Database first;
    private static Database second;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        entra = new RunningEntra();
        String url = ReadyDatabase.postgres();
        first = Database.open(url, null, null);
        second = Database.open(url, null, null);
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        entra.close();
    }

    @BeforeEach
    void nobodyHasSignedIn() {
        entra.reset();
        first.client().sql("DELETE FROM sign_in").update();
    }

    private static String key(char of) {
        return Base64.getEncoder().encodeToString(String.valueOf(of).repeat(32).getBytes(StandardCharsets.US_ASCII));
    }

    private static SignInStore store(Database database, String key) {
        return new SignInStore(entra.app(), new SharedSignIn(database, NAME, key), "sandbox", Clock.systemUTC(),
                SignInStore.LOGIN);
    }

    private static EntraTokens tokens(SignInStore store) {
        return new EntraTokens(entra.app(), RunningEntra.SCOPE, store, Clock.systemUTC());
    }

    private static String refreshToken(SignInStore store) {
        return ((RefreshTokenGrant) store.grant()).getRefreshToken().getValue();
    }

    @Test
    void instances_refresh_one_after_the_other_and_each_token_is_used_once() {
        entra.settings(Map.of("strictRotation", true));
        List<EntraTokens> instances = List.of(tokens(store(first, KEY)), tokens(store(second, KEY)),
                tokens(store(second, KEY)));

        CompletableFuture.allOf(IntStream.range(0, 12).mapToObj(number -> CompletableFuture.runAsync(() ->
                instances.get(number % 3).renewNow()))
                .toArray(CompletableFuture[]::new)).join();

        assertThat(entra.tokenCalls()).isEqualTo(12);
        assertThat(refreshToken(store(first, KEY))).isEqualTo(refreshToken(store(second, KEY)))
                .startsWith("sandbox-refresh-");
        assertThat(first.client().sql("SELECT sealed FROM sign_in").query(String.class).single())
                .contains("AES-256-GCM").doesNotContain("sandbox");
    }

    @Test
    void a_new_sign_in_reaches_every_instance() {
        SignInStore one = store(first, KEY);
        SignInStore other = store(second, KEY);
        tokens(one).token();
        String before = other.fingerprint();

        store(first, KEY).signedIn("from login", "ana@tidewater.example");

        Stream.of(one, other).forEach(each -> {
            assertThat(refreshToken(each)).isEqualTo("from login");
            assertThat(each.signIn().orElseThrow().user()).isEqualTo("ana@tidewater.example");
        });
        assertThat(other.fingerprint()).isNotEqualTo(before);
    }

    @Test
    void a_sign_in_that_comes_while_an_instance_refreshes_is_not_written_over() {
        SignInStore one = store(first, KEY);
        one.refreshing(() -> {
            refreshToken(one);
            store(second, KEY).signedIn("from login", "ana@tidewater.example");
            one.renewed("renewed from the old one", null);
            return null;
        });
        assertThat(refreshToken(store(second, KEY))).isEqualTo("from login");
    }

    @Test
    void one_that_died_while_it_refreshed_holds_up_nobody_for_ever() {
        tokens(store(first, KEY)).token();
        first.client().sql(
                "UPDATE sign_in SET refreshed_by = 'dead', refreshing_until = CURRENT_TIMESTAMP + INTERVAL '1' SECOND")
                .update();
        assertThat(tokens(store(second, KEY)).token()).isNotBlank();
    }

    @Test
    void with_another_key_it_is_not_readable_and_the_remedy_is_named() {
        store(first, KEY).signedIn("from login", "ana@tidewater.example");
        assertThatThrownBy(() -> store(second, key('o')).grant()).isInstanceOf(Fault.Auth.class)
                .hasMessageContaining("the database").hasMessageContaining("another key")
                .hasMessageContaining("bring the right key back");
    }

    @Test
    void what_was_kept_in_a_file_until_now_is_taken_over_once() {
        Path file = folder.resolve("partner-center.json");
        new SignInStore(entra.app(), file, KEY, "", Clock.systemUTC()).signedIn("from the file",
                "ana@tidewater.example");

        SharedSignIn shared = new SharedSignIn(first, NAME, KEY).startingWith(new SealedFile(file, KEY));
        assertThat(refreshToken(new SignInStore(entra.app(), shared, "", Clock.systemUTC(), SignInStore.LOGIN)))
                .isEqualTo("from the file");
        store(second, KEY).signedIn("from login", "ana@tidewater.example");
        SharedSignIn again = new SharedSignIn(first, NAME, KEY).startingWith(new SealedFile(file, KEY));
        assertThat(refreshToken(new SignInStore(entra.app(), again, "", Clock.systemUTC(), SignInStore.LOGIN)))
                .isEqualTo("from login");
    }
}
