package dev.cosell.sync.steps;

import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.LookAgain;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.Situation;
import dev.cosell.verbs.CrmView;
import dev.cosell.verbs.Hint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.Variable;

/**
 * Which opportunities their CRM shows again. It says the same of a deleted one and of one that our user may not see,
 * and a right that is given back changes no record, so that no poll reports it. Several are asked for in one call.
 */
public final class HiddenOpportunities {
    /** Of one CRM in one turn. */
    static final int MOST = 100;
    /** As many as fit into one query and into one batch. */
    static final int TOGETHER = 25;
    /** How releases called it that noted no code. */
    private static final String WITHOUT_CODE = "the opportunity was deleted in the CRM";

    private final Map<String, CrmView> crms;
    private final Predicate<String> busy;
    private final Turns turns;

    /** What is asked for in one call. */
    public record Piece(String crm, List<Link> links) {
        public List<String> ids() {
            return links.stream().map(Link::crmId).toList();
        }
    }

    /**
     * @param crms the enabled CRMs by name
     * @param busy whether the queue of a CRM has so much to do that what is hidden comes later
     */
    public HiddenOpportunities(LinkStore links, Map<String, CrmView> crms, Predicate<String> busy) {
        this.crms = Map.copyOf(crms);
        this.busy = busy;
        this.turns = new Turns(links::orphaned, MOST);
    }

    /** What is asked for in this turn; the next one goes on behind it, and begins anew after the last. */
    public List<Piece> next() {
        List<Piece> pieces = new ArrayList<>();
        for (String crm : crms.keySet().stream().filter(busy.negate()).sorted().toList()) {
            List<Link> hidden = turns.next(crm).stream().filter(HiddenOpportunities::isHidden).toList();
            for (int from = 0; from < hidden.size(); from += TOGETHER) {
                pieces.add(new Piece(crm, hidden.subList(from, Math.min(from + TOGETHER, hidden.size()))));
            }
        }
        return pieces;
    }

    private static boolean isHidden(Link orphan) {
        return orphan.standing().codes().contains(Situation.OPPORTUNITY_GONE.code())
                || WITHOUT_CODE.equals(orphan.reason());
    }

    /** @param found those of the piece that the CRM shows */
    public List<Hint> shown(@Variable("hidden") Piece piece, @Variable("found") List<Map<String, Object>> found) {
        Set<String> shown = found.stream().map(crms.get(piece.crm())::id).collect(Collectors.toSet());
        return piece.links().stream().filter(link -> shown.contains(link.crmId())).map(LookAgain::unasked).toList();
    }
}
