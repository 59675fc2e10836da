package dev.cosell.partnercenter;

import dev.cosell.sync.ReferralRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the sync has to know of referrals, told by the classes that know it. */
public final class PartnerCenterRules implements ReferralRules {
    private final ReferralView view = new ReferralView();
    private final StatusMachine machine = new StatusMachine();
    private final String linkTemplate;

    /** @param linkTemplate the portal's address of a referral, with {@code {id}} or {@code {engagementId}} in it */
    public PartnerCenterRules(String linkTemplate) {
        this.linkTemplate = linkTemplate;
    }

    @Override
    public String system() {
        return view.system();
    }

    @Override
    public String id(Map<String, Object> referral) {
        return view.id(referral);
    }

    @Override
    public String version(Map<String, Object> referral) {
        return view.version(referral);
    }

    @Override
    public Instant modifiedAt(Map<String, Object> referral) {
        return view.modifiedAt(referral);
    }

    @Override
    public boolean own(Map<String, Object> referral) {
        return view.own(referral);
    }

    @Override
    public boolean lead(Map<String, Object> referral) {
        return view.kind(referral) != ReferralKind.OPPORTUNITY;
    }

    @Override
    public List<String> missingInDeal(Map<String, Object> referral) {
        List<String> missing = new ArrayList<>();
        if (Paths.blank(referral, "details.dealValue")) {
            missing.add("the lead has no deal value; enter it in Partner Center");
        }
        if (Paths.blank(referral, "details.closingDateTime")) {
            missing.add("the lead has no closing date; enter it in Partner Center");
        }
        return missing;
    }

    @Override
    public boolean closed(Map<String, Object> referral) {
        return view.closed(referral);
    }

    @Override
    public boolean won(Map<String, Object> referral) {
        return "Won".equalsIgnoreCase(Paths.text(referral, "substatus"));
    }

    @Override
    public String reason(Map<String, Object> referral) {
        String reason = Paths.text(referral, "statusReason");
        return reason == null ? "" : reason;
    }

    @Override
    public boolean awaitingAnswer(Map<String, Object> referral) {
        return "New".equalsIgnoreCase(Paths.text(referral, "status"));
    }

    @Override
    public String externalReference(Map<String, Object> referral) {
        return view.externalReferenceId(referral);
    }

    @Override
    public String engagementId(Map<String, Object> referral) {
        return view.engagementId(referral);
    }

    @Override
    public String link(Map<String, Object> referral) {
        return linkTemplate.replace("{id}", view.id(referral)).replace("{engagementId}", String.valueOf(view.engagementId(referral)));
    }

    @Override
    public String refusal(Map<String, Object> referral, String path, Object value) {
        if (path.equals(DealType.SHARE) && !Boolean.TRUE.equals(value) && Paths.isTrue(referral, DealType.SHARE)) {
            return "a deal that Microsoft's sellers may see cannot be hidden from them again";
        }
        boolean helpAsked = DealType.of(referral) == DealType.CO_SELL;
        if (path.equals(DealType.HELP) && (value == null || helpAsked)) {
            return "help that was asked for cannot be changed or taken back; tell Microsoft's seller";
        }
        return null;
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
