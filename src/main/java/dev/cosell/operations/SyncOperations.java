package dev.cosell.operations;

import dev.cosell.cluster.PausedCrms;
import dev.cosell.queue.Hints;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.AuditTrail;
import dev.cosell.sync.books.LinkSearch;
import dev.cosell.sync.books.LinkStore;
import dev.cosell.sync.books.LookAgain;
import dev.cosell.sync.books.PersonalData;
import dev.cosell.sync.decide.Held;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.Situation;
import dev.cosell.sync.decide.UnfinishedShare;
import dev.cosell.verbs.Hint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** The MBean {@value #NAME}. */
public final class SyncOperations implements SyncMXBean, AutoCloseable {
    public static final String NAME = "dev.cosell:type=Sync,name=cosell-sync";

    private static final String ALL = "all";
    private static final String OVER_JMX = "An operator, over JMX,";

    private final Pauses pauses;
    private final Hints hints;
    private final LinkStore links;
    private final WaitingLines waiting;
    private final AuditTrail audit;
    private final AskedLooks looks;
    private final ParkedRetry retries;
    private final LinkSearch search;
    private final ForgottenPeople people;
    private final List<String> crms;
    private final RecordIds ids;
    private final Supplier<String> mappingError;
    private final Clock clock;

    /**
     * @param crms         names of the enabled CRMs, each with its route {@code sync-<crm>}
     * @param paused       those of them that are paused, on all instances
     * @param ids          reads what operators name records by
     * @param mappingError what is wrong with the mapping last edited; null or empty when nothing is
     */
    public SyncOperations(CamelContext context, Hints hints, LinkStore links, LinkSearch search, WaitingLines waiting,
            AuditTrail audit, PersonalData people, List<String> crms, PausedCrms paused, RecordIds ids,
            Supplier<String> mappingError, Clock clock) {
        this.pauses = new Pauses(context, crms, paused, () -> hints.giveBack(Set.of()));
        this.hints = hints;
        this.links = links;
        this.waiting = waiting;
        this.audit = audit;
        this.search = search;
        this.looks = new AskedLooks(audit, hints, clock);
        this.retries = new ParkedRetry(looks, hints, search, clock);
        this.crms = List.copyOf(crms);
        this.people = new ForgottenPeople(people, ids, this.crms, hints::offer, clock);
        this.ids = ids;
        this.mappingError = mappingError;
        this.clock = clock;
    }

    /** Shows it on the platform's MBean server until it is closed; a predecessor of the same name gives way. */
    public SyncOperations register() {
        pauses.follow();
        PlatformMBean.show(NAME, this);
        return this;
    }

    @Override
    public void close() {
        pauses.close();
        retries.close();
        PlatformMBean.hide(NAME);
    }

    @Override
    public Map<String, Integer> getBacklog() {
        Map<String, Integer> backlog = new TreeMap<>();
        crms.forEach(crm -> backlog.put(crm, hints.backlog(crm)));
        return backlog;
    }

    @Override
    public long getOldestPendingSeconds() {
        Instant now = clock.instant();
        return crms.stream().map(hints::oldest).flatMap(Optional::stream)
                .mapToLong(oldest -> Math.max(0, Duration.between(oldest, now).toSeconds())).max().orElse(0);
    }

    @Override
    public Map<String, Integer> getLinksByState() {
        Map<String, Integer> counts = new TreeMap<>();
        crms.forEach(crm -> links.countByState(crm).forEach((state, count) -> counts.put(crm + "/" + state, count)));
        return counts;
    }

    @Override
    public int getParkedCount() {
        return crms.stream().mapToInt(crm -> parked(links.countByState(crm))).sum();
    }

    private static int parked(Map<LinkState, Integer> counts) {
        return counts.get(LinkState.PARKED) + counts.get(LinkState.CLAIMED);
    }

    @Override
    public List<String> getParked() {
        return crms.stream().flatMap(crm -> links.parked(crm, 0, SHOWN).stream())
                .sorted(Comparator.comparingLong(Link::id)).limit(SHOWN)
                .map(link -> WaitingLines.named(link.crm(), link.ends()) + link.reason()).toList();
    }

    @Override
    public int getHeldCount() {
        return waiting.heldCount();
    }

    @Override
    public List<String> getHeld() {
        return waiting.firstHeld();
    }

    @Override
    public int getApprovalsCount() {
        return waiting.approvalsCount();
    }

    @Override
    public List<String> getApprovals() {
        return waiting.firstApprovals();
    }

    @Override
    public int getDeadlinesCount() {
        return waiting.deadlinesCount();
    }

    @Override
    public List<String> getDeadlines() {
        return waiting.firstDeadlines();
    }

    public WaitingLines.Listed held() {
        return waiting.held();
    }

    public WaitingLines.Listed deadlines() {
        return waiting.deadlines();
    }

    /** Nobody can do anything about a link of a CRM that is not synced any more, until it is enabled again. */
    private boolean isSynced(Link link) {
        return crms.contains(link.crm());
    }

    @Override
    public String approve(String recordId) {
        List<Link> held = approve(links(recordId, links::waiting), OVER_JMX);
        return held.isEmpty() ? "Nothing is held back under " + recordId
                : "Approved: " + held.stream().flatMap(link -> link.waits().held().stream()).map(Held::what)
                        .collect(Collectors.joining(", "));
    }

    /**
     * Lets everything go that is held back for these links.
     *
     * @param who asks for it, for the audit
     * @return those for which something was held back
     */
    public List<Link> approve(List<Link> asked, String who) {
        List<Link> held = asked.stream().filter(link -> !link.waits().held().isEmpty()).toList();
        audit.addAll(held.stream().map(link -> looks.entry(link, "APPROVE", who + " approved: " + link.waits().held()
                .stream().map(Held::what)
                .collect(Collectors.joining(", ")))).toList());
        held.forEach(links::approve);
        hints.offerAll(held.stream().map(LookAgain::at).toList());
        return held;
    }

    /**
     * Has these links looked at again.
     *
     * @param who asks for it, for the audit
     */
    public void lookAgain(List<Link> asked, String who) {
        looks.atOnce(asked, who);
    }

    @Override
    public String forget(String recordId) {
        return forget(recordId, OVER_JMX).orElse("Nothing is known of a record " + recordId);
    }

    /**
     * Erases what is kept of the people of a record, in all CRMs; see {@link PersonalData}.
     *
     * @param who asks for it, for the audit
     * @return what people are told; empty when nothing is known of the record
     */
    public Optional<String> forget(String recordId, String who) {
        return people.forget(recordId, who);
    }

    /** The links of a record, named by its referral id or CRM id in any usual spelling. */
    public List<Link> links(String recordId) {
        return ids.all(recordId).stream().flatMap(id -> crms.stream().flatMap(crm -> Stream.of(links.findByReferral(crm,
                id), links.findByCrmId(crm, id))))
                .flatMap(Optional::stream).distinct().toList();
    }

    @Override
    public String getMappingError() {
        String error = mappingError.get();
        return error == null ? "" : error;
    }

    @Override
    public String pause(String crm) {
        List<String> chosen = chosen(crm);
        pauses.pause(chosen);
        return "Paused: " + String.join(", ", chosen);
    }

    @Override
    public String resume(String crm) {
        List<String> chosen = chosen(crm);
        pauses.resume(chosen);
        return "Resumed: " + String.join(", ", chosen);
    }

    private List<String> chosen(String crm) {
        if (ALL.equals(crm)) {
            return crms;
        }
        if (crms.contains(crm)) {
            return List.of(crm);
        }
        throw new IllegalArgumentException(
                "No CRM is called " + crm + ". Use one of " + String.join(", ", crms) + ", or all");
    }

    @Override
    public String retryParked(String recordId) {
        List<Link> parked = links(recordId, links::parked);
        lookAgain(parked, OVER_JMX);
        return parked.isEmpty() ? "Nothing is parked under " + recordId
                : "Looking again at " + parked.size() + " of " + recordId;
    }

    private List<Link> links(String recordId, Function<String, List<Link>> search) {
        return ids.all(recordId).stream().map(search).flatMap(List::stream).filter(this::isSynced).distinct()
                .toList();
    }

    @Override
    public String join(String crm, String referral, String record) {
        if (!crms.contains(crm)) {
            throw new IllegalArgumentException("No CRM is called " + crm + ". Use one of " + String.join(", ", crms));
        }
        return joined(crm, ids.ofReferral(referral), ids.ofCrm(crm, record));
    }

    private String joined(String crm, String referralId, String crmId) {
        boolean asked = Stream.of(referralId, crmId).flatMap(id -> links.parked(id).stream())
                .anyMatch(link -> link.crm().equals(crm));
        if (!asked) {
            throw new IllegalArgumentException("Neither referral " + referralId + " nor " + crm + " opportunity "
                    + crmId
                    + " is parked, so there is nothing to decide. The attribute Parked shows which records wait for a "
                    + "person");
        }
        checkIsNotBeingShared(crm, referralId, crmId);
        String before = Stream.of(links.findByReferral(crm, referralId), links.findByCrmId(crm, crmId))
                .flatMap(Optional::stream).distinct()
                .filter(link -> link.isJoined()
                        && !(referralId.equals(link.referralId()) && crmId.equals(link.crmId())))
                .map(link -> "; no longer joined: referral " + link.referralId() + " and opportunity " + link.crmId())
                .collect(Collectors.joining());
        links.join(crm, referralId, crmId, new AuditEntry(clock.instant(), crm, referralId, crmId, "JOINED", "JOIN",
                "Joined by a person" + before, null, false));
        hints.offer(new Hint(crm, crmId, null, Hint.Origin.RETRY));
        return "Joined referral " + referralId + " and opportunity " + crmId + before;
    }

    /** To join the two would end the share. A referral that is joined already was made by none, and may be moved. */
    private void checkIsNotBeingShared(String crm, String referralId, String crmId) {
        boolean shared = links.findByCrmId(crm, crmId).map(UnfinishedShare::of).isPresent();
        if (shared && links.findByReferral(crm, referralId).filter(Link::isJoined).isEmpty()) {
            throw new IllegalArgumentException("Opportunity " + crmId + " is being shared with Partner Center, and"
                    + " that has not come to its end. Joined by hand, what is left of it would not be done, such as to"
                    + " ask Microsoft for help. Mend what the attribute Parked says of it and use retryParked: the"
                    + " share goes on where it broke off, and joins the opportunity with the referral it has made");
        }
    }

    @Override
    public List<String> history(String recordId) {
        return ids.all(recordId).stream().map(id -> audit.last(id, SHOWN)).flatMap(List::stream).distinct()
                .sorted(Comparator.comparing(AuditEntry::at).reversed()).limit(SHOWN).map(SyncOperations::told)
                .toList();
    }

    private static String told(AuditEntry entry) {
        return entry.at().truncatedTo(ChronoUnit.SECONDS) + " " + entry.crm() + ": "
                + Situation.named(entry.situation()).map(found -> found.code() + " ").orElse("") + entry.situation()
                + " → "
                + entry.action()
                + (entry.detail() == null || entry.detail().isEmpty() ? "" : ": " + entry.detail());
    }

    @Override
    public String retryAllParked() {
        List<LinkSearch.Parked> parked = search.parked(crms);
        try {
            return "Looking again at " + parked.size() + " parked" + retries.begin(parked, OVER_JMX);
        } catch (ParkedRetry.UnderWay other) {
            return other.getMessage();
        }
    }

    /** How parked links are retried, and how far that is. */
    public ParkedRetry retries() {
        return retries;
    }
}
