package dev.cosell.explain;

import dev.cosell.sync.decide.Action;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.sync.decide.RowFinding;
import dev.cosell.sync.decide.Situation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the names in our books mean, in one sentence each, for people who have never seen them. */
final class Words {
    /** What stands in the place of a situation where no comparison gave one. */
    private static final Map<String, String> OTHERS = Map.of(
            "BROKEN_RULE", "The record breaks a rule of the other side.",
            "JOINED", "A person said that these two records are one deal.",
            "ASKED", "A person asked for it.",
            "GIVEN_UP", "A lead of the marketplace was parked for too long, and its text was deleted.",
            "BRAKE", "The brake stopped a direction, or a person released it.",
            "DEAL_REGISTRATION", "It is about the registration of a won deal.");

    private Words() {}

    /** @param name of a situation; a name that no comparison gives has no sentence and answers null */
    static String ofSituation(String name) {
        return Situation.named(name).map(Situation::meaning).orElseGet(() -> OTHERS.get(name));
    }

    /** Names of the situations whose sentence holds this text, in any case. */
    static List<String> situations(String text) {
        String part = text.toLowerCase(Locale.ROOT);
        return Stream.concat(Arrays.stream(Situation.values()).map(Situation::name), OTHERS.keySet().stream().sorted())
                .filter(name -> ofSituation(name).toLowerCase(Locale.ROOT).contains(part)).toList();
    }

    /** What a sync would do. */
    static String of(Action action) {
        return switch (action) {
            case CREATE_OPPORTUNITY -> "It would create the opportunity.";
            case CREATE_REFERRAL -> "It would create the referral.";
            case UPDATE -> "It would write what is listed below.";
            case CLOSE -> "It would write what is listed below and close the opportunity.";
            case NOTHING -> "It would write nothing.";
            case TELL -> "It would tell the opportunity so and write nothing else.";
            case PARK -> "It would park the record and write no field.";
            case LEAD -> "It would look for the lead in the CRM.";
            case CREATE_LEAD -> "It would create the lead.";
            case UPDATE_LEAD -> "It would write to the lead what is listed below.";
            case ACCEPT_LEAD -> "It would make an opportunity of the lead.";
        };
    }

    static String of(LinkState state) {
        return switch (state) {
            case LINKED -> "synced";
            case PARKED, CLAIMED -> "parked";
            case ORPHANED -> "one side is gone";
        };
    }

    static String of(RowFinding.Outcome outcome) {
        return switch (outcome) {
            case SAME -> "both show the same";
            case STAYS -> "differs, and nothing moved since it was last compared";
            case TO_CRM -> "goes to the CRM";
            case TO_PARTNER_CENTER -> "goes to Partner Center";
            case NOT_SENT -> "moved, and its row does not send it to the other side";
            case WAITS -> "waits until the deal is accepted or closed";
            case REFUSED -> "stays: the other side cannot take it";
            case HELD -> "waits: it cannot be taken back";
            case STOPPED -> "waits: the brake has stopped this direction";
            case UNDECIDED -> "a person has to decide";
            case FAULTY -> "breaks a rule";
        };
    }
}
