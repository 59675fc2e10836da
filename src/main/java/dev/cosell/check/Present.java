package dev.cosell.check;

import dev.cosell.mapping.Demand.Kind;
import java.util.List;
import java.util.Set;

/**
 * A field as the CRM describes it to our user.
 *
 * @param type   the CRM's own word, for people
 * @param holds  what it can hold
 * @param length most characters; 0 for fields that hold no text
 * @param create whether our user may write it into a new record
 * @param update whether our user may write it later
 * @param values the values it may have; null when it is no choice
 */
public record Present(String name, String type, Set<Kind> holds, int length, boolean create, boolean update,
        List<String> values) {}
