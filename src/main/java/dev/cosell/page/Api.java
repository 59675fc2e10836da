package dev.cosell.page;

import dev.cosell.explain.Deals;
import dev.cosell.explain.DecisionLog;
import dev.cosell.explain.Figures;
import dev.cosell.explain.MappingRows;
import dev.cosell.explain.MappingTry;
import dev.cosell.explain.Overview;
import dev.cosell.explain.ParkedGroups;
import dev.cosell.explain.Preview;
import dev.cosell.explain.Why;
import dev.cosell.live.LiveMappings;
import dev.cosell.operations.BrakeOperations;
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
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be asked and done, for the page and for programs: docs/api.md. */
public final class Api {
    private static final int PAGE = 50;
    private static final int MOST = 200;
    private static final int LONGEST_TEXT = 200;

    private final Parts parts;
    private final BackfillApi backfill;
    private final List<String> crms;

    /**
     * Who answers.
     *
     * @param causes        all there are, by their codes
     * @param requests      of assistants; null where they may not ask for anything
     * @param supportBundle gives the files of one, by their names
     */
    public record Parts(Overview overview, Deals deals, Why why, Preview preview, MappingRows mapping, MappingTry trial,
            DecisionLog log, Figures figures, LinkSearch search, SyncOperations operations, BrakeOperations brakes,
            Map<String, Cause> causes, AssistantRequests requests,
            Supplier<Map<String, Object>> supportBundle) {}

    /** @param crms the enabled CRMs */
    public Api(Parts parts, BackfillApi backfill, List<String> crms) {
        this.parts = parts;
        this.backfill = backfill;
        this.crms = List.copyOf(crms);
    }

    /** @throws Refused when assistants may not ask for anything */
    AssistantRequests requests() {
        if (parts.requests() == null) {
            throw new Refused(404, "Assistants may not ask for anything here: that takes the setting mcp = act");
        }
        return parts.requests();
    }

    List<Endpoint> endpoints() {
        return Stream.of(own(), backfill.endpoints(), new RequestsApi(this).endpoints()).flatMap(List::stream).toList();
    }

    private List<Endpoint> own() {
        return List.of(
                Endpoint.asks(HttpMethod.GET, "/api/me", asked -> Me.of(asked.who(), parts.requests() != null)),
                Endpoint.asks(HttpMethod.GET, "/api/overview", asked -> overview()),
                Endpoint.asks(HttpMethod.GET, "/api/figures", asked -> parts.figures().lastDay()),
                Endpoint.asks(HttpMethod.POST, "/api/log", asked -> parts.log().newest(crm(asked), text(asked))),
                Endpoint.asks(HttpMethod.GET, "/api/mapping", asked -> parts.mapping().now(asked.who().mayAct())),
                Endpoint.acts("/api/mapping/try", this::tryMapping),
                Endpoint.asks(HttpMethod.POST, "/api/deals/search", this::search),
                Endpoint.asks(HttpMethod.GET, "/api/deals/:id", this::why),
                Endpoint.asks(HttpMethod.GET, "/api/deals/:id/preview", this::preview),
                Endpoint.acts("/api/deals/:id/look-again", asked -> lookAgain(asked, links(asked))),
                Endpoint.acts("/api/deals/:id/retry", this::retry),
                Endpoint.acts("/api/deals/:id/approve", this::approve),
                Endpoint.acts("/api/deals/:id/forget", this::forget),
                Endpoint.acts("/api/release", this::release),
                Endpoint.asks(HttpMethod.GET, "/api/issues", asked -> parked()),
                Endpoint.asks(HttpMethod.GET, "/api/issues/:id", this::group),
                Endpoint.acts("/api/issues/retry", this::retryMany),
                Endpoint.acts("/api/support-bundle", asked -> parts.supportBundle().get()));
    }

    Overview.Answer overview() {
        return parts.overview().now();
    }

    /** What came of an action. */
    record Done(String sentence) {}

    List<DecisionLog.Line> newDecisions() {
        return parts.log().news();
    }

    private static String text(Asked asked) {
        String text = asked.text("text");
        if (text != null && text.length() > LONGEST_TEXT) {
            throw new Refused(400, "Search for at most " + LONGEST_TEXT + " characters");
        }
        return text;
    }

    /** Takes an operator, because it shows whatever field the text names, and costs calls. */
    private Object tryMapping(Asked asked) {
        String crm = crm(asked);
        String text = asked.text("text");
        String id = asked.text("id");
        if (crm == null || text == null || id == null) {
            throw new Refused(400, "Say what to try: {\"crm\": its name, \"text\": the mapping file, "
                    + "\"id\": a deal}, and with several files of the CRM \"file\": the name of that one");
        }
        try {
            List<Preview.Answer> answers = parts.trial().of(crm, asked.text("file"), text, id);
            if (answers.isEmpty()) {
                throw unknown(id);
            }
            return Map.of("id", id, "previews", answers);
        } catch (LiveMappings.BadMapping wrong) {
            throw new Refused(400, wrong.getMessage());
        }
    }

    private Object search(Asked asked) {
        return parts.deals().page(text(asked), state(asked.text("state")), crm(asked), asked.number("after"),
                limit(asked));
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

    static Refused unknown(Asked asked) {
        return unknown(asked.id());
    }

    private static Refused unknown(String id) {
        return new Refused(404, "Nothing is known of a record " + id
                + ": use the id of its referral or of its record in the CRM");
    }

    private Object why(Asked asked) {
        return parts.why().of(asked.id()).orElseThrow(() -> new Refused(404, Stream.concat(
                Stream.of(unknown(asked).getMessage()), parts.why().needs(asked.id()).stream())
                .collect(Collectors.joining(". "))));
    }

    private Object preview(Asked asked) {
        List<Preview.Answer> answers = parts.preview().of(asked.id());
        if (answers.isEmpty()) {
            throw unknown(asked);
        }
        return Map.of("id", asked.id(), "previews", answers);
    }

    List<Link> links(Asked asked) {
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

    Done retry(Asked asked) {
        List<Link> parked = links(asked).stream().filter(link -> link.state() == LinkState.PARKED
                || link.state() == LinkState.CLAIMED).toList();
        if (parked.isEmpty()) {
            throw new Refused(409, "Nothing is parked under " + asked.id());
        }
        return lookAgain(asked, parked);
    }

    Done approve(Asked asked) {
        List<Link> held = parts.operations().approve(links(asked), asked.who().name());
        if (held.isEmpty()) {
            throw new Refused(409, "Nothing is held back under " + asked.id());
        }
        return new Done("Approved: " + held.stream().flatMap(link -> link.waits().held().stream()).map(Held::what)
                .distinct().collect(Collectors.joining(", ")));
    }

    private Done forget(Asked asked) {
        if (asked.text("crm") != null) {
            throw new Refused(400, "A person is forgotten in all CRMs: leave crm out");
        }
        return new Done(parts.operations().forget(asked.id(), asked.who().name()).orElseThrow(() -> unknown(asked)));
    }

    private Object release(Asked asked) {
        String crm = crm(asked);
        String direction = asked.text("direction");
        if (crm == null || direction == null) {
            throw new Refused(400, "Say which: {\"crm\": its name, \"direction\": to-crm or to-partner-center}");
        }
        try {
            return new Done(parts.brakes().release(crm, direction, asked.who().name()));
        } catch (IllegalArgumentException notStopped) {
            throw new Refused(409, notStopped.getMessage());
        }
    }

    private ParkedGroups groups() {
        return ParkedGroups.of(parts.search().parked(crms), parts.causes()::get);
    }

    private Object parked() {
        ParkedGroups groups = groups();
        return new ParkedView.Answer(groups.count(), groups.groups().stream().map(ParkedView::line).toList(),
                parts.operations().retries().progress().map(Overview.Retry::of).orElse(null));
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
        List<LinkSearch.Parked> parked = key == null ? parts.search().parked(crms) : groupOf(key).records();
        if (parked.isEmpty()) {
            throw new Refused(409, "Nothing is parked");
        }
        try {
            return new Done(parked.size() + " parked records are looked at again"
                    + parts.operations().retries().begin(parked, asked.who().name()));
        } catch (ParkedRetry.UnderWay other) {
            throw new Refused(409, other.getMessage());
        }
    }
}
