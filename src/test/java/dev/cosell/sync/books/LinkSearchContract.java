package dev.cosell.sync.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cosell.sync.books.LinkSearch.Wanted;
import dev.cosell.sync.decide.Agreed;
import dev.cosell.sync.decide.AgreedValues;
import dev.cosell.sync.decide.Deadline;
import dev.cosell.sync.decide.Direction;
import dev.cosell.sync.decide.Ends;
import dev.cosell.sync.decide.Held;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Standing;
import dev.cosell.sync.decide.Waits;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How people find links. */
abstract class LinkSearchContract extends StateContract {
    private void link(String crm, String id, Standing standing, Label label) {
        Link link = Link.of(crm, Ends.deal("ref-" + id, "eng-" + id, "crm-" + id)).with(standing)
                .with(new AgreedValues(Map.of("Name", Agreed.on("Agreed " + id, "Agreed " + id))));
        new LinkStore(database, new SeenVersions(database, clock), clock)
                .finish(new Finished(link, null, List.of()).called(label));
    }

    private List<String> found(String text, List<String> ids, LinkState state, String crm) {
        List<String> crms = crm == null ? List.of("dynamics", "salesforce") : List.of(crm);
        return new LinkSearch(database).page(new Wanted(text, ids, state, crms), null, 10).stream()
                .map(found -> found.link().referralId()).toList();
    }

    @Test
    void aLinkIsFoundByNameCustomerIdsStateAndCrm() {
        link("salesforce", "1", Standing.LINKED, new Label("Harbour 100%_cranes", "Contoso"));
        link("dynamics", "2", Standing.of(LinkState.PARKED, "Why"), new Label("Bridge !", "CONTOSO Ltd"));
        link("dynamics", "3", Standing.LINKED, Label.NONE);

        assertThat(found("contoso", List.of(), null, null)).containsExactly("ref-2", "ref-1");
        assertThat(found("0%_C", List.of(), null, null)).containsExactly("ref-1");
        assertThat(found("0_", List.of(), null, null)).isEmpty();
        assertThat(found("!", List.of(), null, null)).containsExactly("ref-2");
        assertThat(found("agreed", List.of(), null, null)).as("linked before names were kept").containsExactly("ref-3");
        for (String id : List.of("ref-1", "eng-1", "crm-1")) {
            assertThat(found(id, List.of(id), null, null)).containsExactly("ref-1");
        }
        assertThat(found(null, List.of(), LinkState.PARKED, null)).containsExactly("ref-2");
        assertThat(found("contoso", List.of(), LinkState.LINKED, "dynamics")).isEmpty();
        assertThat(found(null, List.of(), null, "dynamics")).containsExactly("ref-3", "ref-2");
    }

    @Test
    void pagesContinueBehindTheLastLink() {
        List.of("1", "2", "3").forEach(id -> link("salesforce", id, Standing.LINKED, Label.NONE));
        LinkSearch search = new LinkSearch(database);
        Wanted all = new Wanted(null, List.of(), null, List.of("salesforce"));
        long last = search.page(all, null, 2).get(1).link().id();

        assertThat(search.page(all, last, 2)).singleElement()
                .satisfies(found -> assertThat(found.link().referralId()).isEqualTo("ref-1"));
        assertThat(search.byIds(List.of(last)).get(0).link().referralId()).isEqualTo("ref-2");
        assertThat(search.byIds(List.of())).isEmpty();
    }

    @Test
    void aSyncThatDoesNotKnowTheNameLeavesIt() {
        link("salesforce", "1", Standing.LINKED, new Label("Harbour", "Contoso"));
        LinkStore links = new LinkStore(database, new SeenVersions(database, clock), clock);
        Link known = links.findByReferral("salesforce", "ref-1").orElseThrow();
        links.finish(new Finished(known, null, List.of()));

        assertThat(new LinkSearch(database).byIds(List.of(known.id())).get(0).label())
                .isEqualTo(new Label("Harbour", "Contoso"));
    }

    @Test
    void parkedLinksAreToldWithTheBeginningOfTheirReason() {
        link("salesforce", "1", Standing.of(LinkState.PARKED, "r".repeat(5000)), Label.NONE);
        link("dynamics", "2", Standing.of(LinkState.CLAIMED, "claimed"), Label.NONE);
        link("dynamics", "3", Standing.LINKED, Label.NONE);

        link("dynamics", "4",
                Standing.parked(LinkState.PARKED, List.of(new Reason(Trouble.REFUSED, "Amount", "Too\nbig"),
                        new Reason(Trouble.DEFECT, "x"))),
                Label.NONE);

        LinkSearch search = new LinkSearch(database);
        assertThat(search.parked(List.of("salesforce"))).extracting(LinkSearch.Parked::crm)
                .containsExactly("salesforce");
        assertThat(search.parked(List.of("dynamics", "salesforce"))).extracting(LinkSearch.Parked::crm,
                LinkSearch.Parked::causes, each -> each.reason() == null ? null : each.reason().length())
                .containsExactly(tuple("dynamics", List.of("CS-419 Amount", "CS-901"), null),
                        tuple("dynamics", List.of(), 7), tuple("salesforce", List.of(), 1000));
    }

    private void waits(String crm, String id, List<Held> held, Deadline.State... told) {
        List<Deadline> deadlines = Arrays.stream(told).map(state -> Deadline.open(Deadline.Kind.ANSWER, NOW, NOW)
                .as(state)).toList();
        new LinkStore(database, new SeenVersions(database, clock), clock).finish(new Finished(
                Link.of(crm, Ends.deal("ref-" + id, null, "crm-" + id)).with(new Waits(held, deadlines, null)), null,
                List.of()));
    }

    @Test
    void whatWaitsIsCountedAndItsFirstShown() {
        Held won = new Held("Closing as \"what\": won", NOW, null);
        Held braked = new Held(Direction.TO_CRM.held(), NOW, null);
        Held alsoBraked = new Held(Direction.TO_PARTNER_CENTER.held(), NOW, null);
        link("salesforce", "0", Standing.LINKED, Label.NONE);
        waits("salesforce", "1", List.of(braked, alsoBraked), Deadline.State.OPEN);
        waits("salesforce", "2", List.of(braked, won, alsoBraked), Deadline.State.TOLD);
        waits("dynamics", "3", List.of(won, new Held("Closing as lost", NOW, NOW)));
        waits("dynamics", "4", List.of(), Deadline.State.TOLD, Deadline.State.TOLD);
        waits("siebel", "5", List.of(won), Deadline.State.TOLD);
        waits("salesforce", "6", List.of(new Held("Closing as \"until\": lost", NOW, NOW)));

        WaitingList list = new WaitingList(database);
        List<String> crms = List.of("dynamics", "salesforce");
        assertThat(list.counts(crms)).isEqualTo(new WaitingList.Counts(4, 2, 3));
        assertThat(list.withMoves(crms, 10)).extracting(Waiting::crmId)
                .containsExactly("crm-2", "crm-3", "crm-6");
        assertThat(list.withApprovals(crms, 10)).extracting(Waiting::crmId).containsExactly("crm-2", "crm-3");
        assertThat(list.withMoves(crms, 1)).extracting(Waiting::crmId).containsExactly("crm-2");
        assertThat(list.withDeadlines(crms, 10)).extracting(Waiting::crmId).containsExactly("crm-2", "crm-4");
        assertThat(list.counts(List.of("none"))).isEqualTo(new WaitingList.Counts(0, 0, 0));
    }
}
