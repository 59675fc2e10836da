package dev.cosell.mapping;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A field table as customers write it: a block of text with one row a line and six columns separated by {@code |}.
 * Comments start with {@code #}. See {@code docs/mapping.md}.
 */
public final class FieldTable {
    private String rows = "";
    private String within = "";

    public void setRows(String rows) {
        this.rows = rows;
    }

    /**
     * The group of the referral this table is about, such as {@code customerProfile}; empty for the referral itself.
     */
    public void setWithin(String within) {
        this.within = within.strip();
    }

    /**
     * Checks every row.
     *
     * @param converters finds a converter bean by name; null for an unknown name
     * @throws MappingFault naming all bad rows with row number, text, mistake and the nearest right word
     */
    public CompiledTable compile(String tableName, Function<String, Converter> converters) {
        return new TableParser(tableName, within, new ConverterNames(converters, Set.of(), Years.ALL)).parse(rows);
    }

    /** The same with all converter beans by name, so that a misspelt name gets the nearest right one. */
    public CompiledTable compile(String tableName, Map<String, Converter> converters) {
        return compile(tableName, converters, Years.ALL);
    }

    /** @param years that the CRM holds; a date outside of them is left out */
    public CompiledTable compile(String tableName, Map<String, Converter> converters, Years years) {
        return new TableParser(tableName, within, new ConverterNames(converters::get, converters.keySet(), years))
                .parse(rows);
    }
}
