package dev.cosell.mapping;

import java.util.List;

/**
 * One line of a value map.
 *
 * @param referral      the Partner Center value as written, {@code empty} for an empty field
 * @param referralValue what is put into a referral; null or a list of nulls for an empty field
 * @param crm           the CRM values as written, the first being the one to write
 * @param crmValue      what is put into a CRM record
 */
record ValueLine(String referral, Object referralValue, List<CrmPattern> crm, Object crmValue) {

    /** @param wildcard parts of which some are {@code *}; null when the text is a plain value */
    record CrmPattern(String text, List<String> wildcard) {
        /** @param parts of the record's value, as looked up */
        boolean matches(List<String> parts) {
            if (parts.size() != wildcard.size()) {
                return false;
            }
            for (int i = 0; i < parts.size(); i++) {
                String expected = wildcard.get(i);
                boolean fits = expected.equals(ValueShape.ANY) ? !parts.get(i).equals(ValueShape.EMPTY)
                        : expected.equalsIgnoreCase(parts.get(i));
                if (!fits) {
                    return false;
                }
            }
            return true;
        }
    }
}
