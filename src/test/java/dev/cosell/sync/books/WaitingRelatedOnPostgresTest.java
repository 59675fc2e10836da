package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.state.PostgresServer;

class WaitingRelatedOnPostgresTest extends WaitingRelatedContract {
    private String url;

    @Override
    Database open() throws Exception {
        if (url == null) {
            url = PostgresServer.emptyDatabase();
        }
        return Database.open(url, null, null);
    }
}
