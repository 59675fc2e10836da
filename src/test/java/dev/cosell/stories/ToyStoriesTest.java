package dev.cosell.stories;

import dev.cosell.crm.toy.ToyCrm;
import dev.cosell.crm.toy.ToyDriver;
import dev.cosell.crm.toy.ToyKey;
import dev.cosell.crm.toy.ToyServer;
import io.vertx.core.Vertx;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/**
 * The main stories lived through with a CRM that is added by a package, a route file, a mapping file and an entry in
 * the list.
 */
@InWorld(openedBy = "open")
class ToyStoriesTest extends MainStories {
    private static final Vertx VERTX = Vertx.vertx();

    static World open() {
        return new World(ToyCrm.amongTheOthers(),
                (made, crm) -> new ToyDriver(new Api(made.settings().number(ToyKey.SANDBOX_PORT))), Map.of(),
                ToyCrm.routes(),
                made -> new ToyServer(VERTX).listen("127.0.0.1", made.settings().number(ToyKey.SANDBOX_PORT)), "toy");
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }
}
