package dev.cosell.mapping;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds the converter behind a word of the converter column: a built-in one, or a bean. */
final class ConverterNames {
    private static final Set<String> BUILT_IN = Set.of(
            "text", "email", "phone", "id", "dealName", "money", "date", "code", "flag", "lines", "country",
            "solutions", "employees", "people", "richText");
    private static final String DATE = "date";
    private static final Set<String> WITH_BRACKETS = Set.of("text", "email", "phone", "id", "dealName", "lines",
            "people", "solutions", "richText", DATE);

    private final Function<String, Converter> beans;
    private final Years years;
    private final Set<String> known = new TreeSet<>(BUILT_IN);

    /** @param years whose dates the CRM holds */
    ConverterNames(Function<String, Converter> beans, Set<String> beanNames, Years years) {
        this.beans = beans;
        this.years = years;
        known.addAll(beanNames);
    }

    Set<String> known() {
        return known;
    }

    /**
     * @param word a name, or a name with a limit such as {@code text(120)} or a number of days such as {@code date(90)}
     */
    Converter find(String word) {
        int bracket = word.indexOf('(');
        if (bracket >= 0) {
            return limited(word, word.substring(0, bracket).strip(), word.substring(bracket + 1).strip());
        }
        Converter builtIn = builtIn(word, Text.UNLIMITED);
        Converter converter = builtIn != null ? builtIn : beans.apply(word);
        if (converter == null) {
            throw new MappingFault("the converter \"" + word + "\" is unknown" + NearestWord.hint(word, known));
        }
        return converter;
    }

    private Converter limited(String word, String name, String rest) {
        if (!WITH_BRACKETS.contains(name)) {
            throw new MappingFault("the converter \"" + name + "\" takes no limit in brackets"
                    + NearestWord.hint(name, WITH_BRACKETS));
        }
        String digits = rest.endsWith(")") ? rest.substring(0, rest.length() - 1).strip() : "";
        if (name.equals(DATE)) {
            return day(word, digits);
        }
        if (!digits.matches("[1-9][0-9]{0,8}")) {
            throw new MappingFault(
                    "the limit in \"" + word + "\" must be a number of characters, as in " + name + "(120)");
        }
        return builtIn(name, Integer.parseInt(digits));
    }

    private Converter day(String word, String digits) {
        if (!digits.matches("[0-9]{1,4}")) {
            throw new MappingFault("the brackets in \"" + word + "\" must hold a number of days, as in date(90)");
        }
        return new Day(Integer.parseInt(digits), years);
    }

    private Converter builtIn(String name, int limit) {
        return switch (name) {
            case "text" -> new Text(limit);
            case "email" -> new Email(limit);
            case "phone", "id" -> new Identifier(limit);
            case "dealName" -> new DealName(limit);
            case "money" -> new Money();
            case "date" -> new Day(Day.NO_STAND_IN, years);
            case "code" -> new Code();
            case "flag" -> new Flag();
            case "lines" -> new Lines(limit);
            case "country" -> new Country();
            case "solutions" -> new Solutions(limit == Text.UNLIMITED ? Solutions.USUAL_NAME : limit);
            case "employees" -> new Employees();
            case "richText" -> new RichText(limit);
            case "people" -> new People(limit);
            default -> null;
        };
    }
}
