package dev.cosell.setup;

import dev.cosell.setup.Field.Choice;
import dev.cosell.setup.Present.Found;
import dev.cosell.setup.Present.KeyState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A blueprint minus what is there.
 *
 * @param table   whether the object or table of solution rows is missing
 * @param lookup  whether its way to the opportunity is missing
 * @param fields  missing fields, those of the solution rows included
 * @param choices missing values of picklists that are there
 * @param keys    fields that are no keys yet, though they have to be
 * @param tracked tables without change tracking
 * @param byHand  what only a person can put right
 */
public record Gaps(boolean table, boolean lookup, List<Field> fields, Map<Field, List<Choice>> choices,
        List<Field> keys, List<String> tracked,
        List<String> byHand) {

    public static Gaps between(Blueprint wanted, Present there) {
        List<Field> all = new ArrayList<>(wanted.fields());
        all.add(wanted.solutions().idField());
        Gaps gaps = new Gaps(!there.hasSolutions(), !there.hasLookup(), new ArrayList<>(), new LinkedHashMap<>(),
                new ArrayList<>(),
                new ArrayList<>(wanted.tables()), new ArrayList<>());
        if (there.hasSolutions()) {
            gaps.tracked.add(wanted.solutions().name());
        }
        gaps.tracked.removeIf(there::isTracked);
        all.forEach(field -> gaps.compare(field, there.found(field.table(), field.name()), there.key(field)));
        wanted.unknown().stream().filter(unknown -> there.found(unknown.table(), unknown.name()) == null)
                .forEach(unknown -> gaps.byHand.add(
                        "Create the field " + unknown.fullName() + ", which the mapping "
                                + (unknown.written() ? "fills from" : "reads for") + " Partner Center's "
                                + unknown.referralField() + ": its type is not known here."));
        return gaps;
    }

    private void compare(Field field, Found found, KeyState key) {
        if (found == null) {
            fields.add(field);
        } else if (!field.isServedBy(found.kind())) {
            byHand.add(field.fullName() + " is there, but of type " + found.type() + "; the sync needs "
                    + field.kind().words()
                    + ". Name another field in the settings or the mapping.");
            return;
        } else {
            compare(field, found);
        }
        if (field.key() && key != KeyState.ACTIVE) {
            keys.add(field);
        }
    }

    private void compare(Field field, Found found) {
        if (found.length() > 0 && found.length() < field.length()) {
            byHand.add(field.fullName() + " holds " + found.length() + " characters; lengthen it to " + field.length()
                    + ", or the sync will stop at longer texts.");
        }
        if (field.kind() != Kind.CHOICE || found.kind() != Kind.CHOICE) {
            return;
        }
        if (found.choices() == null) {
            byHand.add("See that the list of values that " + field.fullName() + " shares with other fields holds "
                    + String.join(", ", field.choices().stream().map(Choice::value).toList()) + ".");
        } else {
            List<Choice> missing = field.choices().stream().filter(choice -> !found.choices().contains(choice.value()))
                    .toList();
            if (!missing.isEmpty()) {
                choices.put(field, missing);
            }
        }
    }
}
