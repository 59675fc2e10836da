package dev.cosell.mapping.examples;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.ConversionFaults;
import dev.cosell.mapping.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Whether {@code referral.json} becomes this {@code lead.json}. */
record LeadTrial(Example example, CompiledTable table, UnaryOperator<Map<String, Object>> leadDocument) {

    List<String> differences() {
        Map<String, Object> referral = example.json(Example.REFERRAL);
        if (referral == null) {
            return List.of(Example.REFERRAL + " is missing");
        }
        Map<String, Object> document = leadDocument.apply(referral);
        Map<String, Object> lead = example.json(Example.LEAD);
        List<String> differences = new ArrayList<>();
        try {
            Differences.between(table.newCrmRecord(document), lead).forEach(each -> differences.add("lead: " + each));
        } catch (ConversionFaults faults) {
            differences.addAll(faults.sentences());
        }
        for (Row row : table.rows()) {
            if (!row.same(row.referralValue(document), row.crmValue(lead))) {
                differences.add("row " + row.name() + " takes the two sides for different");
            }
        }
        return differences;
    }
}
