package dev.cosell.sync.books;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Records of one CRM, as a condition on their links. For {@code crm = ? AND crm_id IN (…)} H2 (2.4.240) would read
 * every link of the CRM: it does not look the members of a list up where another column of the index comes before them.
 *
 * @param column {@code crm_id} or {@code referral_id}
 * @param ids    at least one
 */
record RecordsOf(String crm, String column, Collection<String> ids) {
    String condition() {
        return "(crm, " + column + ") IN ((?, ?)" + ", (?, ?)".repeat(ids.size() - 1) + ")";
    }

    /** For the marks of the condition, in their order. */
    List<Object> values() {
        return ids.stream().<Object>flatMap(id -> Stream.of(crm, id)).toList();
    }
}
