package dev.cosell.page;

import dev.cosell.explain.Deals;
import dev.cosell.explain.MappingRows;
import dev.cosell.explain.Overview;
import dev.cosell.explain.ParkedGroups;
import dev.cosell.explain.Preview;
import dev.cosell.explain.Why;
import dev.cosell.operations.ParkedRetry;
import dev.cosell.operations.SyncOperations;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.sync.decide.Held;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.verbs.Cause;
import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What can be asked and done, for the page and for programs: docs/api.md. */
public final class Api {
    private static final int PAGE = 50;
    private static final int MOST = 200;
    private static final int LONGEST_TEXT = 200;

    private final Parts parts;
    private final List<String> crms;

    /** Who answers. @param causes all there are, by their codes */
    public record Parts(Overview overview, Deals deals, Why why, Preview preview, MappingRows mapping,
            LinkSearch search, SyncOperations operations, ParkedRetry retry, Map<String, Cause> causes) {}

    /** @param crms the enabled CRMs */
    public Api(Parts parts, List<String> crms) {
        this.parts = parts;
        this.crms = List.copyOf(crms);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.asks(HttpMethod.GET, "/api/me", asked -> new Me(asked.who().name(), asked.who().role().name()
                .toLowerCase(Locale.ROOT))),
                Endpoint.asks(HttpMethod.GET, "/api/overview", asked -> overview()),
                Endpoint.asks(HttpMethod.GET, "/api/mapping", asked -> parts.mapping().now()),
                Endpoint.asks(HttpMethod.POST, "/api/deals/search", this::search),
                Endpoint.asks(HttpMethod.GET, "/api/deals/:id", asked -> parts.why().of(asked.id())
                .orElseThrow(() -> unknown(asked))),
                Endpoint.asks(HttpMethod.GET, "/api/deals/:id/preview", this::preview),
                Endpoint.acts("/api/deals/:id/look-again", asked -> lookAgain(asked, links(asked))),
                Endpoint.acts("/api/deals/:id/retry", this::retry),
                Endpoint.acts("/api/deals/:id/approve", this::approve),
                Endpoint.asks(HttpMethod.GET, "/api/issues", asked -> parked()),
                Endpoint.asks(HttpMethod.GET, "/api/issues/:id", this::group),
                Endpoint.acts("/api/issues/retry", this::retryMany));
    }

    Overview.Answer overview() {
        return parts.overview().now();
    }

    /** Whom the page greets. */
    record Me(String name, String role) {}

    /** What came of an action. */
    record Done(String sentence) {}

    private Object search(Asked asked) {
        String text = asked.text("text");
        if (text != null && text.length() > LONGEST_TEXT) {
            throw new Refused(400, "Search for at most " + LONGEST_TEXT + " characters");
        }
        return parts.deals().page(text, state(asked.text("state")), crm(asked), asked.number("after"), limit(asked));
    }

    private static int limit(Asked asked) {
        Long limit = asked.number("limit");
        return limit == null ? PAGE : (int) Math.max(1, Math.min(MOST, limit));
    }

    private static LinkState state(String wanted) {
        if (wanted == null) {
            return null;
        }
        return Arrays.stream(LinkState.values()).filter(state -> state.name().equalsIgnoreCase(wanted)).findFirst()
                .orElseThrow(() -> new Refused(400,
                "There is no state " + wanted + ". Use one of " + Arrays.stream(LinkState.values()).map(Enum::name)
                .collect(Collectors.joining(", "))));
    }

    private String crm(Asked asked) {
        String crm = asked.text("crm");
        if (crm != null && !crms.contains(crm)) {
            throw new Refused(400, "No CRM is called " + crm + ". Use one of " + String.join(", ", crms));
        }
        return crm;
    }

    private static Refused unknown(Asked asked) {
        return new Refused(404, "Nothing is known of a record " + asked.id()
                + ": use the id of its referral or of its record in the CRM");
    }

    private Object preview(Asked asked) {
        List<Preview.Answer> answers = parts.preview().of(asked.id());
        if (answers.isEmpty()) {
            throw unknown(asked);
        }
        return Map.of("id", asked.id(), "previews", answers);
    }

    private List<Link> links(Asked asked) {
        String crm = crm(asked);
        List<Link> links = parts.operations().links(asked.id()).stream()
                .filter(link -> crm == null || crm.equals(link.crm())).toList();
        if (links.isEmpty()) {
            throw unknown(asked);
        }
        return links;
    }

    private Done lookAgain(Asked asked, List<Link> links) {
        parts.operations().lookAgain(links, asked.who().name());
        return new Done("It is looked at again in " + links.stream().map(Link::crm).distinct()
                .collect(Collectors.joining(" and ")));
    }

    private Object retry(Asked asked) {
        List<Link> parked = links(asked).stream().filter(link -> link.state() == LinkState.PARKED
                || link.state() == LinkState.CLAIMED).toList();
        if (parked.isEmpty()) {
            throw new Refused(409, "Nothing is parked under " + asked.id());
        }
        return lookAgain(asked, parked);
    }

    private Object approve(Asked asked) {
        List<Link> held = parts.operations().approve(links(asked), asked.who().name());
        if (held.isEmpty()) {
            throw new Refused(409, "Nothing is held back under " + asked.id());
        }
        return new Done("Approved: " + held.stream().flatMap(link -> link.waits().held().stream()).map(Held::what)
                .distinct().collect(Collectors.joining(", ")));
    }

    private ParkedGroups groups() {
        return ParkedGroups.of(parts.search().parked(), parts.causes()::get);
    }

    private Object parked() {
        ParkedGroups groups = groups();
        return new ParkedView.Answer(groups.count(), groups.groups().stream().map(ParkedView::line).toList(),
                parts.retry().progress().map(Overview.Retry::of).orElse(null));
    }

    private ParkedGroups.Group groupOf(String key) {
        return groups().groups().stream().filter(group -> group.key().equals(key)).findFirst()
                .orElseThrow(() -> new Refused(404, "Nothing is parked for this reason any more"));
    }

    private Object group(Asked asked) {
        ParkedGroups.Group group = groupOf(asked.id());
        Long after = asked.number("after");
        int from = after == null ? 0 : group.ids().indexOf(after) + 1;
        int limit = limit(asked);
        List<Long> page = group.ids().stream().skip(from).limit(limit).toList();
        return new Deals.Page(parts.deals().of(page), group.ids().size() > from + limit ? page.get(page.size() - 1)
                : null);
    }

    private Object retryMany(Asked asked) {
        String key = asked.text("group");
        if (key == null && !asked.body().path("all").asBoolean()) {
            throw new Refused(400, "Say which: {\"group\": the key of a group} or {\"all\": true}");
        }
        List<Long> ids = key == null ? parts.search().parked().stream().map(LinkSearch.Parked::id).toList()
                : groupOf(key).ids();
        if (ids.isEmpty()) {
            throw new Refused(409, "Nothing is parked");
        }
        if (!parts.retry().begin(ids, asked.who().name())) {
            throw new Refused(409, "Another retry is under way; wait until it has ended");
        }
        return new Done(ids.size() + " parked records are looked at again");
    }
}
