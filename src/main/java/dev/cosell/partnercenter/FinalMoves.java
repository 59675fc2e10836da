package dev.cosell.partnercenter;

import dev.cosell.sync.decide.ReferralRules.Irreversible;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The changes that nobody can take back in Partner Center: closing a deal, and showing it to Microsoft. */
final class FinalMoves {
    /** Microsoft may refuse to register a deal that was won sooner after its creation. */
    static final Duration REGISTRATION_TIME = Duration.ofHours(72);
    private static final String REGISTRATION = "Microsoft may refuse to register a deal that is won within 72 hours "
            + "after its creation";

    private static final String ASKING = "Asking Microsoft for help with the deal";
    private static final String SHOWING = "Showing the deal to Microsoft's sellers";
    private static final String CREATING_WITH_HELP =
            "Creating the deal in Partner Center with a request for Microsoft's help";
    private static final String CREATING_VISIBLE =
            "Creating the deal in Partner Center, visible to Microsoft's sellers";

    private final Duration wonDelay;

    /** @param wonDelay time between creation and Won; zero for none */
    FinalMoves(Duration wonDelay) {
        this.wonDelay = wonDelay;
    }

    /** @param referral null when it is still to be created */
    Irreversible of(Map<String, Object> referral, Map<String, Object> patch, Instant now) {
        if ("Closed".equals(patch.get("status"))) {
            return closing(referral, patch, now);
        }
        boolean asks = asksForHelp(patch.get(DealType.HELP));
        if (referral == null) {
            return asks || Boolean.TRUE.equals(patch.get(DealType.SHARE)) ? creation(asks) : null;
        }
        if (asks && DealType.of(referral) != DealType.CO_SELL) {
            return move(ASKING, "clear \"How can Microsoft help?\" to ask for none");
        }
        return Boolean.TRUE.equals(patch.get(DealType.SHARE)) && !Paths.isTrue(referral, DealType.SHARE)
                ? move(SHOWING, "set the visibility back to keep it private") : null;
    }

    /** See {@link dev.cosell.sync.decide.ReferralRules#isDone}. */
    static boolean isDone(Map<String, Object> referral, String what) {
        return switch (what) {
            case ASKING, CREATING_WITH_HELP -> DealType.of(referral) == DealType.CO_SELL;
            case SHOWING, CREATING_VISIBLE -> DealType.of(referral) != DealType.PRIVATE;
            default -> "Closed".equalsIgnoreCase(Paths.text(referral, "status"))
                    && what.equalsIgnoreCase(ending(Paths.text(referral, "substatus")));
        };
    }

    private static Irreversible creation(boolean asks) {
        return asks ? move(CREATING_WITH_HELP,
                "clear \"How can Microsoft help?\" and the visibility to create a private deal, or switch the sync off")
                : move(CREATING_VISIBLE,
                "set the visibility back to create a private deal, or switch the sync off");
    }

    private Irreversible closing(Map<String, Object> referral, Map<String, Object> patch, Instant now) {
        String how = String.valueOf(patch.get("substatus"));
        String what = ending(how);
        if (how.equals("Declined")) {
            return move(what, "set the stage back to leave it unanswered");
        }
        String undo = "set the stage back to keep the deal open";
        Instant created = created(referral);
        boolean waits = how.equals("Won") && created != null && created.plus(wonDelay).isAfter(now);
        return waits ? new Irreversible(what, undo, created.plus(wonDelay), REGISTRATION) : move(what, undo);
    }

    private static String ending(String substatus) {
        return switch (String.valueOf(substatus)) {
            case "Declined" -> "Declining the deal in Partner Center";
            case "Won" -> "Closing as won in Partner Center";
            case "Lost" -> "Closing as lost in Partner Center";
            default -> "Closing as " + substatus + " in Partner Center";
        };
    }

    private static Irreversible move(String what, String undo) {
        return new Irreversible(what, undo, null, null);
    }

    private static boolean asksForHelp(Object help) {
        return help != null && !help.toString().isBlank() && !"Unknown".equalsIgnoreCase(help.toString());
    }

    /** A warning when a deal that may be registered is won too soon; null otherwise. */
    static String caution(Map<String, Object> referral, Map<String, Object> patch, Instant now) {
        Instant created = created(referral);
        boolean soon = "Won".equals(patch.get("substatus")) && created != null
                && created.plus(REGISTRATION_TIME).isAfter(now);
        return soon && DealType.of(referral) != DealType.PRIVATE ? "Won soon: " + REGISTRATION : null;
    }

    private static Instant created(Map<String, Object> referral) {
        return Paths.instant(referral, "createdDateTime");
    }
}
