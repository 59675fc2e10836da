package dev.cosell.mapping.text;

import dev.cosell.mapping.FieldTable;
import dev.cosell.mapping.NearestWord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The texts of all files under {@code routes/}, and which of them hold the tables of a CRM, whatever their names. */
public final class MappingTexts {
    private static final List<String> TABLES = List.of("Fields", "AccountFields", "ContactFields", "TeamFields",
            "WonFields", "LeadFields");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s|(),]+");

    private final Map<String, String> texts;
    private final Map<String, MappingText> read = new HashMap<>();

    /** @param texts by file name; one that is no YAML holds nothing */
    public MappingTexts(Map<String, String> texts) {
        this.texts = new TreeMap<>(texts);
    }

    /** Name of the file that holds the table of a CRM's opportunities; the usual one when none does. */
    public String file(String crm) {
        return holding(crm + "Fields").findFirst().orElse("mapping-" + crm + ".camel.yaml");
    }

    /** Name of the file that holds this table of a CRM; that of its opportunities when none does. */
    public String file(String crm, String table) {
        return holding(table).findFirst().orElseGet(() -> file(crm));
    }

    /** What a file says; nothing when there is no such file. */
    public MappingText in(String file) {
        return read.computeIfAbsent(file, name -> read(texts.getOrDefault(name, "")));
    }

    /** Names of the files that hold tables of a CRM, or the value maps and converters that their rows name. */
    public List<String> files(String crm) {
        List<MappingText.Bean> tables = TABLES.stream().flatMap(table -> beans(crm + table)).toList();
        Set<String> wanted = tables.stream().flatMap(table -> table.properties().values().stream())
                .flatMap(rows -> Arrays.stream(BETWEEN_WORDS.split(rows))).collect(Collectors.toSet());
        tables.forEach(table -> wanted.add(table.name()));
        return texts.keySet().stream()
                .filter(file -> in(file).beans().stream().anyMatch(bean -> wanted.contains(bean.name()))).toList();
    }

    /** The same, the one with the table of its opportunities first; that one, too, when there is none. */
    public List<String> filesInOrder(String crm) {
        return Stream.concat(Stream.of(file(crm)), files(crm).stream()).distinct().toList();
    }

    /** Names of a CRM's tables in a file, in their order there. */
    public List<String> tables(String crm, String file) {
        return in(file).tables().stream()
                .filter(name -> TABLES.stream().anyMatch(table -> name.equals(crm + table))).toList();
    }

    /** Sentences about field tables that nobody reads, with file and line. @param crms names of all CRMs there are */
    public List<String> unread(Collection<String> crms) {
        List<String> read = crms.stream().flatMap(crm -> TABLES.stream().map(table -> crm + table)).toList();
        List<String> sentences = new ArrayList<>();
        texts.keySet().forEach(file -> in(file).beans().stream()
                .filter(bean -> bean.type().equals(FieldTable.class.getName()) && !read.contains(bean.name()))
                .forEach(bean -> sentences.add(file + " line " + bean.line() + ": nothing reads the field table \""
                        + bean.name() + "\", so rename or delete it" + NearestWord.hint(bean.name(), read))));
        return sentences;
    }

    /** A short name of what these files hold, for the audit. */
    public String version(String crm) {
        CRC32 sum = new CRC32();
        sum.update(files(crm).stream().flatMap(file -> texts.get(file).lines()).collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    private Stream<String> holding(String bean) {
        return texts.keySet().stream().filter(
                file -> in(file).beans().stream().anyMatch(each -> each.name().equals(bean)));
    }

    private Stream<MappingText.Bean> beans(String name) {
        return texts.keySet().stream().flatMap(file -> in(file).beans().stream())
                .filter(bean -> bean.name().equals(name));
    }

    private static MappingText read(String text) {
        try {
            // Most files declare no beans, and need not be understood.
            return new MappingText(text.contains("beans") ? text : "");
        } catch (YamlEngineException noYaml) {
            return new MappingText("");
        }
    }
}
