package dev.cosell.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Ids of records as operators paste them: with blanks, braces or capitals, 15 characters long, or a record's address.
 *
 * @param referral gives the id of a referral as Partner Center writes it; null when the text is none
 * @param crms     the same for the records of each CRM, by its name
 */
public record RecordIds(UnaryOperator<String> referral, Map<String, UnaryOperator<String>> crms) {
    public RecordIds {
        crms = Map.copyOf(crms);
    }

    /** The id of a referral; a text that is none stays as it is, without the blanks around it. */
    String ofReferral(String text) {
        return read(referral, text);
    }

    /** The id of a record of this CRM; a text that is none stays as it is, without the blanks around it. */
    String ofCrm(String crm, String text) {
        return read(crms.get(crm), text);
    }

    /** Every id that a text may stand for, the text itself first. */
    public List<String> all(String text) {
        List<UnaryOperator<String>> readers = new ArrayList<>(List.of(referral));
        readers.addAll(crms.values());
        return Stream
                .concat(Stream.of(text.strip()),
                        readers.stream().map(reader -> reader.apply(text)).filter(Objects::nonNull))
                .distinct().toList();
    }

    private static String read(UnaryOperator<String> reader, String text) {
        String read = reader.apply(text);
        return read == null ? text.strip() : read;
    }
}
