package dev.cosell.explain;

import dev.cosell.live.LiveMappings;
import dev.cosell.live.MappingTrial;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.text.MappingTexts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a sync would do about a deal if a mapping file had another text. Nothing is written, and nothing comes into
 * force.
 */
public final class MappingTry {
    private final LiveMappings mappings;
    private final MappingTrial trial;
    private final Supplier<Map<String, String>> texts;
    private final Function<PreviewRows, Preview> preview;

    /**
     * @param texts   those in force under {@code routes/}, by file name
     * @param preview shows both sides by the given rows
     */
    public MappingTry(LiveMappings mappings, MappingTrial trial, Supplier<Map<String, String>> texts,
            Function<PreviewRows, Preview> preview) {
        this.mappings = mappings;
        this.trial = trial;
        this.texts = texts;
        this.preview = preview;
    }

    /**
     * Reads both sides with the fields that the text names.
     *
     * @param wanted name of the file that would have the text; null for the one with the opportunities' table
     * @param id     of either record in any usual spelling
     * @return empty when no system knows it
     * @throws LiveMappings.BadMapping when something of the text is wrong; the message names file and line. Also when
     *     the CRM has no such file
     */
    public List<Preview.Answer> of(String crm, String wanted, String text, String id) {
        Map<String, String> all = new TreeMap<>(texts.get());
        List<String> files = new MappingTexts(all).filesInOrder(crm);
        String file = wanted == null ? files.get(0) : wanted;
        if (!files.contains(file)) {
            throw new LiveMappings.BadMapping("No mapping file of " + crm + " is called " + file + ". Use one of "
                    + String.join(", ", files));
        }
        CrmMapping tried = trial.compiled(crm, file, text);
        all.put(file, text);
        Rules rules = new Rules(mappings, () -> all);
        return mappings.trying(crm, tried, () -> preview.apply(new PreviewRows(rules)).of(id, crm));
    }
}
