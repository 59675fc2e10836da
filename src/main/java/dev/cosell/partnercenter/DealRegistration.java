package dev.cosell.partnercenter;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.sync.books.WonDeal;
import dev.cosell.sync.books.WonDeals;
import dev.cosell.sync.decide.Pair;
import dev.cosell.verbs.Fault;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers won deals for incentives, once each: the referral itself shows whether it is registered, and is looked at
 * before every attempt.
 */
public final class DealRegistration {
    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");

    private static final String STATUS = "registrationStatus";
    /** Letters alone, because no source spells all of them. */
    private static final Set<String> OF_A_REVIEW = Set.of("reviewpending", "actionpending", "actionrequired",
            "resubmission", "resubmitted", "approved", "passed", "failed", "closed");

    private final WonDeals deals;
    private final RegistrationTerms terms;
    private final Clock clock;
    private final ReferralView view = new ReferralView();

    /** @param terms null when deals are not registered */
    public DealRegistration(WonDeals deals, RegistrationTerms terms, Clock clock) {
        this.deals = deals;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * What is to be done about a won deal.
     *
     * @param next   what follows: nothing yet, a question to Microsoft's referral, the registration, or no registration
     *     at all
     * @param reason one sentence; null when nobody has to be told
     */
    public record Judgement(Next next, String reason) {
        public boolean isAsking() {
            return next == Next.ASK_MICROSOFT;
        }

        public boolean isReady() {
            return next == Next.REGISTER;
        }

        public boolean isOver() {
            return next == Next.LEAVE || next == Next.REGISTERED || next == Next.REFUSED;
        }
    }

    /** Steps of a registration. */
    public enum Next { WAIT, ASK_MICROSOFT, REGISTER, REGISTERED, LEAVE, REFUSED }

    /** Empty, without a look at the database, when deals are not registered. */
    public List<WonDeal> open() {
        return terms == null ? List.of() : deals.open();
    }

    /** The deal as each CRM has it; how it ended is told in each of them. */
    public List<WonDeal> inEachCrm(@Variable("wonDeal") WonDeal deal) {
        return deals.inEachCrm(deal);
    }

    public String referralId(@Variable("wonDeal") WonDeal deal) {
        return deal.referralId();
    }

    public Judgement judge(@Variable("wonDeal") WonDeal deal, @Variable("wonReferral") Map<String, Object> referral) {
        if (referral == null) {
            return left(deal, "The deal cannot be registered: Partner Center does not show it any more");
        }
        if (!Paths.list(referral, "registrations").isEmpty() || isRegistered(referral)) {
            return new Judgement(Next.REGISTERED, whatIsRegistered(referral));
        }
        if (deal.refusal() != null) {
            return new Judgement(Next.REFUSED, deal.refusal());
        }
        if (!view.closed(referral)) {
            return waiting(deal, "it is not won in Partner Center");
        }
        return new Judgement(won(referral) ? Next.ASK_MICROSOFT : Next.LEAVE, null);
    }

    private static boolean won(Map<String, Object> referral) {
        return "Won".equalsIgnoreCase(Paths.text(referral, "substatus"));
    }

    /** Who reads of it has read it before when the deal was left for the same reason. */
    private static Judgement left(WonDeal deal, String reason) {
        return new Judgement(Next.LEAVE, reason.equals(deal.leftFor()) ? null : reason);
    }

    /** A deal that was left is looked at again when a change has taken away what kept it from being registered. */
    public void changed(@Variable("pair") Pair pair) {
        Map<String, Object> referral = pair.referral() == null ? Map.of() : pair.referral().fields();
        if (terms != null && view.closed(referral) && won(referral) && obstacle(referral) == null) {
            deals.lookAgain(view.id(referral));
        }
    }

    /**
     * Somebody may have registered it elsewhere, of which the list of registrations need not tell. Other words than
     * those that a review has are no registration: what is tried then is refused if there is one.
     */
    private static boolean isRegistered(Map<String, Object> referral) {
        String status = Paths.text(referral, STATUS);
        return status != null && OF_A_REVIEW.contains(status.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT));
    }

    /** What was registered last says of its own review, or else what the referral says of it. */
    private static String whatIsRegistered(Map<String, Object> referral) {
        List<?> registrations = Paths.list(referral, "registrations");
        String own = registrations.isEmpty() ? null
                : Paths.text(registrations.get(registrations.size() - 1), "status");
        String status = own == null ? Paths.text(referral, STATUS) : own;
        boolean known = status != null && !status.isBlank() && !"None".equalsIgnoreCase(status);
        return "The deal is registered" + (known ? " (" + status + ")" : "");
    }

    private Judgement waiting(WonDeal deal, String why) {
        boolean over = deal.wonAt().plus(terms.patience()).isBefore(clock.instant());
        return over ? left(deal, "The deal is not registered: " + why) : new Judgement(Next.WAIT, null);
    }

    private String obstacle(Map<String, Object> referral) {
        if (solution(referral) == null) {
            return "none of its solutions has an incentive (setting partner-center.deal-registration.solutions)";
        }
        String currency = Paths.text(referral, "details.currency");
        if (currency == null) {
            return "it has no currency";
        }
        BigDecimal threshold = terms.thresholds().get(currency.toUpperCase(Locale.ROOT));
        if (threshold == null) {
            return "no smallest value is set for " + currency
                    + " (setting partner-center.deal-registration.thresholds)";
        }
        BigDecimal value = value(referral);
        return value.compareTo(threshold) < 0
                ? "its value of " + value.toPlainString() + " " + currency + " is below " + threshold.toPlainString()
                : null;
    }

    private String solution(Map<String, Object> referral) {
        return Paths.list(referral, DealCompletion.SOLUTIONS).stream().map(solution -> Paths.text(solution, "id"))
                .filter(id -> id != null && terms.solutions().contains(id.toLowerCase(Locale.ROOT))).findFirst()
                .orElse(null);
    }

    private static BigDecimal value(Map<String, Object> referral) {
        Object value = Paths.get(referral, "details.dealValue");
        return value == null ? BigDecimal.ZERO : new BigDecimal(value.toString());
    }

    /**
     * A deal is co-sell when Microsoft has a referral in its engagement, whatever our own says of help: whether that
     * follows when Microsoft is brought in later is not documented. It is registered when Microsoft has accepted it or
     * has won it itself.
     *
     * @param microsofts null when the deal has none
     */
    public Judgement microsoftsAnswer(@Body Map<String, Object> microsofts, @Variable("wonDeal") WonDeal deal,
            @Variable("wonReferral") Map<String, Object> own) {
        DealType type = DealType.of(own);
        if (microsofts == null && type == DealType.PRIVATE) {
            return new Judgement(Next.LEAVE, null);
        }
        String obstacle = obstacle(own);
        if (obstacle != null) {
            return left(deal, "The deal is not registered: " + obstacle);
        }
        if (microsofts == null) {
            return type == DealType.CO_SELL ? waiting(deal, "Microsoft has not accepted it")
                    : new Judgement(Next.REGISTER, null);
        }
        return accepted(microsofts, deal);
    }

    private Judgement accepted(Map<String, Object> microsofts, WonDeal deal) {
        String status = String.valueOf(Paths.text(microsofts, "status"));
        if (status.equalsIgnoreCase("Active") || won(microsofts)) {
            return new Judgement(Next.REGISTER, null);
        }
        return status.equalsIgnoreCase("Closed")
                ? left(deal, "The deal is not registered: Microsoft did not accept it")
                : waiting(deal, "Microsoft has not accepted it");
    }

    public Request request(@Variable("wonDeal") WonDeal deal, @Variable("wonReferral") Map<String, Object> referral) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("op", "add");
        operation.put("path", "/registrations/-");
        operation.put("value", registration(deal, referral));
        return Calls.registration(deal.referralId(), view.version(referral), List.of(operation));
    }

    private Map<String, Object> registration(WonDeal deal, Map<String, Object> referral) {
        Object currency = Paths.text(referral, "details.currency");
        Map<String, Object> transaction = new LinkedHashMap<>();
        transaction.put("isMarketplaceTransacted", false);
        transaction.put("marketplaceTransactionDateTime", null);
        Map<String, Object> solution = new LinkedHashMap<>();
        solution.put("id", solution(referral));
        solution.put("currency", currency);
        solution.put("value", value(referral));
        solution.put("isDeployedOnAzure", terms.onAzure());
        solution.put("primaryDeploymentOn", terms.deployment());
        solution.put("pricingModel", terms.pricingModel());
        solution.put("marketplaceTransactionDetails", transaction);
        // Signed and begun on the day it was won: the start may not lie before the signature.
        LocalDate signed = LocalDate.ofInstant(deal.wonAt(), ZoneOffset.UTC);
        Map<String, Object> contract = new LinkedHashMap<>();
        contract.put("currency", currency);
        contract.put("value", value(referral));
        contract.put("term", terms.finiteMonths() > 0 ? "Finite" : "Perpetual");
        contract.put("startDateTime", signed + "T00:00:00Z");
        contract.put("endDateTime",
                terms.finiteMonths() > 0 ? signed.plusMonths(terms.finiteMonths()).minusDays(1) + "T00:00:00Z" : null);
        contract.put("signDateTime", signed + "T00:00:00Z");
        Map<String, Object> registration = new LinkedHashMap<>();
        registration.put("type", terms.type());
        registration.put("solutionDetails", List.of(solution));
        registration.put("contract", contract);
        return registration;
    }

    public Judgement registered(Answer answer, @Variable("wonDeal") WonDeal deal) {
        try {
            Answers.success(answer, "registration of a deal");
            return new Judgement(Next.REGISTERED, "The deal is registered, its review is pending");
        } catch (Fault.Data refused) {
            String reason = "The deal could not be registered: " + refused.getMessage()
                    + ". Register it in Partner Center by hand";
            deals.refused(deal, reason);
            return new Judgement(Next.REFUSED, reason);
        }
    }

    /** Writes down that nothing more is to be done. */
    public void settle(@Variable("wonDeal") WonDeal deal, @Variable("judgement") Judgement judgement) {
        if (deal.leftFor() != null && judgement.reason() == null) {
            deals.leaveAgain(deal);
            return;
        }
        String reason = judgement.reason() == null ? "The deal is not one that is registered" : judgement.reason();
        String state = judgement.next() == Next.LEAVE ? "LEFT" : judgement.next().name();
        deals.settle(deal, state, reason);
        deals.inEachCrm(deal).forEach(each -> LOG.info("{}: referral {} ({}): {}", each.crm(), each.referralId(),
                each.crmId(), reason));
    }

    /** The opportunity cannot be written, whoever tries and however often. */
    public void untold(@Variable("wonDeal") WonDeal deal, @Variable("judgement") Judgement judgement,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable cause) {
        LOG.warn("{}: opportunity {} could not be told \"{}\": {}", deal.crm(), deal.crmId(), judgement.reason(),
                cause.getMessage());
    }

    /** The deal stays open and is looked at again at the next turn. */
    public void later(@Variable("wonDeal") WonDeal deal, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable cause) {
        LOG.warn("{}: the registration of referral {} is tried again: {}", deal.crm(), deal.referralId(),
                cause.getMessage());
    }
}
