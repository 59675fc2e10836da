package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.PlainCrm;
import dev.cosell.sync.decide.PlainReferrals;
import dev.cosell.sync.decide.Standing;
import dev.cosell.verbs.CrmView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class ReferralIndexContract extends StateContract {
    private Watermarks watermarks;
    private ReferralIndex index;

    @BeforeEach
    void store() {
        watermarks = new Watermarks(database, clock);
        index = index();
    }

    private ReferralIndex index() {
        return index(Map.of("crm", new PlainCrm()));
    }

    private ReferralIndex index(Map<String, CrmView> crms) {
        return new ReferralIndex(database, watermarks, new PlainReferrals(), crms, clock);
    }

    private static Map<String, Object> referral(String id, String reference, String status) {
        Map<String, Object> referral = new HashMap<>(
                Map.of("id", id, "status", status, "organizationId", "us", "engagementId", "e-" + id));
        referral.put("externalReferenceId", reference);
        return referral;
    }

    private List<String> claims(String crmId, List<String> linked) {
        return index.claims("crm", crmId, linked, 5).stream().map(ReferralIndex.Named::referralId).toList();
    }

    @Test
    void knows_microsofts_referral_of_a_deal_and_whether_lists_of_all_show_any() {
        Map<String, Object> microsofts = referral("r9", null, "Closed");
        microsofts.put("organizationId", "msft");
        index.note(List.of(referral("r1", "crm-1", "Active"), microsofts));
        assertThat(index.microsoftsIn(List.of("e-r9", "e-r1", "e-r8")))
                .containsExactly(new ReferralIndex.Named("r9", "e-r9", "msft", null, true));
        assertThat(index.microsoftsIn(List.of())).isEmpty();
        assertThat(index.microsoftsListedAt()).as("one was read, in whatever way").isNull();

        index.noteListed(List.of(referral("r1", "crm-1", "Active")));
        assertThat(index.microsoftsListedAt()).isNull();
        index.noteListed(List.of(microsofts));
        assertThat(index().microsoftsListedAt()).isEqualTo(NOW);
    }

    @Test
    void tells_who_names_a_record_or_may_be_meant_by_its_link_open_ones_first() {
        index.note(List.of(referral("r1", "crm-1", "Closed"), referral("r2", "crm-1", "Active"),
                referral("r3", "PO-1", "Active"),
                referral("r4", null, "Active")));
        assertThat(claims("crm-1", List.of())).containsExactly("r2", "r1");
        assertThat(claims("crm-2", List.of("r3", "e-r4"))).containsExactly("r3", "r4");
        assertThat(claims("crm-2", List.of())).isEmpty();
        assertThat(index.claims("other", "crm-1", List.of(), 5)).isEmpty();
        assertThat(index.claims("crm", "crm-1", List.of(), 1)).hasSize(1);
    }

    @Test
    void takes_what_a_referral_says_now_and_no_other_organisations() {
        index.note(List.of(referral("r1", "crm-1", "Active")));
        Map<String, Object> microsofts = referral("r9", "crm-1", "Active");
        microsofts.put("organizationId", "msft");
        index.note(List.of(referral("r1", "crm-2", "Active"), microsofts));
        assertThat(claims("crm-1", List.of())).isEmpty();
        assertThat(claims("crm-2", List.of())).containsExactly("r1");
        index.note(List.of());
        assertThat(claims("crm-2", List.of("r9", "e-r9"))).as("Microsoft's").containsExactly("r1");
        assertThat(index.engagementOfMicrosofts("r9")).isEqualTo("e-r9");
        assertThat(index.engagementOfMicrosofts("r1")).as("ours").isNull();
        assertThat(index.engagementOfMicrosofts("r8")).as("never read").isNull();
    }

    /** It was looked at again only when somebody asked for it. */
    @Test
    void an_opportunity_that_is_parked_alone_is_due_when_a_referral_names_it_no_more_or_has_ended() {
        LinkStore links = new LinkStore(database, new SeenVersions(database, clock), clock);
        Standing parked = Standing.of(LinkState.PARKED, "Two claim it.");
        for (Link link : List.of(Link.of("crm", Ends.deal(null, null, "crm-1")).with(parked),
                Link.of("crm", Ends.deal("r2", null, "crm-2")).with(parked),
                Link.of("crm", Ends.deal(null, null, "crm-3")),
                Link.of("crm", Ends.deal(null, null, "crm-4")).with(parked))) {
            links.finish(new Finished(link, null, List.of()));
        }
        index.note(List.of(referral("r1", "crm-1", "Active"), referral("r2", "crm-2", "Active"),
                referral("r3", "crm-3", "Active"), referral("r4", "crm-4", "Active"), referral("r5", null, "Active")));
        index.note(List.of(referral("r1", "crm-1", "Active"), referral("r5", "crm-1", "Active")));
        assertThat(links.due("crm", NOW, 10)).isEmpty();
        index.note(List.of(referral("r1", "crm-9", "Active"), referral("r2", "crm-9", "Active"),
                referral("r3", null, "Active"), referral("r4", "crm-4", "Closed")));
        assertThat(links.due("crm", NOW, 10)).extracting(each -> each.ends().crmId())
                .containsExactlyInAnyOrder("crm-1", "crm-4");
    }

    /** It was a defect of whoever asked. */
    @Test
    void a_referral_of_microsoft_that_was_read_without_its_engagement_has_none() {
        Map<String, Object> microsofts = referral("r9", "crm-1", "Active");
        microsofts.put("organizationId", "msft");
        microsofts.remove("engagementId");
        index.note(List.of(microsofts));
        assertThat(index.engagementOfMicrosofts("r9")).isNull();
    }

    @Test
    void is_whole_when_everything_was_read_since_its_crms_are_enabled() {
        assertThat(index.isWhole()).isFalse();
        watermarks.advance("partner-center-full", NOW.minusSeconds(60).toString());
        assertThat(index.isWhole()).as("read before there was an index").isFalse();
        index.begin(NOW);
        assertThat(index.isWhole()).isFalse();
        index.begin(NOW.plusSeconds(5));
        watermarks.advance("partner-center-full", NOW.plusSeconds(5).toString());
        assertThat(index().isWhole()).isTrue();
        Map<String, CrmView> more = Map.of("crm", new PlainCrm(), "another", new PlainCrm());
        assertThat(index(more).isWhole()).as("a CRM was added").isFalse();
        assertThat(Instant.parse(watermarks.read("partner-center-full"))).isAfter(NOW);
    }

    /** The mark of the time before outlived its absence: a day passed before it got what had happened meanwhile. */
    @Test
    void is_not_whole_when_a_crm_that_was_taken_out_is_named_again() {
        Map<String, CrmView> both = Map.of("crm", new PlainCrm(), "another", new PlainCrm());
        readAll(both, NOW);
        assertThat(index(both).isWhole()).isTrue();
        assertThat(index().isWhole()).as("one was taken out").isFalse();
        readAll(Map.of("crm", new PlainCrm()), NOW.plusSeconds(5));
        assertThat(index().isWhole()).isTrue();
        assertThat(index(both).isWhole()).as("it is named again").isFalse();
    }

    /** Nothing was created for an opportunity for as long as the clock had been ahead. */
    @Test
    void isWholeAlsoWhenAClockThatWasAheadHasBegunIt() {
        readAll(Map.of("crm", new PlainCrm()), NOW.plus(Duration.ofDays(20)));
        assertThat(index().isWhole()).as("when it was read is not known").isFalse();
        readAll(Map.of("crm", new PlainCrm()), NOW);
        assertThat(index().isWhole()).isTrue();
    }

    private void readAll(Map<String, CrmView> crms, Instant at) {
        index(crms).begin(at);
        watermarks.advance("partner-center-full", at.toString());
    }
}
