package dev.cosell.explain;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Mappings;
import dev.cosell.mapping.Row;
import dev.cosell.mapping.text.MappingText;
import dev.cosell.mapping.text.MappingTexts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Where in the mapping files the rows in force stand. */
public final class Rules {
    private static final List<String> NAME = List.of("name");

    private final Mappings mappings;
    private final Supplier<Map<String, String>> texts;

    /** @param texts those in force under {@code routes/}, by file name */
    public Rules(Mappings mappings, Supplier<Map<String, String>> texts) {
        this.mappings = mappings;
        this.texts = texts;
    }

    /**
     * A row as somebody wrote it.
     *
     * @param line of the file, counted from 1
     * @param text the whole row
     */
    public record Rule(String file, int line, String text) {}

    CompiledTable opportunities(String crm) {
        return mappings.of(crm).opportunity();
    }

    CompiledTable leads(String crm) {
        return mappings.of(crm).lead();
    }

    /** Name of the row that maps the name of a deal; empty when none does, or the CRM is not synced any more. */
    Optional<String> nameRow(String crm) {
        return mappings.of(crm) == null ? Optional.empty()
                : opportunities(crm).rows().stream().filter(row -> row.referralPaths().equals(NAME)).map(Row::name)
                .findFirst();
    }

    /** Each row of a table with its place; rows whose place is not known are missing. */
    Map<Row, Rule> of(String crm, CompiledTable table) {
        MappingTexts all = new MappingTexts(texts.get());
        String file = all.file(crm, table.name());
        List<MappingText.Line> written = all.in(file).lines(table.name()).stream().filter(MappingText.Line::isRow)
                .toList();
        Map<Row, Rule> rules = new HashMap<>();
        if (written.size() == table.rows().size()) {
            for (int i = 0; i < written.size(); i++) {
                rules.put(table.rows().get(i), new Rule(file, written.get(i).number(), written.get(i).text()));
            }
        }
        return rules;
    }
}
