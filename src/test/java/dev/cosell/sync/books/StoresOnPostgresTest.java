package dev.cosell.sync.books;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

class StoresOnPostgresTest {
    private String url;

    @BeforeEach
    void newDatabase() throws Exception {
        url = ReadyDatabase.postgres();
    }

    private Database postgres() {
        return Database.open(url, null, null);
    }

    @Nested
    class Links extends LinkStoreContract {
        @Override
        Database open() {
            return postgres();
        }
    }

    @Nested
    class Searches extends LinkSearchContract {
        @Override
        Database open() {
            return postgres();
        }
    }

    @Nested
    class Seen extends SeenVersionsContract {
        @Override
        Database open() {
            return postgres();
        }
    }

    @Nested
    class Positions extends WatermarksContract {
        @Override
        Database open() {
            return postgres();
        }
    }

    @Nested
    class Creates extends IntentsContract {
        @Override
        Database open() {
            return postgres();
        }
    }

    @Nested
    class Times extends DuePairsContract {
        @Override
        Database open() {
            return postgres();
        }
    }

    @Nested
    class Trail extends AuditTrailContract {
        @Override
        Database open() {
            return postgres();
        }
    }

    @Nested
    class Deals extends DealStoresContract {
        @Override
        Database open() {
            return postgres();
        }
    }

    @Nested
    class Index extends ReferralIndexContract {
        @Override
        Database open() {
            return postgres();
        }
    }

    @Nested
    class Leases extends LeaseStoreContract {
        @Override
        Database open() {
            return postgres();
        }
    }

    @Nested
    class Figures extends MinuteFiguresContract {
        @Override
        Database open() {
            return postgres();
        }
    }
}
