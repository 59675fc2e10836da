package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class StoresOnH2Test {
    @TempDir
    Path directory;

    private Database h2() {
        return Database.open(ReadyDatabase.h2(directory.resolve("cosell")), null, null);
    }

    @Nested
    class Links extends LinkStoreContract {
        @Override
        Database open() {
            return h2();
        }
    }

    @Nested
    class Searches extends LinkSearchContract {
        @Override
        Database open() {
            return h2();
        }
    }

    @Nested
    class Seen extends SeenVersionsContract {
        @Override
        Database open() {
            return h2();
        }
    }

    @Nested
    class Positions extends WatermarksContract {
        @Override
        Database open() {
            return h2();
        }
    }

    @Nested
    class Creates extends IntentsContract {
        @Override
        Database open() {
            return h2();
        }
    }

    @Nested
    class Times extends DuePairsContract {
        @Override
        Database open() {
            return h2();
        }
    }

    @Nested
    class Trail extends AuditTrailContract {
        @Override
        Database open() {
            return h2();
        }
    }

    @Nested
    class Deals extends DealStoresContract {
        @Override
        Database open() {
            return h2();
        }
    }

    @Nested
    class Index extends ReferralIndexContract {
        @Override
        Database open() {
            return h2();
        }
    }

    @Nested
    class Leases extends LeaseStoreContract {
        @Override
        Database open() {
            return h2();
        }
    }

    @Nested
    class Figures extends MinuteFiguresContract {
        @Override
        Database open() {
            return h2();
        }
    }
}
