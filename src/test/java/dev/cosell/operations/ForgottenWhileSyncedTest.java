package dev.cosell.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.Label;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.PersonalData;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.EndedLead;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Erasure;
import dev.cosell.sync.decide.LeadMode;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.PlainDeals;
import dev.cosell.sync.decide.Standing;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was decided of a link as it was read was done to what a sync had made of it meanwhile. */
class ForgottenWhileSyncedTest {
    private static final String CRM = "salesforce";
    private static final Standing GONE = Standing.of(LinkState.ORPHANED, "The opportunity was deleted.");

    /** Is asked for the moment of the audit, which is after the links were read and before anything is erased. */
    private static final class Between extends Clock {
        private final Runnable sync;
        private int times;

        private Between(Runnable sync, int times) {
            this.sync = sync;
            this.times = times;
        }

        @Override
        public Instant instant() {
            if (times > 0) {
                times--;
                sync.run();
            }
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @TempDir
    Path directory;
    private final List<Hint> hints = new ArrayList<>();
    private Database database;
    private LinkStore links;

    private void open(String kind) throws Exception {
        database = Database.open(kind.equals("h2") ? ReadyDatabase.h2(directory.resolve("cosell"))
                : ReadyDatabase.postgres(), null, null);
        links = new LinkStore(database, new SeenVersions(database, Clock.systemUTC()), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void synced(Standing standing, String name) {
        Link link = links.findByReferral(CRM, "r1").orElseGet(() -> Link.of(CRM, Ends.deal("r1", null, "006A")));
        links.finish(new Finished(link.with(standing).with(new AgreedValues(Map.of("Name", Agreed.on(name, name)))),
                null, List.of()).called(new Label(name, name)));
    }

    private Link link() {
        return links.findByReferral(CRM, "r1").orElseThrow();
    }

    private int audited() {
        return database.client().sql("SELECT COUNT(*) FROM audit").query(Integer.class).single();
    }

    private String forget(Runnable sync, int times) {
        EndedLead leads = new EndedLead(PlainDeals.LEAD_TABLE, PlainDeals.REFERRALS);
        PersonalData people = new PersonalData(database, links, List.of(CRM), new Erasure(crm -> leads, LeadMode.OFF),
                Clock.systemUTC());
        return new ForgottenPeople(people, new RecordIds(id -> id, Map.of()), List.of(CRM), hints::add,
                new Between(sync, times)).forget("r1", "Ana").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void a_deal_that_was_joined_again_meanwhile_lost_what_its_sides_had_agreed_on(String kind) throws Exception {
        open(kind);
        synced(GONE, "Old");
        assertThat(forget(() -> synced(Standing.LINKED, "New"), 1)).contains("stays while they are synced", "Name");
        assertThat(link().agreed().rows()).containsEntry("Name", Agreed.on("New", "New"));
        assertThat(hints).as("it is looked at again").hasSize(1);
        assertThat(audited()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void what_was_agreed_stayed_of_a_deal_that_ended_meanwhile(String kind) throws Exception {
        open(kind);
        synced(Standing.LINKED, "Old");
        assertThat(forget(() -> synced(GONE, "New"), 1)).doesNotContain("stays");
        assertThat(link().agreed().rows()).isEmpty();
        assertThat(hints).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void a_deal_that_a_person_joined_anew_meanwhile_is_forgotten_as_it_is_now(String kind) throws Exception {
        open(kind);
        synced(GONE, "Old");
        assertThat(forget(() -> {
            links.join(CRM, "r1", "006B", new AuditEntry(Instant.now(), CRM, "r1", "006B",
                    "ASKED", "JOIN", "joined", null, false));
            synced(Standing.LINKED, "New");
        }, 1)).contains("006B Name");
        assertThat(link().agreed().rows()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void a_deal_that_is_synced_all_the_time_is_not_told_as_forgotten(String kind) throws Exception {
        open(kind);
        synced(GONE, "Old");
        assertThatExceptionOfType(Fault.VersionConflict.class)
                .isThrownBy(() -> forget(() -> synced(Standing.LINKED, "New"), Integer.MAX_VALUE))
                .withMessageContaining("Nothing was forgotten of the people of r1").withMessageContaining("ask again");
        assertThat(link().agreed().rows()).hasSize(1);
        assertThat(audited()).isZero();
        assertThat(hints).isEmpty();
    }
}
