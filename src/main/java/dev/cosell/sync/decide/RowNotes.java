package dev.cosell.sync.decide;

import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.Row;
import dev.cosell.sync.decide.RowFinding.Moved;
import dev.cosell.sync.decide.RowFinding.Outcome;
import dev.cosell.verbs.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a comparison writes down, row by row: what travels, what is agreed, and what is said about it. */
final class RowNotes {
    /** What is decided about a row and not done yet. */
    private static final Set<Outcome> OPEN = EnumSet.of(Outcome.WAITS, Outcome.HELD, Outcome.STOPPED);

    private final Referral referral;
    private final AgreedValues base;
    private final Map<String, Object> referralPatch = new LinkedHashMap<>();
    private final Map<String, Object> crmPatch = new LinkedHashMap<>();
    private final Map<String, Agreed> agreed = new HashMap<>();
    private final List<String> written = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<Undecided> undecided = new ArrayList<>();
    private final List<Reason> faults = new ArrayList<>();
    /** Of the row that is looked at. */
    private final List<String> said = new ArrayList<>();
    private RowSides sides;
    private Outcome outcome;
    private Map<String, Object> patched;
    private boolean conflict;
    private boolean tied;
    private boolean closesCrm;

    RowNotes(Referral referral, AgreedValues base) {
        this.referral = referral;
        this.base = base;
    }

    /** All that follows is about this row. */
    void begin(RowSides next) {
        sides = next;
        outcome = Outcome.STAYS;
        patched = Map.of();
        said.clear();
        tied = false;
    }

    /** It goes the way of another row, whoever has changed it. */
    void tied() {
        tied = true;
    }

    RowFinding finding(Moved moved) {
        return sides.finding(base, moved, outcome, patched, said);
    }

    Merged merged() {
        return new Merged(referralPatch, crmPatch, new AgreedValues(agreed), written, story, refusals, undecided,
                faults, conflict, closesCrm);
    }

    void tell(String sentence) {
        say(story, sentence);
    }

    private void say(List<String> where, String sentence) {
        where.add(sentence);
        said.add(sentence);
    }

    /** Both show the same. */
    void same() {
        known(Outcome.SAME);
    }

    /** The row does not travel that way: both values are known from now on. */
    void notSent() {
        known(Outcome.NOT_SENT);
    }

    /** A refused change is said once: the next comparison takes both values as known. */
    void refused(String why) {
        known(Outcome.REFUSED);
        say(refusals, FieldNews.stays(sides.row().name(), sides.referralNow(), sides.crmNow(), why));
    }

    private void known(Outcome now) {
        tellOfArrival();
        agreed.put(sides.row().name(), sides.agreed());
        outcome = now;
    }

    /** A write to Partner Center whose sync did not come to its end was told by nobody yet. */
    private void tellOfArrival() {
        FieldNews.arrived(sides.row().name(), base.of(sides.row()), sides.referralNow()).stream()
                .filter(sentence -> !story.contains(sentence)).forEach(this::tell);
    }

    /** It moved, and what was agreed before holds until the change has come to its end. */
    void moved(Moved which) {
        conflict |= which == Moved.BOTH;
        if (base.of(sides.row()) != null) {
            agreed.put(sides.row().name(), base.of(sides.row()));
        }
    }

    /** A conflict is decided once: what lost is known from now on, even if what won cannot travel yet. */
    void lost(Moved winner) {
        if (OPEN.contains(outcome)) {
            tellOfArrival();
            tellOfLoss(winner == Moved.CRM ? sides.referralNow() : sides.crmNow());
            agreed.put(sides.row().name(), sides.without(winner, base.of(sides.row())));
        }
    }

    /** Of what the brake has stopped no record is told. */
    private void tellOfLoss(Object value) {
        if (outcome != Outcome.STOPPED) {
            tell(sides.row().name() + " waits" + FieldNews.lost(value));
        }
    }

    void faulty(ConversionFault fault) {
        outcome = Outcome.FAULTY;
        faults.add(ValueCause.reason(fault));
        said.add(fault.getMessage());
    }

    void undecided(Undecided apart) {
        outcome = Outcome.UNDECIDED;
        undecided.add(apart);
    }

    /** It goes later. */
    void waits(Outcome how, Map<String, Object> what) {
        outcome = how;
        patched = what;
    }

    void toCrm(boolean bothMoved) {
        waits(Outcome.TO_CRM, sides.forCrm());
        sides.row().putCrm(crmPatch, sides.referral());
        travels(sides.crmNow(), sides.referralNow(), FieldNews.IN_THE_CRM, bothMoved);
    }

    /** The CRM's status follows a referral that is closed. */
    void closesCrm() {
        closesCrm = true;
    }

    void toReferral(Map<String, Object> what, boolean bothMoved) {
        waits(Outcome.TO_PARTNER_CENTER, what);
        referralPatch.putAll(patched);
        travels(sides.referralNow(), sides.crmNow(), FieldNews.IN_PARTNER_CENTER, bothMoved);
    }

    private void travels(Object from, Object to, String where, boolean bothMoved) {
        tellOfArrival();
        Row row = sides.row();
        written.add(row.name());
        String news = referral.news(row.referralPaths(), from, to);
        tell((news != null ? news : FieldNews.travels(row.name(), where, from, to))
                + (tied ? FieldNews.goesAlong(from) : bothMoved ? FieldNews.lost(from) : ""));
    }
}
