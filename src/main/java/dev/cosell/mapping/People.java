package dev.cosell.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A team in Partner Center as a CRM text: one line a person, with name, e-mail and phone. One way only. Two teams are
 * the same when they have the same lines, in whatever order; a text cut at the limit still counts as the whole.
 */
final class People implements Converter {
    private final int limit;

    /** @param limit the most characters the CRM field holds */
    People(int limit) {
        this.limit = limit;
    }

    @Override
    public Object toCrm(Object referralValue) {
        if (!(referralValue instanceof List<?> people)) {
            throw new ConversionFault(referralValue,
                    "is no list of people. Name a team of the referral, such as team or microsoft.team.");
        }
        String text = people.stream().map(People::line).filter(Objects::nonNull).collect(Collectors.joining("\n"));
        return text.isEmpty() ? null : Text.cut(text, limit);
    }

    @Override
    public Object toReferral(Object crmValue) {
        throw new ConversionFault(crmValue,
                "is a text about people, which goes to the CRM only. Write - in the column to Partner Center.");
    }

    @Override
    public Demand demand() {
        return Demand.text(limit);
    }

    @Override
    public Object normalReferral(Object referralValue) {
        return referralValue instanceof List<?> people
                ? form(people.stream().map(People::line).filter(Objects::nonNull)) : normalCrm(referralValue);
    }

    @Override
    public Object normalCrm(Object crmValue) {
        String text = Text.lineFeeds(Canonical.text(crmValue));
        return text == null ? null : form(text.lines().map(String::strip).filter(line -> !line.isEmpty()));
    }

    @Override
    public boolean same(Object referralValue, Object crmValue) {
        Object crm = normalCrm(crmValue);
        return Objects.equals(normalReferral(referralValue), crm)
                || referralValue instanceof List<?> && Objects.equals(normalCrm(toCrm(referralValue)), crm);
    }

    private static List<String> form(Stream<String> lines) {
        List<String> sorted = lines.sorted().toList();
        return sorted.isEmpty() ? null : new ArrayList<>(sorted);
    }

    /** Null for somebody of whom nothing is known. */
    private static String line(Object person) {
        if (!(person instanceof Map<?, ?> member)) {
            return Canonical.text(person);
        }
        String name = joined(" ", member.get("firstName"), member.get("lastName"));
        return joined(", ", name, member.get("email"), member.get("phoneNumber"));
    }

    private static String joined(String separator, Object... parts) {
        String text = Arrays.stream(parts).map(Canonical::text).filter(Objects::nonNull)
                .map(part -> part.replaceAll("\\s+", " "))
                .collect(Collectors.joining(separator));
        return text.isEmpty() ? null : text;
    }
}
