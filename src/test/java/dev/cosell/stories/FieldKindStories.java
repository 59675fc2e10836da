package dev.cosell.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.ShippedRoutes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Fields of a kind that the shipped mapping does not name: one that holds a moment where a day is meant, and one that
 * holds HTML where a text is meant. Everybody is in Berlin, where the day begins two hours before UTC's in summer, and
 * one in winter.
 */
abstract class FieldKindStories extends Stories {
    /** How often the CRM gives no answer about its fields. */
    private static final int SILENT = 3;

    /** API name of the field that holds a moment. */
    protected abstract String field();

    /** API name of the field that holds HTML. */
    protected abstract String richField();

    /** HTML as the CRM keeps it. */
    protected abstract String sanitized(String html);

    /** What the CRM shows for a moment that is written as {@code 2027-09-29T22:00:00Z}. */
    protected abstract String shown(String moment);

    /** A fault rule that fits the calls with which a CRM is asked for its fields. */
    protected abstract Map<String, Object> askedForFields();

    /** Copies the shipped routes. */
    static Path routes(Path folder) {
        return ShippedRoutes.copyTo(folder);
    }

    /**
     * Edits a mapping while it is in force: the row of the closing date only writes, that of the description goes, and
     * new rows take their place.
     */
    static void remap(Path mapping, String closeDate, String description, String... rows) {
        try {
            String text = Files.readString(mapping);
            String row = row(text, closeDate);
            String writes = row.replaceFirst("create, update +\\| crm wins", "- | partner-center wins");
            assertThat(writes).isNotEqualTo(row);
            Files.writeString(mapping, text.replace(row, writes + "\n          " + String.join("\n          ", rows))
                    .replace(row(text, description), "          #"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String row(String text, String field) {
        return text.lines().filter(line -> line.strip().startsWith(field + " ") && !line.contains("| -")).findFirst()
                .orElseThrow();
    }

    protected Object kept(String crmId, String name) {
        return crm().opportunity(crmId).get(name);
    }

    protected void change(String crmId, Object moment) {
        crm().api().patch("/sandbox/opportunities/" + crmId, Map.of(field(), moment));
    }

    private void format(String crmId, String html) {
        crm().api().patch("/sandbox/opportunities/" + crmId, Map.of(richField(), html));
    }

    private void portal(String referralId, String name, Object value) {
        world().partnerCenter().patch("/sandbox/deals/" + referralId, Map.of("details", Map.of(name, value)));
    }

    private void notes(String referralId, String text) {
        world().eventually(
                () -> assertThat(Api.map(world().referral(referralId).get("details")).get("notes")).isEqualTo(text));
    }

    private static Map<String, Object> closing(String date) {
        return Map.of("details", Map.of("closingDateTime", date));
    }

    protected String joined(String referralId) {
        String crmId = crm().id(world().opportunityFor(referralId));
        world().eventually(() -> assertThat(world().referral(referralId)).containsEntry("externalReferenceId", crmId));
        world().settle();
        return crmId;
    }

    protected String dealOf(String date) {
        return world().newDeal(closing(date));
    }

    protected void closes(String referralId, String date) {
        world().eventually(() -> assertThat(Api.map(world().referral(referralId).get("details")).get("closingDateTime"))
                .asString().startsWith(date));
    }

    /** Waits until the edited mapping, which names this field, is in force. */
    protected static void inForce(World world, String field) {
        world.eventually(() -> {
            Map<String, Object> opportunity = world.opportunityFor(world.newDeal(closing("2027-05-31T00:00:00Z")));
            world.settle();
            assertThat(world.crm().opportunity(world.crm().id(opportunity)).get(field)).isNotNull();
        });
    }

    @Test
    void the_30th_of_september_stays_the_30th_on_both_sides_of_the_change_of_time() {
        String referralId = dealOf("2027-09-30T00:00:00Z");
        String crmId = joined(referralId);
        assertThat(kept(crmId, field())).isEqualTo(shown("2027-09-29T22:00:00Z"));
        world().andAgainNothingHappens();
        closes(referralId, "2027-09-30");

        portal(referralId, "closingDateTime", "2027-11-30T00:00:00Z");
        world().eventually(() -> assertThat(kept(crmId, field())).isEqualTo(shown("2027-11-29T23:00:00Z")));
        world().andAgainNothingHappens();

        change(crmId, "2027-10-30T22:00:00Z");
        closes(referralId, "2027-10-31");
        change(crmId, "2027-10-31T23:00:00Z");
        closes(referralId, "2027-11-01");
        world().andAgainNothingHappens();
        assertThat(kept(crmId, field())).isEqualTo(shown("2027-10-31T23:00:00Z"));
    }

    @Test
    void another_hour_of_the_same_day_is_no_change() {
        String crmId = crm().newOpportunity(Map.of(field(), "2027-09-29T22:00:00Z"));
        String referralId = (String) world().referralFor(crmId).get("id");
        closes(referralId, "2027-09-30");
        change(crmId, "2027-09-30T15:30:00Z");
        world().andAgainNothingHappens();
        closes(referralId, "2027-09-30");
        assertThat(kept(crmId, field())).as("the seller's time of day stays").isEqualTo(shown("2027-09-30T15:30:00Z"));
        assertThat(world().parked()).noneMatch(line -> line.contains(crmId));
    }

    /** The mapping names such a field from the start, and the CRM answers no question about it yet. */
    @Test
    void a_start_where_the_crm_does_not_tell_of_its_fields_yet_waits_and_gets_the_day_right() {
        Map<String, Object> silence = new LinkedHashMap<>(askedForFields());
        silence.putAll(Map.of("status", 503, "times", SILENT));
        world().stopApplication();
        crm().api().post("/sandbox/faults", silence);
        String referralId = dealOf("2027-09-30T00:00:00Z");
        String crmId = crm().newOpportunity(Map.of(field(), "2027-09-29T22:00:00Z"));
        world().start();
        closes((String) world().referralFor(crmId).get("id"), "2027-09-30");
        assertThat(kept(joined(referralId), field())).isEqualTo(shown("2027-09-29T22:00:00Z"));
        world().andAgainNothingHappens();
        assertThat(List.of(referralId, crmId)).noneMatch(id -> world().parked().toString().contains(id));
    }

    // ---- HTML where a text is meant
    // ----------------------------------------------------------------------------------------

    @Test
    void what_a_seller_formats_stays_until_the_words_change() {
        String referralId = world()
                .newDeal(Map.of("details", Map.of("notes", "Cranes & telemetry\n\nLeith < Grangemouth")));
        String crmId = joined(referralId);
        assertThat(kept(crmId, richField()))
                .isEqualTo(sanitized("<p>Cranes &amp; telemetry</p><p><br></p><p>Leith &lt; Grangemouth</p>"));
        world().andAgainNothingHappens();

        String formatted = "<div><b>Cranes</b> &amp; telemetry</div><div>Leith &lt; <i>Grangemouth</i></div>";
        format(crmId, formatted);
        world().andAgainNothingHappens();
        portal(referralId, "dealValue", 61000);
        world().eventually(() -> assertThat(crm().value(crm().opportunity(crmId))).isEqualByComparingTo("61000"));
        world().andAgainNothingHappens();
        assertThat(kept(crmId, richField())).as("equal words came back").isEqualTo(sanitized(formatted));
        notes(referralId, "Cranes & telemetry\n\nLeith < Grangemouth");
    }

    @Test
    void lists_links_and_scripts_become_plain_text_and_come_back_as_paragraphs() {
        String crmId = crm().newOpportunity(Map.of(field(), "2027-09-29T22:00:00Z", richField(),
                "<ul><li>Cranes<ul><li>two at <a href=\"https://contoso.example/leith\">Leith</a></li></ul></li></ul>"
                        + "<script>alert(1)</script>"));
        String referralId = (String) world().referralFor(crmId).get("id");
        notes(referralId, "- Cranes\n  - two at Leith (https://contoso.example/leith)");
        world().andAgainNothingHappens();

        portal(referralId, "notes", "- Cranes\n- three at https://contoso.example/leith");
        world().eventually(() -> assertThat(kept(crmId, richField())).isEqualTo(sanitized("<p>- Cranes</p><p>- three at"
                + " <a href=\"https://contoso.example/leith\">https://contoso.example/leith</a></p>")));
        world().andAgainNothingHappens();
    }

    @Test
    void a_text_whose_html_is_too_long_is_cut_and_does_not_come_back() {
        String text = "Fish & chips for the harbour\n".repeat(90).strip();
        String referralId = world().newDeal(Map.of("details", Map.of("notes", text)));
        String crmId = joined(referralId);
        assertThat(kept(crmId, richField()).toString()).hasSizeBetween(1900, 2000).endsWith("</p>");
        world().andAgainNothingHappens();
        notes(referralId, text);
        assertThat(world().parked()).noneMatch(line -> line.contains(crmId));
    }
}
