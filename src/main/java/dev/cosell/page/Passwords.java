package dev.cosell.page;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Knows people by name and password. */
@SuppressWarnings("deprecation") // Vert.x 5 asks in another form, and 4 in this one alone
final class Passwords implements AuthenticationProvider {
    private static final String MAC = "HmacSHA256";
    /** A browser shows its password with each request, and each look at the hash costs a good part of a second. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 1000;

    private final Vertx vertx;
    private final List<PageUser> users;
    private final PageUser nobody;
    private final SecretKeySpec key;
    private final Map<String, Long> shown = new ConcurrentHashMap<>();

    /** @param users at least one */
    Passwords(Vertx vertx, List<PageUser> users) {
        this.vertx = vertx;
        this.users = List.copyOf(users);
        this.nobody = new PageUser("", Person.Role.VIEWER, users.get(0).hash());
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, MAC);
    }

    @Override
    public void authenticate(JsonObject credentials, Handler<AsyncResult<User>> result) {
        String name = credentials.getString("username", "");
        String password = credentials.getString("password", "");
        // A name that is not there takes as long as one that is.
        PageUser user = users.stream().filter(each -> each.name().equals(name)).findFirst().orElse(nobody);
        String mark = mark(name, password);
        Long known = shown.get(mark);
        Future<Boolean> right = known != null && System.nanoTime() - known < REMEMBERED.toNanos()
                ? Future.succeededFuture(true)
                : vertx.executeBlocking(() -> user.fits(password), true);
        right.compose(fits -> {
            if (!fits || user == nobody) {
                return Future.<User>failedFuture("wrong name or password");
            }
            remember(mark, known);
            return Future.succeededFuture(new Person(user.name(), user.role()).user());
        }).onComplete(result);
    }

    private void remember(String mark, Long known) {
        if (shown.size() > MOST_REMEMBERED) {
            shown.clear();
        }
        if (known == null || System.nanoTime() - known >= REMEMBERED.toNanos()) {
            shown.put(mark, System.nanoTime());
        }
    }

    /** Tells credentials apart without holding them. */
    private String mark(String name, String password) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal((name + "\n" + password)
                    .getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java does not know " + MAC, missing);
        }
    }
}
