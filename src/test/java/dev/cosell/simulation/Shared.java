package dev.cosell.simulation;

import dev.cosell.partnercenter.Refusals;
import dev.cosell.state.Database;
import dev.cosell.sync.books.BrakeStore;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.WaitingRelated;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.sync.decide.Brake;
import dev.cosell.sync.steps.Brakes;
import dev.cosell.sync.steps.Releases;
import java.time.Clock;
import java.util.Set;

/**
 * What all histories of one run have in common.
 *
 * @param routes   as their files say
 * @param waiting  Microsoft's referrals that wait; there are none in a simulation, so its database is never asked
 * @param brakes   which never stop anything; their database knows no writes
 * @param releases of which there are none for that reason
 */
record Shared(Routes routes, WaitingRelated waiting, Brakes brakes, Releases releases, Refusals refusals) {
    private static final int NEVER = 100;
    private static final Database DATABASE = database();
    private static final WaitingRelated NOBODY = nobody();
    private static final BrakeStore NEVER_STOPPED = new BrakeStore(DATABASE, Clock.systemUTC());
    private static final Brakes BRAKES = new Brakes(new Brake(NEVER, Integer.MAX_VALUE), NEVER_STOPPED,
            Clock.systemUTC());
    private static final Releases RELEASES = new Releases(BRAKES, NEVER_STOPPED,
            new Watermarks(DATABASE, Clock.systemUTC()), Clock.systemUTC());

    /** @param without ids of steps that are left out */
    static Shared of(Set<String> without) {
        return new Shared(new Routes(without), NOBODY, BRAKES, RELEASES, new Refusals(Clock.systemUTC()));
    }

    private static Database database() {
        return Database.open("jdbc:h2:mem:simulation;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
                + "DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1", null, null);
    }

    private static WaitingRelated nobody() {
        Clock clock = Clock.systemUTC();
        return new WaitingRelated(Portal.SYSTEM, DATABASE,
                new LinkStore(DATABASE, new SeenVersions(DATABASE, clock), clock), hint -> { }, clock);
    }
}
