package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;

class WaitingRelatedOnPostgresTest extends WaitingRelatedContract {
    private String url;

    @Override
    Database open() throws Exception {
        if (url == null) {
            url = ReadyDatabase.postgres();
        }
        return Database.open(url, null, null);
    }
}
