package dev.cosell.mapping.examples;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFault;
import dev.cosell.mapping.ConversionFaults;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.FieldPath;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether a deal becomes these records of the CRM and these become this referral, whether both are taken for the same,
 * and whether an update in either direction makes them so.
 */
final class DealTrial {
    private static final String FROM_CRM = "referral-from-crm.json";

    private final Example example;
    private final List<Side> sides;
    private final List<String> differences = new ArrayList<>();

    /** A table, what it is about on each side, null where the example says nothing, and the name of its part. */
    private record Side(String part, CompiledTable table, Map<String, Object> referral, Map<String, Object> crm) {
        boolean isWhole() {
            return referral != null && crm != null;
        }
    }

    DealTrial(Example example, CrmMapping mapping) {
        this.example = example;
        Map<String, Object> referral = example.json(Example.REFERRAL);
        Map<String, Object> customer = referral == null ? null : object(referral.get("customerProfile"));
        this.sides = List.of(new Side("deal", mapping.opportunity(), referral, example.json("opportunity.json")),
                new Side("customer", mapping.account(), customer, example.json("account.json")),
                new Side("contact", mapping.contact(), contact(customer), example.json("contact.json")));
    }

    List<String> differences() {
        if (example.has(Example.FAULTS)) {
            differences.addAll(Differences.between(faults(), example.faults()));
            return differences;
        }
        if (sides.get(0).crm() == null) {
            return List.of("opportunity.json is missing");
        }
        try {
            sides.stream().filter(Side::isWhole).forEach(this::becomesTheCrmRecord);
            becomesTheReferral();
            sides.stream().filter(Side::isWhole).forEach(this::showTheSame);
            updatesMakeThemTheSame(sides.get(0));
        } catch (ConversionFaults faults) {
            differences.addAll(faults.sentences());
        } catch (ConversionFault fault) {
            differences.add(fault.getMessage());
        }
        return differences;
    }

    private void becomesTheCrmRecord(Side side) {
        Map<String, Object> expected = new LinkedHashMap<>(side.crm());
        Set<String> unwritten = new HashSet<>();
        Set<String> written = new HashSet<>();
        side.table().rows().forEach(row -> (row.toCrmOnCreate() ? written : unwritten).addAll(row.crmPaths()));
        // A field that one row only reads may be written by another: a stage is both a status and a sales stage.
        unwritten.removeAll(written);
        expected.keySet().removeAll(unwritten);
        Differences.between(side.table().newCrmRecord(side.referral()), expected)
                .forEach(each -> differences.add(side.part() + " in the CRM: " + each));
    }

    private void becomesTheReferral() {
        Map<String, Object> document = new LinkedHashMap<>();
        Map<String, Object> expected = new LinkedHashMap<>();
        for (Side side : sides) {
            if (side.crm() != null) {
                document.put(side.part(), side.table().newReferral(side.crm()));
                expected.put(side.part(), side.referral() == null ? Map.of() : writtenAtCreation(side));
            }
        }
        Map<String, Object> own = example.json(FROM_CRM);
        if (own != null || sides.get(0).isWhole()) {
            Differences.between(document, own == null ? expected : own)
                    .forEach(each -> differences.add("in Partner Center: " + each));
        }
    }

    /** The part of a referral that a table writes into a new one. */
    private static Map<String, Object> writtenAtCreation(Side side) {
        Map<String, Object> part = new LinkedHashMap<>();
        for (Row row : side.table().rows()) {
            if (row.toReferralOnCreate()) {
                for (String path : row.referralPaths()) {
                    Value value = new FieldPath(path).read(side.referral());
                    if (value.hasContent()) {
                        new FieldPath(path).put(part, value.content());
                    }
                }
            }
        }
        return part;
    }

    private void showTheSame(Side side) {
        for (Row row : side.table().rows()) {
            Value referral = row.referralValue(side.referral());
            Value crm = row.crmValue(side.crm());
            if (!row.same(referral, crm)) {
                differs(row, referral, crm);
            }
            survives(row, row.normalReferral(referral));
            survives(row, row.normalCrm(crm));
        }
    }

    private void differs(Row row, Value referral, Value crm) {
        differences.add("row " + row.name() + " takes " + Differences.shown(referral.content())
                + " in Partner Center and " + Differences.shown(crm.content()) + " in the CRM for different");
    }

    private void survives(Row row, Object kept) {
        if (!Objects.equals(Example.roundTrip(kept), kept)) {
            differences.add("row " + row.name() + ": " + Differences.shown(kept)
                    + " does not come back from our database as it was");
        }
    }

    private void updatesMakeThemTheSame(Side side) {
        for (Row row : side.table().rows()) {
            if (row.toReferralOnUpdate()) {
                Value crm = row.crmValue(side.crm());
                Map<String, Object> patch = new LinkedHashMap<>();
                row.putReferral(patch, crm);
                Map<String, Object> document = new LinkedHashMap<>();
                patch.forEach((path, content) -> new FieldPath(path).put(document, content));
                if (!row.same(row.referralValue(document), crm)) {
                    differs(row, row.referralValue(document), crm);
                }
            }
            if (row.toCrmOnUpdate() && side.referral() != null) {
                Value referral = row.referralValue(side.referral());
                Map<String, Object> patch = new LinkedHashMap<>();
                row.putCrm(patch, referral);
                if (!row.same(referral, row.crmValue(patch))) {
                    differs(row, referral, row.crmValue(patch));
                }
            }
        }
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (Side side : sides) {
            if (side.referral() != null) {
                faults.addAll(faults(() -> side.table().newCrmRecord(side.referral())));
            }
            if (side.crm() != null) {
                faults.addAll(faults(() -> side.table().newReferral(side.crm())));
            }
        }
        return faults;
    }

    private static List<String> faults(Supplier<Map<String, Object>> translation) {
        try {
            translation.get();
            return List.of();
        } catch (ConversionFaults faults) {
            return faults.sentences();
        }
    }

    private static Map<String, Object> contact(Map<String, Object> customer) {
        return customer != null && customer.get("team") instanceof List<?> team && !team.isEmpty()
                ? object(team.get(0)) : null;
    }

    @SuppressWarnings("unchecked") // JSON objects have text keys
    private static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : null;
    }
}
