package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Standing;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the store of pushed leads and links that are leads must do on every database. */
abstract class LeadStoresContract extends StateContract {
    private static final String BODY = "{\"LeadSource\":\"A-B|Ünïcode\"}";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(PushedLeads.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    private PushedLeads pushed() {
        return pushed(clock);
    }

    private PushedLeads pushed(Clock at) {
        return pushed(at, crm -> 0);
    }

    private PushedLeads pushed(Clock at, ToIntFunction<String> backlog) {
        return new PushedLeads(database, List.of("salesforce", "dynamics"), Duration.ofDays(30), backlog, at);
    }

    private Clock later() {
        return later(31);
    }

    private Clock later(int days) {
        return Clock.fixed(NOW.plus(Duration.ofDays(days)), ZoneOffset.UTC);
    }

    private LinkStore links() {
        return new LinkStore(database, new SeenVersions(database, clock), clock);
    }

    private void finish(String crm, String id, String leadId, LinkState state) {
        links().finish(
                new Finished(Link.of(crm, Ends.lead(id, null, leadId)).at("pushed", "1").with(Standing.of(state, null)),
                        null, List.of()));
    }

    @Test
    void aPushedLeadIsKeptAndFoundAgain() throws Exception {
        Hint hint = pushed().keep(BODY);
        reopen();
        assertThat(hint.system()).isEqualTo(Hint.MARKETPLACE);
        assertThat(pushed().body(hint.id())).isEqualTo(BODY);
        assertThat(pushed().undelivered()).extracting(Hint::id).containsExactly(hint.id());
        assertThat(PushedLeads.systemOf(hint.id(), "other")).isEqualTo(Hint.MARKETPLACE);
    }

    /** Every ten minutes one more, for as long as nobody could sign in. */
    @Test
    void aLeadThatWaitsForACrmThatIsAwayWasPutOnItsQueueAgainAndAgain() {
        String id = pushed().keep(BODY).id();
        finish("dynamics", id, "lead-1", LinkState.LINKED);
        assertThat(pushed(clock, crm -> crm.equals("salesforce") ? 1 : 0).undelivered()).isEmpty();
        assertThat(pushed(clock, crm -> 1).undelivered()).isEmpty();
        assertThat(pushed(clock, crm -> crm.equals("dynamics") ? 1 : 0).undelivered()).extracting(Hint::id)
                .containsExactly(id);
    }

    @Test
    void theSamePushIsNewsUntilEveryCrmHasIt() {
        String id = pushed().keep(BODY).id();
        assertThat(pushed().keep(BODY).id()).isEqualTo(id);
        finish("salesforce", id, "00Q1", LinkState.LINKED);
        assertThat(pushed().keep(BODY)).isNotNull();
        finish("dynamics", id, "lead-1", LinkState.LINKED);
        assertThat(pushed().keep(BODY)).isNull();
        assertThat(pushed().undelivered()).isEmpty();
    }

    @Test
    void aParkedLeadIsNotHandedOverAgainAndKeepsItsText() {
        String id = pushed().keep(BODY).id();
        finish("salesforce", id, "00Q1", LinkState.LINKED);
        finish("dynamics", id, null, LinkState.PARKED);
        assertThat(pushed().undelivered()).isEmpty();
        assertThat(pushed(later()).forget()).isZero();
        assertThat(pushed().body(id)).isEqualTo(BODY);
    }

    @Test
    void theTextOfALeadThatWasRefusedForGoodWasKeptForEver() {
        String id = pushed().keep(BODY).id();
        finish("salesforce", id, "00Q1", LinkState.LINKED);
        links().finish(new Finished(Link.of("dynamics", Ends.lead(id, null, null))
                .with(Standing.of(LinkState.PARKED, "jo@ is no e-mail address")), null, List.of())
                .called(new Label("Inquiry", "Contoso")));
        assertThat(pushed(later(119)).forget()).as("somebody may still mend it").isZero();
        assertThat(pushed(later(121)).forget()).isOne();
        assertThat(pushed().body(id)).isNull();
        assertThat(log.list).as("nobody knew why it was parked no more").singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage()).contains("1 parked", "dynamics " + id);
        });
        assertThat(new AuditTrail(database).last(id, 10)).singleElement().satisfies(entry -> {
            assertThat(entry.situation()).isEqualTo("GIVEN_UP");
            assertThat(entry.crm()).isEqualTo("dynamics");
        });
        Link refused = links().findByReferral("dynamics", id).orElseThrow();
        assertThat(refused.updatedAt()).isEqualTo(later(121).instant());
        assertThat(refused.state()).as("nobody can free it any more").isEqualTo(LinkState.ORPHANED);
        assertThat(refused.reason()).doesNotContain("jo@");
        assertThat(database.client().sql("SELECT customer FROM link WHERE id = ?").param(refused.id())
                .query(String.class).optional()).isEmpty();
        assertThat(links().findByReferral("salesforce", id).orElseThrow().state()).isEqualTo(LinkState.LINKED);
        assertThat(pushed().keep(BODY)).as("it stays known").isNull();
        assertThat(pushed().undelivered()).isEmpty();
        assertThat(pushed(later(122)).forget()).isZero();
        assertThat(log.list).hasSize(1);
    }

    /** A retry that was under way parks it again when its text is gone. */
    @Test
    void aLeadThatWasParkedAfterItsTextWasDeletedWaitedForSomebodyForEver() {
        String id = pushed().keep(BODY).id();
        database.client().sql("UPDATE pushed_lead SET body = NULL WHERE id = ?").param(id).update();
        finish("dynamics", id, null, LinkState.PARKED);
        assertThat(pushed(later(1)).forget()).isZero();
        assertThat(links().findByReferral("dynamics", id).orElseThrow().state()).isEqualTo(LinkState.ORPHANED);
    }

    @Test
    void theTextOfALeadThatACrmStillLacksIsKeptHoweverOldItIs() {
        String id = pushed().keep(BODY).id();
        finish("salesforce", id, "00Q1", LinkState.LINKED);
        assertThat(pushed(later(999)).forget()).isZero();
        assertThat(pushed().body(id)).isEqualTo(BODY);
    }

    @Test
    void theTextOfADeliveredLeadIsDeletedWhenItIsOldAndTheLeadStaysKnown() {
        String id = pushed().keep(BODY).id();
        assertThat(pushed(later()).forget()).as("not delivered").isZero();
        finish("salesforce", id, "00Q1", LinkState.LINKED);
        finish("dynamics", id, "lead-1", LinkState.ORPHANED);
        assertThat(pushed().forget()).as("not old").isZero();
        assertThat(pushed(later()).forget()).isOne();
        assertThat(pushed().body(id)).isNull();
        assertThat(pushed().keep(BODY)).isNull();
    }

    @Test
    void theLinkOfALeadBecomesThatOfItsOpportunity() {
        finish("salesforce", "ref-1", "00Q1", LinkState.LINKED);
        Link lead = links().findByReferral("salesforce", "ref-1").orElseThrow();
        assertThat(lead.isLead()).isTrue();
        links().finish(new Finished(Link.of("salesforce", Ends.deal("ref-1", "e", "0061")).inPlaceOf(lead).at("2", "2"),
                null, List.of()));
        Link deal = links().findByCrmId("salesforce", "0061").orElseThrow();
        assertThat(deal.isLead()).isFalse();
        assertThat(links().findByCrmId("salesforce", "00Q1")).isEmpty();
    }
}
