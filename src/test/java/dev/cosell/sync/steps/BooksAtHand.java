package dev.cosell.sync.steps;

import static dev.cosell.sync.decide.PlainDeals.CRM;
import static dev.cosell.sync.decide.PlainDeals.LEADS;
import static dev.cosell.sync.decide.PlainDeals.REFERRALS;
import static dev.cosell.sync.decide.PlainDeals.SIDE;
import static dev.cosell.sync.decide.PlainDeals.agreed;
import static dev.cosell.sync.decide.PlainDeals.hint;
import static dev.cosell.sync.decide.PlainDeals.opportunity;
import static dev.cosell.sync.decide.PlainDeals.pair;
import static dev.cosell.sync.decide.PlainDeals.referral;

import dev.cosell.mapping.Mappings;
import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.BrakeStore;
import dev.cosell.sync.books.Finished;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Brake;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.LeadMode;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.PlainDeals;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.verbs.CrmRecordView;
import dev.cosell.verbs.CrmView;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Empty books in a real database, and plain objects for everything else that a step needs. */
abstract class BooksAtHand {
    static final Instant NOW = Instant.parse("2026-11-22T14:05:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final Map<String, CrmView> CRMS = Map.of("crm", CRM);
    static final Map<String, CrmRecordView> LEAD_VIEWS = Map.of("crm", LEADS);
    static final Mappings MAPPINGS = crm -> SIDE.mapping();

    @TempDir
    static Path folder;

    static Database database;
    SeenVersions seen;
    LinkStore links;
    Brakes brakes;

    @BeforeAll
    static void open() {
        database = Database.open(ReadyDatabase.h2(folder.resolve("cosell")), null, null);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        for (String table : List.of("link", "seen_version", "audit", "intent", "watermark", "waiting_related",
                "referral_index", "brake")) {
            database.client().sql("DELETE FROM " + table).update();
        }
        seen = new SeenVersions(database, CLOCK);
        links = new LinkStore(database, seen, CLOCK);
        brakes = new Brakes(new Brake(20, 50), new BrakeStore(database, CLOCK), CLOCK);
    }

    /** As the database gives it back. */
    Link stored(Link link) {
        links.finish(new Finished(link, null, List.of()));
        return link.referralId() != null ? links.findByReferral("crm", link.referralId()).orElseThrow()
                : links.findByCrmId("crm", link.crmId()).orElseThrow();
    }

    Link link() {
        return links.findByCrmId("crm", "crm-1").orElseThrow();
    }

    /** What the audit says of the opportunity, the latest first. */
    List<String> audit() {
        return new AuditTrail(database).last("crm-1", 10).stream()
                .map(entry -> entry.situation() + " " + entry.action() + " " + entry.wrote()).toList();
    }

    static Decision decided(Pair pair) {
        return PlainDeals.decider(REFERRALS, LeadMode.OFF).decide(pair, SIDE, TimeRules.USUAL.at(NOW));
    }

    Link joined() {
        return stored(Link.of("crm", Ends.deal("r1", "e1", "crm-1")).with(new AgreedValues(agreed("Amount", "100.00")))
                .at("\"1\"", "7"));
    }

    static Pair reported(String system, Link link, Map<String, Object> referral, Map<String, Object> opportunity) {
        return pair(hint(system), link, referral, opportunity);
    }

    static Pair reported(String system, Map<String, Object> referral, Map<String, Object> opportunity) {
        return reported(system, null, referral, opportunity);
    }

    static Map<String, Object> amount(int amount, String version) {
        return opportunity(Map.of("Amount", amount, "Version", version));
    }

    static Map<String, Object> value(int value, String eTag) {
        Map<String, Object> referral = referral(Map.of("dealValue", value));
        referral.put("eTag", eTag);
        return referral;
    }

    boolean isSeen(String system, String id, String version) {
        return new SeenVersions(database, CLOCK).contains(SeenVersions.key("crm", system, id, version));
    }

    static Map<String, Object> without(Map<String, Object> record, String field) {
        Map<String, Object> rest = new LinkedHashMap<>(record);
        rest.remove(field);
        return rest;
    }
}
