package dev.cosell.mapping;

import dev.cosell.mapping.ValueLine.CrmPattern;
import dev.cosell.mapping.ValueLine.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the block of text of a value map and names every bad line at once. */
final class ValueLines {
    private final ValueShape crm;
    private final ValueShape referral;

    ValueLines(ValueShape crm, ValueShape referral) {
        this.crm = crm;
        this.referral = referral;
    }

    List<ValueLine> parse(String block) {
        List<ValueLine> lines = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        Set<List<String>> seen = new HashSet<>();
        int number = 0;
        for (String text : block.lines().map(String::strip).toList()) {
            number++;
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            try {
                ValueLine line = line(text);
                if (!seen.add(line.referralKey())) {
                    throw new MappingFault(
                            "\"" + line.referral() + "\" has a line already: put all its CRM values into one");
                }
                lines.add(line);
            } catch (MappingFault fault) {
                faults.add("value line " + number + ", \"" + text + "\": " + fault.getMessage());
            }
        }
        if (lines.isEmpty() && faults.isEmpty()) {
            faults.add("the value map has no lines");
        }
        if (!faults.isEmpty()) {
            throw new MappingFault("bad value map:", faults);
        }
        return List.copyOf(lines);
    }

    private ValueLine line(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new MappingFault("there is no = between the Partner Center value and the CRM values");
        }
        String referralText = text.substring(0, equals).strip();
        if (referralText.isEmpty()) {
            throw new MappingFault("there is no Partner Center value before the =: write empty for an empty field");
        }
        if (referral.fields() == 1 && referralText.contains("/")) {
            throw new MappingFault(
                    "\"" + referralText + "\" is a value of several Partner Center fields, but the row names one");
        }
        List<CrmPattern> patterns = new ValueWords(text.substring(equals + 1), crm.fields()).read().stream()
                .map(this::pattern).toList();
        if (patterns.isEmpty()) {
            throw new MappingFault("there is no CRM value behind the =: write empty for an empty field");
        }
        if (patterns.get(0).isWildcard()) {
            throw new MappingFault("the first CRM value is the one to write and cannot be *");
        }
        List<Part> parts = referralParts(referralText);
        return new ValueLine(String.join("/", parts.stream().map(Part::text).toList()),
                ValueShape.key(parts.stream().map(Part::key)), referral.written(parts), patterns,
                crm.written(patterns.get(0).parts()));
    }

    private List<Part> referralParts(String text) {
        Part whole = new Part(text, false);
        return whole.isEmpty() ? List.of(whole)
                : referral.parts(text).stream().map(part -> new Part(part, false)).toList();
    }

    private CrmPattern pattern(List<Part> parts) {
        boolean all = parts.size() == 1 && (parts.get(0).isAny() || parts.get(0).isEmpty());
        if (!all && parts.size() != crm.fields()) {
            throw new MappingFault(crm.wrongParts(new CrmPattern(parts).text(), parts.size())
                    + "; a part with a slash stands in double quotes");
        }
        return new CrmPattern(parts);
    }
}
