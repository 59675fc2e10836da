package dev.cosell.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import dev.cosell.verbs.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInStoreTest {
    private static final EntraApp APP = new EntraApp("partner-center", "https://login.example/tenant", "app", "hush");
    private static final String KEY = Base64.getEncoder()
            .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final String OTHER_KEY = Base64.getEncoder()
            .encodeToString("ffffffffffffffffffffffffffffffff".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("connections/partner-center.json");
    }

    private SignInStore store(String key, String seed) {
        return new SignInStore(APP, file(), key, seed, Clock.systemUTC());
    }

    private static String token(SignInStore store) {
        return ((RefreshTokenGrant) store.grant()).getRefreshToken().getValue();
    }

    @Test
    void keepsTheRenewedTokenForTheNextStart() {
        SignInStore store = store("", "seed");
        assertThat(token(store)).isEqualTo("seed");
        store.renewed("second", "ana@tidewater.example");

        SignInStore next = store("", "seed");
        assertThat(token(next)).isEqualTo("second");
        assertThat(next.signIn().orElseThrow().user()).isEqualTo("ana@tidewater.example");
        next.renewed(null, null);
        assertThat(token(store("", "seed"))).isEqualTo("second");
        assertThat(store("", "seed").signIn().orElseThrow().user()).isEqualTo("ana@tidewater.example");
    }

    @Test
    void aChangedSettingStartsOffAgainAndASignInGoesBeforeTheSetting() {
        SignInStore first = store(KEY, "seed");
        token(first);
        first.renewed("second", null);
        assertThat(token(store(KEY, "other seed"))).isEqualTo("other seed");
        store(KEY, "other seed").signedIn("from login", "ana");
        assertThat(token(store(KEY, "other seed"))).isEqualTo("from login");
        assertThat(token(store(KEY, ""))).isEqualTo("from login");
    }

    @Test
    void withoutAnySignInAPersonHasToSignIn() {
        assertThatThrownBy(() -> store("", "").grant()).isInstanceOf(Fault.Auth.class)
                .hasMessageContaining("./cosell login");
        assertThat(store("", "").signIn()).isEmpty();
    }

    @Test
    void aSignInForAnotherAppIsNotUsed() {
        store(KEY, "").signedIn("token", "ana");
        SignInStore other = new SignInStore(new EntraApp("partner-center", "https://login.example/other", "app", ""),
                file(), KEY, "", Clock.systemUTC());
        assertThatThrownBy(other::grant).isInstanceOf(Fault.Auth.class);
    }

    @Test
    void noticesASignInOfAnotherProcessAndDoesNotWriteOverIt() {
        SignInStore running = store(KEY, "seed");
        token(running);
        running.renewed("second", null);
        assertThat(token(running)).isEqualTo("second");
        String before = running.fingerprint();
        assertThat(running.wrote(before)).as("a renewal of ours was taken for a new sign-in").isTrue();
        store(KEY, "seed").signedIn("from login", "ana");
        assertThat(running.fingerprint()).isNotEqualTo(before);
        assertThat(running.wrote(running.fingerprint())).isFalse();

        running.renewed("third of the old sign-in", null);

        assertThat(token(running)).isEqualTo("from login");
    }

    @Test
    void theFileTellsNothingAndIsForItsOwnerOnly() throws IOException {
        store("", "").signedIn("very secret", "ana@tidewater.example");
        assertThat(Files.readString(file())).doesNotContain("very secret", "ana@");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions
                .toString(Files.getPosixFilePermissions(file().resolveSibling("partner-center.json.key"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
        assertThat(store("", "").signIn().orElseThrow().toString()).doesNotContain("very secret");
    }

    @Test
    void aDamagedFileSaysSoAndANewSignInReplacesIt() throws IOException {
        store("", "").signedIn("token", "ana");
        byte[] whole = Files.readAllBytes(file());
        for (byte[] damaged : new byte[][] {{}, "{}".getBytes(StandardCharsets.UTF_8),
                "[1]".getBytes(StandardCharsets.UTF_8),
                java.util.Arrays.copyOf(whole, whole.length / 2), flipped(whole)}) {
            Files.write(file(), damaged);
            SignInStore store = store("", "seed");
            assertThatThrownBy(store::grant).isInstanceOf(Fault.Auth.class).hasMessageContaining(file().toString())
                    .hasMessageContaining("damaged").hasMessageContaining("./cosell login");
            assertThatThrownBy(store::grant).as("asked again").isInstanceOf(Fault.Auth.class);
            assertThat(store.signIn()).isEmpty();
        }
        store("", "").signedIn("new", "ana");
        assertThat(token(store("", ""))).isEqualTo("new");
    }

    private static byte[] flipped(byte[] whole) {
        byte[] other = whole.clone();
        int at = new String(whole, StandardCharsets.US_ASCII).indexOf("\"sealed\":\"") + 14;
        other[at] = (byte) (other[at] == 'A' ? 'B' : 'A');
        return other;
    }

    @Test
    void aWrongOrMissingKeySaysSoAndTheRightOneMendsIt() throws IOException {
        store(KEY, "").signedIn("token", "ana");
        assertThatThrownBy(() -> store(OTHER_KEY, "").grant()).isInstanceOf(Fault.Auth.class)
                .hasMessageContaining("another key")
                .hasMessageContaining("bring the right key back").hasMessageNotContaining(OTHER_KEY);
        assertThatThrownBy(() -> store("", "").grant()).isInstanceOf(Fault.Auth.class).hasMessageContaining("key file")
                .hasMessageContaining("missing");
        assertThat(token(store(KEY, ""))).isEqualTo("token");

        SignInStore running = store("", "");
        assertThatThrownBy(running::grant).isInstanceOf(Fault.Auth.class);
        Files.writeString(file().resolveSibling("partner-center.json.key"), KEY);
        assertThat(token(running)).isEqualTo("token");
        Files.writeString(file().resolveSibling("partner-center.json.key"), "no key");
        store("", "").signedIn("new", null);
        assertThat(token(store("", ""))).isEqualTo("new");
    }

    @Test
    void writersAtTheSameTimeLeaveAWholeFileAndNoRest() throws IOException {
        CompletableFuture.allOf(IntStream.range(0, 16).mapToObj(i -> CompletableFuture.runAsync(
                () -> store("", "").signedIn("token " + i, null))).toArray(CompletableFuture[]::new)).join();
        assertThat(token(store("", ""))).startsWith("token ");
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(
                    "partner-center.json", "partner-center.json.key",
                    "partner-center.json.lock");
        }
    }

    @Test
    void aRenewedTokenThatCannotBeWrittenWorksUntilTheNextStart() throws IOException {
        Path blocked = Files.writeString(folder.resolve("connections"), "a file where the folder should be");
        SignInStore store = store(KEY, "seed");
        token(store);
        store.renewed("second", null);
        assertThat(token(store)).isEqualTo("second");
        Files.delete(blocked);
        store.renewed("third", null);
        assertThat(token(store(KEY, "seed"))).isEqualTo("third");
    }
}
