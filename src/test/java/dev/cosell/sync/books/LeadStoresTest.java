package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class LeadStoresTest {
    @Nested
    class OnH2 extends LeadStoresContract {
        @TempDir
        Path directory;

        @Override
        Database open() {
            return Database.open(ReadyDatabase.h2(directory.resolve("cosell")), null, null);
        }
    }

    @Nested
    class OnPostgres extends LeadStoresContract {
        private String url;

        /** Before the inherited set-up opens it. */
        @Override
        @BeforeEach
        void openDatabase() throws Exception {
            url = ReadyDatabase.postgres();
            super.openDatabase();
        }

        @Override
        Database open() {
            return Database.open(url, null, null);
        }
    }
}
