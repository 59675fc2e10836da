package dev.cosell.sync.books;

import dev.cosell.backfill.BackfillStatements;
import dev.cosell.state.Database;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Agreement;
import dev.cosell.sync.decide.Agreement.Seen;
import dev.cosell.sync.decide.Deadline;
import dev.cosell.sync.decide.Direction;
import dev.cosell.sync.decide.EndedLead;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Erasure;
import dev.cosell.sync.decide.Held;
import dev.cosell.sync.decide.LeadMode;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.PlainCrm;
import dev.cosell.sync.decide.PlainDeals;
import dev.cosell.sync.decide.PlainReferrals;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.Waits;
import dev.cosell.sync.decide.WriteCount;
import dev.cosell.verbs.Changes;
import dev.cosell.verbs.Changes.Change;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says to the database everything that this version of the application can say, with values of each kind. */
final class EveryStatement {
    private static final Instant NOW = StateContract.NOW;
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final String CRM = "crm";

    private final Database database;
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final SeenVersions seen;
    private final LinkStore links;
    private final Watermarks watermarks;
    /** In front of every id, so that it can be said to the same database twice. */
    private final String run;

    EveryStatement(Database database, String run) {
        this.database = database;
        this.run = run;
        seen = new SeenVersions(database, clock);
        links = new LinkStore(database, seen, clock);
        watermarks = new Watermarks(database, clock);
    }

    void say() {
        linked();
        claims();
        searches();
        waits();
        related();
        versions();
        positions();
        rows();
        creates();
        leads();
        won();
        trail();
        new InstanceStatements(database, run).say();
        new OperatorStatements(database, run).say();
        new BackfillStatements(database, clock, run).say();
        database.problem();
    }

    private String id(String of) {
        return of == null ? null : run + of;
    }

    private Link link(long number, String referral, String record, Standing standing) {
        AgreedValues values = new AgreedValues(Map.of("Name",
                new Agreed("Ünïcode ✓", "other", new Agreed.Begun(3), new Agreed.Begun(null))));
        return new Link(number, CRM, Ends.deal(id(referral), id("engagement"), id(record)),
                new Agreement(values, new Seen("r1", 1L), new Seen("c1", null)), standing,
                new WriteCount(NOW, 2), Waits.NONE);
    }

    private AuditEntry entry(String referral, String detail) {
        return new AuditEntry(NOW, CRM, id(referral), id("record"), "CHANGED", "UPDATE", detail, "m1", true);
    }

    private void finish(Link link, AuditEntry entry, List<String> keys, Link absorbed) {
        links.finish(new Finished(link, entry, keys, absorbed));
    }

    private void linked() {
        links.begin(link(0, "referral", null, Standing.LINKED), Map.of());
        links.begin(links.findByReferral(CRM, id("referral")).orElseThrow(), Map.of());
        finish(link(0, "referral", "record", Standing.LINKED), entry("referral", "{\"Name\":\"x\"}"),
                List.of(SeenVersions.key(CRM, "partner-center", id("microsofts"), "m1")), null);
        Link link = links.findByReferral(CRM, id("referral")).orElseThrow();
        links.findByCrmId(CRM, id("record"));
        links.findByEngagement(CRM, id("engagement"));
        links.get(link.id());
        new StoredJoinedRecords(database, links).opportunities(CRM);
        brakes(link);
        finish(link, null, List.of(id("a"), id("b")), null);
        links.approve(link);
        links.postpone(link.id(), LATER);
        links.lookAgain(link.id(), NOW);
        links.countByState(CRM);
        links.latest(CRM, LinkState.LINKED);
    }

    private void brakes(Link link) {
        BrakeStore brakes = new BrakeStore(database, clock);
        links.begin(link, Map.of(Direction.TO_CRM, NOW));
        brakes.open(CRM);
        for (Direction direction : Direction.values()) {
            brakes.overwritten(CRM, direction, NOW, null, Set.of(0L));
            brakes.stop(id(CRM), direction, "Many.", entry("referral", null));
            brakes.closed(CRM, NOW);
            brakes.waiting(CRM, direction);
            brakes.waiting(CRM, direction, NOW, 0, 10);
            brakes.release(id(CRM), direction, entry("referral", null));
        }
        brakes.stop(id(CRM), Direction.TO_CRM, "Many.", entry("referral", null));
        brakes.all();
    }

    private void claims() {
        Standing claimed = Standing.of(LinkState.CLAIMED, "Two records claim it.");
        finish(link(0, "claim", "claimed", claimed), null, List.of(), null);
        Link claim = links.findByReferral(CRM, id("claim")).orElseThrow();
        links.begin(claim, claim);
        finish(link(0, null, "parked", Standing.parked(LinkState.PARKED,
                List.of(new Reason(Trouble.REFUSED, "Name", "Name is missing")))), null, List.of(), null);
        links.parked(CRM, 0, 10);
        links.orphaned(CRM, 0, 10);
        links.parked(id("claim"));
        Link parked = links.findByCrmId(CRM, id("parked")).orElseThrow();
        finish(link(0, "one", "one", Standing.LINKED), null, List.of(), parked);
        finish(link(0, "other", "other", claimed), null, List.of(), null);
        finish(link(0, "two", "two", Standing.LINKED), null, List.of(),
                links.findByReferral(CRM, id("other")).orElseThrow());
        links.join(CRM, id("claim"), id("claimed"), entry("claim", null));
    }

    private void searches() {
        LinkSearch search = new LinkSearch(database);
        search.page(new LinkSearch.Wanted(null, List.of(), null, List.of(CRM, "another")), null, 1);
        search.page(new LinkSearch.Wanted("Name", List.of(id("record"), id("other")), LinkState.LINKED,
                List.of(CRM)), 1L, 2);
        search.byIds(List.of(1L, 2L));
        search.parked(List.of(CRM));
        search.referrals(CRM, List.of(id("record"), id("other")));
    }

    private void waits() {
        Waits waits = new Waits(List.of(new Held("Closing as won in Partner Center", NOW, LATER)),
                List.of(Deadline.open(Deadline.Kind.ANSWER, LATER, NOW)), null);
        finish(link(0, "waits", "waits", Standing.LINKED).with(waits), null, List.of(), null);
        links.waiting(id("waits"));
        Waiting waiting = links.waiting(0, 100).stream().filter(each -> id("waits").equals(each.crmId())).findFirst()
                .orElseThrow();
        links.due(CRM, LATER, 10);
        links.settle(waiting, new Waits(waits.held(), List.of(), null));
    }

    private void related() {
        WaitingRelated related = new WaitingRelated("partner-center", database, links, hint -> { }, clock);
        related.hold(CRM, id("engagement"), id("microsofts"), null);
        related.hold(CRM, id("other"), id("microsofts-other"), null);
        related.hold(CRM, id("other"), id("microsofts-other"), null);
        related.arrived(CRM, id("other"), id("microsofts-other"));
        related.tidy(NOW.minusSeconds(60));
    }

    private void versions() {
        seen.add(id("version"));
        seen.unseen(changes(new Change(id("record"), "c1"), new Change(id("none"), "c1")), CRM, CRM);
        seen.unseen(changes(new Change(id("referral"), "r1"), new Change(id("none"), "r1")), CRM, "partner-center");
        seen.renew(changes(new Change(id("record"), "c1"), new Change(id("none"), "c1")), CRM, CRM,
                NOW.minusSeconds(60));
        seen.remove(id("version"));
        seen.purge(NOW.minusSeconds(60));
        seen.clear();
    }

    private static Changes changes(Change... changes) {
        return new Changes(List.of(changes), "p", false);
    }

    private void positions() {
        watermarks.advance(id("poll"), "1");
        watermarks.advance(id("poll"), "2");
        watermarks.advance(id("poll"), "2", "3");
        watermarks.read(id("poll"));
        watermarks.movedAt(id("poll"));
        watermarks.forget();
        ReferralIndex index =
                new ReferralIndex(database, watermarks, new PlainReferrals(), Map.of(CRM, new PlainCrm()), clock);
        index.isWhole();
        index.begin(NOW);
        index.note(List.of(Map.of("id", id("r1"), "engagementId", id("engagement"), "externalReferenceId", "crm-1"),
                Map.of("id", id("r2"), "status", "Closed")));
        index.note(List.of(Map.of("id", id("r1"), "engagementId", id("engagement"))));
        index.claims(CRM, "crm-1", List.of(), 5);
        index.claims(CRM, "crm-1", List.of(id("r2")), 5);
        index.microsoftsIn(List.of(id("engagement")));
        index.microsoftsListedAt();
    }

    private void rows() {
        StoredPartRows rows = new StoredPartRows(database);
        rows.keep(CRM, Map.of(id("row"), id("record")));
        rows.keep(CRM, Map.of(id("row"), id("one")));
        rows.left(CRM, Map.of(id("row"), id("record")));
        rows.records(CRM);
    }

    private void creates() {
        Intents intents = new Intents(database, clock, Duration.ZERO);
        intents.begin(CRM, id("record"));
        intents.begun(CRM, id("record"));
        new Intents(database, clock).begin(CRM, id("record"));
        Attempt attempt = intents.begin(CRM, id("record"));
        intents.confirm(attempt);
        intents.undone(attempt);
        intents.done(attempt);
        intents.tidy(clock.instant());
        LeaseStore leases = new LeaseStore(database, Duration.ZERO);
        leases.take(id("first"), List.of(id("customer")));
        new LeaseStore(database, Duration.ofDays(1)).take(id("second"), List.of(id("customer")));
        leases.extend(id("second"), 1);
        leases.tidy();
        leases.giveBack(id("second"));
    }

    private void leads() {
        PushedLeads leads = new PushedLeads(database, List.of(CRM, "other"), Duration.ZERO, crm -> 0, clock);
        String lead = leads.keep(id("{\"company\":\"Contoso\"}")).id();
        leads.body(lead);
        leads.undelivered();
        for (String crm : List.of(CRM, "other")) {
            links.finish(new Finished(Link.of(crm, Ends.lead(lead, null, null))
                    .with(Standing.of(LinkState.PARKED, "Its company is missing.")), null, List.of()));
        }
        new PushedLeads(database, List.of(CRM, "other"), Duration.ofDays(-1), crm -> 0, clock).forget();
    }

    private void people() {
        EndedLead leads = new EndedLead(PlainDeals.LEAD_TABLE, PlainDeals.REFERRALS);
        PersonalData people = new PersonalData(database, links, List.of(CRM), new Erasure(crm -> leads, LeadMode.OFF),
                clock);
        links.finish(new Finished(Link.of(CRM, Ends.lead(id("ended"), null, id("lead")))
                .with(Standing.of(LinkState.ORPHANED, "The lead was deleted."))
                .with(new AgreedValues(Map.of("Name", Agreed.on("Doe", "Doe")))), null, List.of()));
        people.tidy();
        String pushed = new PushedLeads(database, List.of(CRM), Duration.ZERO, crm -> 0, clock)
                .keep(id("{\"company\":\"Fabrikam\"}")).id();
        links.finish(new Finished(Link.of(CRM, Ends.lead(pushed, null, null))
                .with(Standing.of(LinkState.PARKED, "Its company is missing.")), null, List.of()));
        new AuditTrail(database).add(entry("once", "its opportunity has another referral now"));
        people.forget(people.known(List.of(id("referral"), id("ended"), pushed)),
                List.of(entry("referral", "forgotten")));
    }

    private void won() {
        WonDeals deals = new WonDeals(database, links, List.of(CRM), clock);
        deals.note(id("referral"));
        deals.note(id("referral"));
        deals.open().forEach(deal -> deals.refused(deal, "It is refused."));
        deals.open().forEach(deal -> deals.settle(deal, "LEFT", "No solution of it has an incentive."));
        deals.lookAgain(id("referral"));
        deals.open().forEach(deals::leaveAgain);
        deals.lookAgain(id("referral"));
        deals.open().forEach(deal -> deals.settle(deal, "REFUSED", "It is refused."));
    }

    private void trail() {
        AuditTrail trail = new AuditTrail(database);
        trail.add(entry(null, null));
        trail.addAll(List.of(entry("referral", "one"), entry("referral", "two")));
        people();
        trail.last(id("record"), 10);
        trail.purge(NOW.minusSeconds(60));
    }
}
