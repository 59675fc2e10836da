package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class WaitingRelatedOnH2Test extends WaitingRelatedContract {
    @TempDir
    Path directory;

    @Override
    Database open() {
        return Database.open(ReadyDatabase.h2(directory.resolve("cosell")), null, null);
    }
}
