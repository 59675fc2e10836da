package dev.cosell.sync.steps;

import dev.cosell.mapping.Mappings;
import dev.cosell.sync.decide.Decision;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Pair;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.decide.Situation;
import dev.cosell.verbs.Hint;
import dev.cosell.verbs.Opportunity;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/**
 * Opportunities of joined deals as the last sync left them, so that a change of the referral need not read them again:
 * the write names the version that was kept, and a CRM in which somebody wrote since refuses it. Only a decision that
 * such a refusal can stop is carried out; for any other the opportunity is read first.
 *
 * <p>It is a memory and no book: a record that is not in it, or at another version than the link knows, costs a read.
 * Each is given out once, so that the round after a refused write reads.
 */
public final class KeptOpportunities {
    /** Characters of all texts together: a long Audit alone may have a hundred thousand. */
    private static final int MOST = 1_000_000;
    /** What a value that is no text counts. */
    private static final int OTHER = 20;
    private static final String KEPT = "keptOpportunity";

    private final ReferralRules referrals;
    private final Mappings mappings;
    private final Clock clock;
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private int characters;

    public KeptOpportunities(ReferralRules referrals, Mappings mappings, Clock clock) {
        this.referrals = referrals;
        this.mappings = mappings;
        this.clock = clock;
    }

    /** @param mapping the state of the field tables, which say what is read */
    private record Kept(Opportunity opportunity, String mapping, int characters) {
        static Kept of(Opportunity opportunity, String mapping) {
            return new Kept(opportunity, mapping, opportunity.fields().values().stream()
                    .mapToInt(value -> value instanceof String text ? text.length() : OTHER).sum());
        }
    }

    /** At the end of a sync. */
    void keep(Pair pair, Opportunity opportunity) {
        if (opportunity.version() != null) {
            put(key(pair.crm(), opportunity.id()), Kept.of(opportunity, mappings.of(pair.crm()).version()));
        }
    }

    private synchronized void put(String key, Kept latest) {
        remove(key);
        kept.put(key, latest);
        characters += latest.characters();
        while (characters > MOST) {
            remove(kept.keySet().iterator().next());
        }
    }

    private synchronized Kept remove(String key) {
        Kept found = kept.remove(key);
        characters -= found == null ? 0 : found.characters();
        return found;
    }

    /** Gives a pair whose referral reported its opportunity as it was kept, in both variables; or does nothing. */
    public void recall(Exchange exchange) {
        Pair pair = exchange.getVariable("pair", Pair.class);
        Opportunity opportunity = pair.isLinked() && !pair.isReportedByCrm() ? taken(pair) : null;
        if (opportunity != null && isAsked(pair)) {
            give(exchange, pair, opportunity);
        }
    }

    static void give(Exchange exchange, Pair pair, Opportunity opportunity) {
        exchange.setVariable("opportunity", opportunity.fields());
        exchange.setVariable("pair", pair.withOpportunity(opportunity));
        exchange.setVariable(KEPT, opportunity.fields());
    }

    private Opportunity taken(Pair pair) {
        Kept found = remove(key(pair.crm(), pair.link().crmId()));
        boolean fits = found != null && found.mapping().equals(mappings.of(pair.crm()).version())
                && found.opportunity().version().equals(pair.link().crmVersion());
        return fits ? found.opportunity() : null;
    }

    /** A person who asks for a retry, and a deal that waits for something, want to be looked at as they are. */
    private static boolean isAsked(Pair pair) {
        Link link = pair.link();
        return pair.referral() != null && pair.opportunity() == null && !pair.isReportedByMicrosoft()
                && pair.hint().origin() != Hint.Origin.RETRY && link.state() == LinkState.LINKED
                && link.waits().isNone();
    }

    /** Whether a decision rests on an opportunity that was kept, and needs one that was read. */
    public boolean isTooLittle(@Variable("decision") Decision decision,
            @Variable(KEPT) Map<String, Object> recalled) {
        Opportunity opportunity = decision.pair().opportunity();
        if (recalled == null || opportunity == null || opportunity.fields() != recalled) {
            return false;
        }
        return decision.pair().isReportedByCrm() ? !isReversible(decision) : !isStopped(decision);
    }

    /** Nothing but a write to the CRM, which refuses it when the opportunity is not as it was kept. */
    private static boolean isStopped(Decision decision) {
        return isPlain(decision) && decision.situation() == Situation.CHANGED && !decision.written().isEmpty()
                && !decision.isWritesReferral()
                && decision.pair().opportunity().isGuarded(decision.crmPatch().keySet());
    }

    /** What was read a moment ago may decide all that a later change can still change. */
    private boolean isReversible(Decision decision) {
        if (decision.situation() == Situation.SWITCHED_OFF) {
            return true;
        }
        boolean known = decision.situation() == Situation.CHANGED || decision.situation() == Situation.AGREED;
        return known && isPlain(decision) && referrals.irreversible(decision.pair().referral().fields(),
                decision.referralPatch(), clock.instant()) == null;
    }

    private static boolean isPlain(Decision decision) {
        return decision.outcome() == null && decision.problems().isEmpty() && decision.warnings().isEmpty()
                && decision.waits().isNone();
    }

    private static String key(String crm, String id) {
        return crm + " " + id;
    }
}
