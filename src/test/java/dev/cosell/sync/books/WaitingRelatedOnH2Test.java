package dev.cosell.sync.books;

import dev.cosell.state.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class WaitingRelatedOnH2Test extends WaitingRelatedContract {
    @TempDir
    Path directory;

    @Override
    Database open() {
        return Database.open(Database.h2(directory.resolve("cosell").toString()), null, null);
    }
}
