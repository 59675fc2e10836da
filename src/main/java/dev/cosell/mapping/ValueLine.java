package dev.cosell.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One line of a value map.
 *
 * @param referral      the Partner Center value as written, {@code empty} for an empty field
 * @param referralKey   the same as looked up, see {@link ValueShape#key}
 * @param referralValue what is put into a referral; null or a list of nulls for an empty field
 * @param crm           the CRM values as written, the first being the one to write
 * @param crmValue      what is put into a CRM record
 */
record ValueLine(String referral, List<String> referralKey, Object referralValue, List<CrmPattern> crm,
        Object crmValue) {

    /** A value of one field as a line has it. @param quoted whether it means nothing but itself */
    record Part(String text, boolean quoted) {
        boolean isEmpty() {
            return !quoted && text.equalsIgnoreCase(ValueShape.EMPTY);
        }

        boolean isAny() {
            return !quoted && text.equals(ValueShape.ANY);
        }

        /** Whether it is the word that otherwise stands for an empty field. */
        boolean isTheWord() {
            return quoted && text.equalsIgnoreCase(ValueShape.EMPTY);
        }

        String key() {
            return isEmpty() ? null : isTheWord() ? ValueShape.THE_WORD : text.toLowerCase(Locale.ROOT);
        }

        private boolean matches(String key) {
            return isAny() ? key != null : Objects.equals(key(), key);
        }
    }

    /** @param parts one for each field; a single star, or {@code empty}, may stand for all of them */
    record CrmPattern(List<Part> parts) {
        String text() {
            return String.join("/", parts.stream().map(Part::text).toList());
        }

        boolean isWildcard() {
            return parts.stream().anyMatch(Part::isAny);
        }

        /** As looked up, of a value without stars. */
        List<String> key() {
            return ValueShape.key(parts.stream().map(Part::key));
        }

        /** @param key of a record's value that is not empty, as looked up */
        boolean matches(List<String> key) {
            if (parts.size() == 1 && parts.get(0).isAny()) {
                return true;
            }
            if (parts.size() != key.size()) {
                return false;
            }
            for (int i = 0; i < key.size(); i++) {
                if (!parts.get(i).matches(key.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }
}
