package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.state.Database;
import dev.cosell.state.ReadyDatabase;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Erasure;
import dev.cosell.sync.decide.LeadMode;
import dev.cosell.sync.decide.Link;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing was known of a record without a link, and its values stayed in the audit. */
class ForgottenTextsTest extends StateContract {
    private static final String CRM = "salesforce";

    @TempDir
    Path directory;
    private LinkStore links;
    private PersonalData people;

    @Override
    Database open() {
        return Database.open(ReadyDatabase.h2(directory.resolve("cosell")), null, null);
    }

    @BeforeEach
    void books() {
        links = new LinkStore(database, new SeenVersions(database, clock), clock);
        people = new PersonalData(database, links, List.of(CRM, "dynamics"), new Erasure(crm -> null, LeadMode.OFF),
                clock);
    }

    private AuditEntry entry(String referralId, String crmId, String situation) {
        return new AuditEntry(NOW, CRM, referralId, crmId, situation, "UPDATE", "Jo", null, true);
    }

    private void said(String referralId, String crmId) {
        new AuditTrail(database).add(entry(referralId, crmId, "CHANGED"));
    }

    private List<String> left() {
        return database.client().sql("SELECT referral_id, crm_id FROM audit WHERE detail IS NOT NULL ORDER BY id")
                .query((row, number) -> row.getString(1) + " " + row.getString(2)).list();
    }

    private List<KeptTexts.About> forgets(String id) {
        PersonalData.Known known = people.known(List.of(id));
        assertThat(known.isNothing()).isFalse();
        people.forget(known, List.of());
        return known.ownTexts();
    }

    @Test
    void a_referral_whose_opportunity_a_person_gave_to_another_one() {
        links.finish(new Finished(Link.of(CRM, Ends.deal("r1", null, "006A")), entry("r1", "006A", "JOINING"),
                List.of()));
        said("r1", null);
        links.join(CRM, "r2", "006A", entry("r2", "006A", "JOINED"));
        assertThat(forgets("r1")).containsExactly(new KeptTexts.About(CRM, "r1", null));
        assertThat(left()).containsExactly("r2 006A");
        assertThat(people.known(List.of("r1")).isNothing()).as("it stays known").isFalse();
    }

    @Test
    void an_opportunity_that_another_referral_was_joined_with_once() {
        links.finish(new Finished(Link.of(CRM, Ends.deal("r1", null, "006A")), entry("r1", "006A", "JOINING"),
                List.of()));
        links.join(CRM, "r2", "006A", entry("r2", "006A", "JOINED"));
        said("r1", "006B");
        said(null, "006A");
        forgets("006A");
        assertThat(left()).as("what is another opportunity's").containsExactly("r1 006B");
    }

    @Test
    void an_opportunity_whose_link_is_that_of_another_one_now() {
        said("r1", "006A");
        links.finish(new Finished(Link.of(CRM, Ends.deal("r1", null, "006B")), entry("r1", "006B", "JOINING"),
                List.of()));
        assertThat(forgets("006A")).containsExactly(new KeptTexts.About(CRM, null, "006A"));
        assertThat(left()).containsExactly("r1 006B");
    }

    @Test
    void of_a_record_that_nothing_was_said_of_nothing_is_known() {
        said("r1", "006A");
        assertThat(people.known(List.of("006B", "r2")).isNothing()).isTrue();
    }
}
