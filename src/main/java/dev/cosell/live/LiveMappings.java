package dev.cosell.live;

import dev.cosell.mapping.CompiledTable;
import dev.cosell.mapping.Converter;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.Demand;
import dev.cosell.mapping.FieldTable;
import dev.cosell.mapping.MappingFault;
import dev.cosell.mapping.Mappings;
import dev.cosell.mapping.PartyRules;
import dev.cosell.mapping.Years;
import dev.cosell.mapping.text.MappingText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.apache.camel.spi.Registry;

/**
 * The field tables in force: compiled from the beans of {@code routes/mapping-<crm>.camel.yaml}, replaced as a whole
 * when all of a file is right, kept when a row is wrong.
 */
public final class LiveMappings implements Mappings {
    private static final Pattern ROW = Pattern.compile("row (\\d+), (.*)", Pattern.DOTALL);

    private final Path routes;
    private final Map<String, Years> crms;
    private final Map<String, PartyRules> matching;
    private volatile Map<String, CrmMapping> inForce = Map.of();
    private final ThreadLocal<Map<String, CrmMapping>> tried = ThreadLocal.withInitial(Map::of);

    /**
     * The tables alone.
     *
     * @param routes the folder with the mapping files, for messages that name file and line
     * @param crms   the years that each CRM holds
     */
    public LiveMappings(Path routes, Map<String, Years> crms) {
        this(routes, crms, Map.of());
    }

    /** @param matching by CRM: how accounts and contacts are found; a table that lacks a field of it is a bad one */
    public LiveMappings(Path routes, Map<String, Years> crms, Map<String, PartyRules> matching) {
        this.matching = Map.copyOf(matching);
        this.routes = routes;
        this.crms = new LinkedHashMap<>(crms);
    }

    /** Names of the CRMs whose tables are held: all that are synced. */
    Set<String> crms() {
        return crms.keySet();
    }

    @Override
    public CrmMapping of(String crm) {
        CrmMapping here = tried.get().get(crm);
        return here == null ? inForce.get(crm) : here;
    }

    /** Work of this thread that sees another mapping of one CRM; for all others the one in force stays. */
    public <T> T trying(String crm, CrmMapping mapping, Supplier<T> work) {
        tried.set(Map.of(crm, mapping));
        try {
            return work.get();
        } finally {
            tried.remove();
        }
    }

    /** CRM fields of one of a CRM's tables that the mapping reads or writes. */
    public Set<String> fields(String crm, Part part) {
        CrmMapping mapping = of(crm);
        return mapping == null ? Set.of() : switch (part) {
            case OPPORTUNITY -> opportunityFields(mapping);
            case ACCOUNT -> mapping.account().crmFields();
            case CONTACT -> mapping.contact().crmFields();
            case TEAM -> mapping.team() == null ? Set.of() : mapping.team().crmFields();
            case LEAD -> mapping.lead().crmFields();
        };
    }

    /** Fields of one of a CRM's tables that rows with the converter {@code date} name. */
    public Set<String> dateFields(String crm, Part part) {
        CrmMapping mapping = of(crm);
        if (mapping == null) {
            return Set.of();
        }
        Set<String> dates = new LinkedHashSet<>();
        for (CompiledTable table : part == Part.LEAD ? List.of(mapping.lead()) : opportunityTables(mapping)) {
            table.rows().stream().filter(row -> row.demand().kind() == Demand.Kind.DATE)
                    .forEach(row -> dates.addAll(row.crmPaths()));
        }
        return dates;
    }

    private static List<CompiledTable> opportunityTables(CrmMapping mapping) {
        return mapping.won() == null ? List.of(mapping.opportunity()) : List.of(mapping.opportunity(), mapping.won());
    }

    private static Set<String> opportunityFields(CrmMapping mapping) {
        if (mapping.won() == null) {
            return mapping.opportunity().crmFields();
        }
        Set<String> all = new LinkedHashSet<>(mapping.opportunity().crmFields());
        all.addAll(mapping.won().crmFields());
        return all;
    }

    public enum Part { OPPORTUNITY, ACCOUNT, CONTACT, TEAM, LEAD }

    /**
     * Compiles what the registry holds at the start and puts it in force.
     *
     * @param registry where the beans of the mapping files are, as they are on the disk
     * @throws BadMapping when a row is wrong; what was in force stays so
     */
    public void refresh(Registry registry) {
        inForce = compiled(registry, this::onDisk);
    }

    /**
     * The same later on, when a file on the disk may hold an edit that was refused.
     *
     * @param texts that the beans were made of, by file name
     */
    void refresh(Registry registry, Map<String, String> texts) {
        inForce = compiled(registry, among(texts));
    }

    /** @throws BadMapping when a row is wrong; nothing comes into force */
    void check(Registry registry, Map<String, String> texts) {
        compiled(registry, among(texts));
    }

    private UnaryOperator<String> among(Map<String, String> texts) {
        return crm -> texts.getOrDefault(file(crm).getFileName().toString(), "");
    }

    /** @param texts that of a CRM's file, by the name of the CRM */
    private Map<String, CrmMapping> compiled(Registry registry, UnaryOperator<String> texts) {
        Map<String, CrmMapping> next = new HashMap<>();
        List<String> faults = new ArrayList<>();
        crms.keySet().forEach(crm -> next.put(crm, compiled(registry, crm, () -> texts.apply(crm), faults)));
        refuse(faults);
        return Map.copyOf(next);
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new BadMapping(String.join("\n", faults));
        }
    }

    /**
     * What a text would be if it were in force; nothing comes into force.
     *
     * @param registry where the beans of the text are
     * @throws BadMapping when a row is wrong
     */
    CrmMapping compiled(Registry registry, String crm, String text) {
        List<String> faults = new ArrayList<>();
        CrmMapping mapping = compiled(registry, crm, () -> text, faults);
        refuse(faults);
        return mapping;
    }

    private CrmMapping compiled(Registry registry, String crm, Supplier<String> text, List<String> faults) {
        Source source = new Source(registry, crm, text);
        CompiledTable opportunity = compile(source, "Fields", faults);
        CompiledTable account = compile(source, "AccountFields", faults);
        CompiledTable contact = compile(source, "ContactFields", faults);
        CompiledTable team = optional(source, "TeamFields", faults);
        CompiledTable won = optional(source, "WonFields", faults);
        CompiledTable lead = compile(source, "LeadFields", faults);
        if (account != null && contact != null && matching.containsKey(crm)) {
            matching.get(crm).faults(crm, account, contact)
                    .forEach(sentence -> faults.add(file(crm).getFileName() + ": " + sentence));
        }
        return new CrmMapping(opportunity, account, contact, lead, team, won, version(text.get()));
    }

    /** Where the tables of a CRM come from; the text is asked for when something has to be said about it. */
    private record Source(Registry registry, String crm, Supplier<String> text) {}

    /** Null when the file has no such table. */
    private CompiledTable optional(Source source, String suffix, List<String> faults) {
        return source.registry().lookupByNameAndType(source.crm() + suffix, FieldTable.class) == null ? null
                : compile(source, suffix, faults);
    }

    private CompiledTable compile(Source source, String suffix, List<String> faults) {
        String crm = source.crm();
        String name = crm + suffix;
        FieldTable table = source.registry().lookupByNameAndType(name, FieldTable.class);
        if (table == null) {
            faults.add(file(crm).getFileName() + ": there is no field table \"" + name + "\"");
            return null;
        }
        try {
            return table.compile(name, source.registry().findByTypeWithName(Converter.class), crms.get(crm));
        } catch (MappingFault bad) {
            MappingText text = new MappingText(source.text().get());
            bad.faults().forEach(sentence -> faults.add(file(crm).getFileName() + located(sentence, name, text)));
            return null;
        }
    }

    /** "row 3, …" of a table becomes " line 17: …" of its file. */
    private static String located(String sentence, String table, MappingText text) {
        Matcher row = ROW.matcher(sentence);
        OptionalInt line = row.matches() ? text.line(table, Integer.parseInt(row.group(1))) : OptionalInt.empty();
        return line.isPresent() ? " line " + line.getAsInt() + ": " + row.group(2) : ": " + sentence;
    }

    private Path file(String crm) {
        return routes.resolve("mapping-" + crm + ".camel.yaml");
    }

    /** A short name of a file's text, for the audit. */
    private static String version(String text) {
        CRC32 sum = new CRC32();
        sum.update(String.join("\n", text.lines().toList()).getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    /** Empty when the file cannot be read. */
    private String onDisk(String crm) {
        try {
            return Files.readString(file(crm));
        } catch (IOException notThere) {
            return "";
        }
    }

    /** A mapping file cannot be used; the message names file and line of every bad row. */
    public static final class BadMapping extends RuntimeException {
        BadMapping(String message) {
            super(message);
        }
    }
}
