package dev.cosell.partnercenter;

import dev.cosell.sync.decide.Deadline;
import dev.cosell.sync.decide.ReferralRules;
import dev.cosell.sync.decide.TimeRules;
import dev.cosell.text.Guids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the sync has to know of referrals, told by the classes that know it. */
public final class PartnerCenterRules extends ReferralView implements ReferralRules {
    private static final String CLOSING = "details.closingDateTime";
    /** How .NET services write that there is none. */
    private static final String NO_DATE = "0001-01-01";
    private static final String NO_NEW_NAME = "Partner Center takes no new name through its interface; change it "
            + "there by hand";
    private static final Set<String> OF_INVITATION = Set.of(DealType.HELP, DealCompletion.NOTES);
    private static final Set<String> REQUIRED = Set.of("name", "details.dealValue", "details.currency", CLOSING,
            DealCompletion.SOLUTIONS);

    private final StatusMachine machine = new StatusMachine();
    private final String linkTemplate;
    private final FinalMoves finalMoves;
    private final MissingReason missingReason;
    private final Refusals refusals;

    /**
     * @param linkTemplate   the portal's address of a referral, with {@code {id}} or {@code {engagementId}} in it
     * @param organizationId the partner's organisation in Partner Center; empty when it is not known
     * @param wonDelay       time that has to lie between a deal's creation and Won; zero for none
     * @param missingReason  the reason of a loss for which nobody has given one; empty for none
     */
    public PartnerCenterRules(String linkTemplate, String organizationId, Duration wonDelay, String missingReason,
            Refusals refusals) {
        super(organizationId);
        this.linkTemplate = linkTemplate;
        this.finalMoves = new FinalMoves(wonDelay);
        this.missingReason = new MissingReason(missingReason);
        this.refusals = refusals;
    }

    @Override
    public Irreversible irreversible(Map<String, Object> referral, Map<String, Object> patch, Instant now) {
        return finalMoves.of(referral, patch, now);
    }

    @Override
    public boolean isDone(Map<String, Object> referral, String what) {
        return FinalMoves.isDone(referral, what);
    }

    @Override
    public String caution(Map<String, Object> referral, Map<String, Object> patch, Instant now) {
        return FinalMoves.caution(referral, patch, now);
    }

    @Override
    public List<Deadline> deadlines(Map<String, Object> referral, boolean asked, TimeRules.Timing timing) {
        return Deadlines.of(referral, asked, timing);
    }

    @Override
    public String owner(Map<String, Object> referral) {
        String name = Paths.text(referral, "organizationName");
        return name == null || name.isBlank() ? String.valueOf(Paths.text(referral, "organizationId")) : name;
    }

    @Override
    public List<String> missingOfPerson(Map<String, Object> person) {
        return DealRules.missing(person);
    }

    @Override
    public Map<String, Object> withMicrosofts(Map<String, Object> own, Map<String, Object> microsofts) {
        return MicrosoftPart.in(own, microsofts);
    }

    @Override
    public String news(Map<String, Object> referral, List<String> paths, Object before, Object now) {
        return MicrosoftNews.of(referral, paths, before, now);
    }

    @Override
    public boolean lead(Map<String, Object> referral) {
        return kind(referral) != ReferralKind.OPPORTUNITY;
    }

    @Override
    public List<String> missingInDeal(Map<String, Object> referral) {
        List<String> missing = new ArrayList<>();
        if (Paths.blank(referral, "details.dealValue")) {
            missing.add("the lead has no deal value; enter it in Partner Center");
        }
        if (Paths.blank(referral, CLOSING) || String.valueOf(Paths.get(referral, CLOSING)).startsWith(NO_DATE)) {
            missing.add("the lead has no closing date; enter it in Partner Center");
        }
        return missing;
    }

    @Override
    public boolean won(Map<String, Object> referral) {
        return "Won".equalsIgnoreCase(Paths.text(referral, "substatus"));
    }

    @Override
    public String reason(Map<String, Object> referral) {
        String reason = Paths.text(referral, MissingReason.PATH);
        return reason == null ? "" : reason;
    }

    @Override
    public Instant closedAt(Map<String, Object> referral) {
        return closed(referral) ? Paths.instant(referral, "closedDateTime") : null;
    }

    @Override
    public Map<String, Object> naming(String crmId) {
        return Map.of(PatchRules.EXTERNAL_REFERENCE, crmId);
    }

    @Override
    public boolean isStatus(List<String> paths) {
        return paths.contains("status");
    }

    @Override
    public boolean isReason(List<String> paths) {
        return paths.contains(MissingReason.PATH);
    }

    @Override
    public boolean isAmount(List<String> paths) {
        return paths.contains("details.dealValue");
    }

    @Override
    public boolean isCurrency(List<String> paths) {
        return paths.contains("details.currency");
    }

    @Override
    public boolean isVisibility(List<String> paths) {
        return paths.contains(DealType.SHARE);
    }

    @Override
    public boolean isHelp(List<String> paths) {
        return paths.contains(DealType.HELP);
    }

    @Override
    public boolean waitsForHelp(Map<String, Object> referral, List<String> paths) {
        return paths.contains(DealCompletion.NOTES) && DealType.of(referral) != DealType.CO_SELL;
    }

    @Override
    public boolean awaitingAnswer(Map<String, Object> referral) {
        return "New".equalsIgnoreCase(Paths.text(referral, "status"));
    }

    @Override
    public String readId(String text) {
        return Guids.read(text);
    }

    @Override
    public String link(Map<String, Object> referral) {
        return linkTemplate.replace("{id}", id(referral))
                .replace("{engagementId}", String.valueOf(engagementId(referral)));
    }

    @Override
    public String refusal(Map<String, Object> referral, String path, Object value) {
        if (path.equals(DealType.SHARE) && !Boolean.TRUE.equals(value) && Paths.isTrue(referral, DealType.SHARE)) {
            return "a deal that Microsoft's sellers may see cannot be hidden from them again; set the visibility back "
                    + "on the opportunity";
        }
        if ((value == null || value instanceof List<?> list && list.isEmpty()) && required(path)) {
            return "Partner Center takes no deal without it, so it keeps what it has; enter another value to change it";
        }
        boolean helpAsked = DealType.of(referral) == DealType.CO_SELL;
        if (path.equals(DealType.HELP) && (value == null || helpAsked)) {
            return "help that was asked for cannot be changed or taken back; tell Microsoft's seller";
        }
        if (path.equals("name") && refusals.refused(Refusals.Feature.NAME_PATCH)) {
            return NO_NEW_NAME;
        }
        // Help is asked for in a deal that Microsoft's sellers may see, and nobody could take it back.
        String missing = path.equals(DealType.HELP) ? PatchRules.missingPart(referral, DealType.SHARE) : null;
        if (missing != null) {
            return PatchRules.withoutPart(missing);
        }
        return path.equals(DealCompletion.NOTES) && helpAsked
                ? "notes to Microsoft go with the request for help only; tell Microsoft's seller directly" : null;
    }

    /** Microsoft's sellers would be brought into a deal in which there is nothing left to do, which is final. */
    @Override
    public String needlessInLoss(Map<String, Object> referral, String path, Object value) {
        return switch (path) {
            case DealType.HELP -> "the deal is closed without being won, so Microsoft is not asked for help with it";
            case DealCompletion.NOTES -> "the deal is closed without being won, so Microsoft is told nothing of it";
            case DealType.SHARE -> Boolean.TRUE.equals(value) && !Paths.isTrue(referral, path)
                    ? "the deal is closed without being won, so it is not shown to Microsoft's sellers any more" : null;
            default -> null;
        };
    }

    @Override
    public Map<String, Object> standInForReason(Map<String, Object> referral, Map<String, Object> patch) {
        return missingReason.of(referral, patch);
    }

    /**
     * The verb goes on without what a null part does not take and without a name that is refused, and asks for no help
     * where Microsoft is in the deal already.
     */
    @Override
    public String notTaken(Map<String, Object> before, Map<String, Object> now, String path, Object wanted) {
        if (OF_INVITATION.contains(path)) {
            // They go to Microsoft's referral; our own may show nothing of them.
            return !MicrosoftPart.isNotedAsThere(now) || Objects.equals(Paths.get(now, path), wanted) ? null
                    : "Microsoft already has its part in the deal, so nothing was sent; tell Microsoft's seller"
                            + " directly";
        }
        String missing = PatchRules.missingPart(before, path);
        if (missing != null && PatchRules.missingPart(now, path) != null) {
            return PatchRules.withoutPart(missing);
        }
        Object name = now.get("name");
        return path.equals("name") && Objects.equals(name, before.get("name")) && !Objects.equals(name, wanted)
                ? NO_NEW_NAME : null;
    }

    @Override
    public boolean required(String path) {
        return REQUIRED.contains(path);
    }

    @Override
    public boolean isToBeLedBy(Map<String, Object> contact, Map<String, Object> referral) {
        List<?> contacts = Paths.list(referral, PatchRules.CONTACTS);
        return !Members.led(contacts) || DealRules.reachable(contact) && !Members.same(contacts.get(0), contact);
    }

    @Override
    public List<?> contactsLedBy(Map<String, Object> contact, Map<String, Object> referral) {
        return Members.leading(List.of(contact), Paths.list(referral, PatchRules.CONTACTS));
    }

    @Override
    public StatusMove move(Map<String, Object> referral, Map<String, Object> wanted) {
        StatusMachine.Move move = machine.plan(Paths.text(referral, "status"), Paths.text(referral, "substatus"),
                (String) wanted.get("status"), (String) wanted.get("substatus"));
        if (!move.allowed()) {
            return new StatusMove.Refused(move.refusal());
        }
        Map<String, Object> patch = new LinkedHashMap<>();
        if (move.moves()) {
            patch.put("status", move.status());
            patch.put("substatus", move.substatus());
        }
        return new StatusMove.Allowed(patch);
    }
}
