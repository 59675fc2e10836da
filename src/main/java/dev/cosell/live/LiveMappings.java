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
import dev.cosell.mapping.text.MappingTexts;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.spi.Registry;

/**
 * The field tables in force: compiled from beans of the files under {@code routes/}, replaced as a whole when all of a
 * file is right, kept when a row is wrong.
 */
public final class LiveMappings implements Mappings {
    private static final Pattern ROW = Pattern.compile("row (\\d+), (.*)", Pattern.DOTALL);

    private final Path routes;
    private final Map<String, Years> crms;
    private final Map<String, PartyRules> matching;
    private final List<String> known;
    private volatile Map<String, CrmMapping> inForce = Map.of();
    private final ThreadLocal<Map<String, CrmMapping>> tried = ThreadLocal.withInitial(Map::of);

    /**
     * The tables alone, whatever else the files declare.
     *
     * @param routes the folder with the mapping files, for messages that name file and line
     * @param crms   the years that each CRM holds
     */
    public LiveMappings(Path routes, Map<String, Years> crms) {
        this(routes, crms, Map.of(), List.of());
    }

    /**
     * @param matching by CRM: how accounts and contacts are found; a table that lacks a field of it is a bad one
     * @param known    names of all CRMs there are: a table that is none of theirs is a bad one
     */
    public LiveMappings(Path routes, Map<String, Years> crms, Map<String, PartyRules> matching, List<String> known) {
        this.known = List.copyOf(known);
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
     * @param registry where the beans of the files are, as they are on the disk
     * @throws BadMapping when a row is wrong; what was in force stays so
     */
    public void refresh(Registry registry) {
        refresh(registry, RouteFiles.all(routes).look().texts());
    }

    /**
     * The same when a file on the disk may hold an edit that is not in force.
     *
     * @param texts that the beans were made of, by file name
     * @throws BadMapping when a row is wrong; what was in force stays so
     */
    public void refresh(Registry registry, Map<String, String> texts) {
        inForce = compiled(registry, new MappingTexts(texts));
    }

    /** @throws BadMapping when a row is wrong; nothing comes into force */
    void check(Registry registry, Map<String, String> texts) {
        compiled(registry, new MappingTexts(texts));
    }

    private Map<String, CrmMapping> compiled(Registry registry, MappingTexts texts) {
        Map<String, CrmMapping> next = new HashMap<>();
        List<String> faults = new ArrayList<>();
        crms.keySet().forEach(crm -> next.put(crm, compiled(registry, crm, texts, faults)));
        faults.addAll(unread(texts));
        refuse(faults);
        return Map.copyOf(next);
    }

    /** A misspelt table would be without effect, and nobody would notice. */
    private List<String> unread(MappingTexts texts) {
        return known.isEmpty() ? List.of() : texts.unread(known);
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new BadMapping(String.join("\n", faults));
        }
    }

    /**
     * What texts would be if they were in force; nothing comes into force.
     *
     * @param registry where the beans of the texts are
     * @param texts    by file name
     * @throws BadMapping when a row is wrong
     */
    CrmMapping compiled(Registry registry, String crm, Map<String, String> texts) {
        List<String> faults = new ArrayList<>();
        MappingTexts read = new MappingTexts(texts);
        CrmMapping mapping = compiled(registry, crm, read, faults);
        faults.addAll(unread(read));
        refuse(faults);
        return mapping;
    }

    private CrmMapping compiled(Registry registry, String crm, MappingTexts texts, List<String> faults) {
        Source source = new Source(registry, crm, texts);
        CompiledTable opportunity = compile(source, "Fields", faults);
        CompiledTable account = compile(source, "AccountFields", faults);
        CompiledTable contact = compile(source, "ContactFields", faults);
        CompiledTable team = optional(source, "TeamFields", faults);
        CompiledTable won = optional(source, "WonFields", faults);
        CompiledTable lead = compile(source, "LeadFields", faults);
        if (won != null) {
            won.rows().stream().filter(row -> !row.toReferralOnUpdate()).forEach(row -> faults.add(
                    texts.file(crm, won.name()) + ": the row " + row.name() + " of " + won.name() + " never travels,"
                            + " because what a deal was won with goes to Partner Center with its close: write update"
                            + " into the column to Partner Center"));
        }
        if (account != null && contact != null && matching.containsKey(crm)) {
            matching.get(crm).accountFaults(crm, account)
                    .forEach(sentence -> faults.add(texts.file(crm, account.name()) + ": " + sentence));
            matching.get(crm).contactFaults(crm, contact)
                    .forEach(sentence -> faults.add(texts.file(crm, contact.name()) + ": " + sentence));
        }
        return new CrmMapping(opportunity, account, contact, lead, team, won, texts.version(crm));
    }

    /** Where the tables of a CRM come from. */
    private record Source(Registry registry, String crm, MappingTexts texts) {}

    /** Null when the file has no such table. */
    private CompiledTable optional(Source source, String suffix, List<String> faults) {
        return source.registry().lookupByNameAndType(source.crm() + suffix, FieldTable.class) == null ? null
                : compile(source, suffix, faults);
    }

    private CompiledTable compile(Source source, String suffix, List<String> faults) {
        String crm = source.crm();
        String name = crm + suffix;
        String file = source.texts().file(crm, name);
        FieldTable table = source.registry().lookupByNameAndType(name, FieldTable.class);
        if (table == null) {
            faults.add(file + ": there is no field table \"" + name + "\"");
            return null;
        }
        try {
            return table.compile(name, source.registry().findByTypeWithName(Converter.class), crms.get(crm));
        } catch (MappingFault bad) {
            MappingText text = source.texts().in(file);
            bad.faults().forEach(sentence -> faults.add(file + located(sentence, name, text)));
            return null;
        }
    }

    /** "row 3, …" of a table becomes " line 17: …" of its file. */
    private static String located(String sentence, String table, MappingText text) {
        Matcher row = ROW.matcher(sentence);
        OptionalInt line = row.matches() ? text.line(table, Integer.parseInt(row.group(1))) : OptionalInt.empty();
        return line.isPresent() ? " line " + line.getAsInt() + ": " + row.group(2) : ": " + sentence;
    }

    /** A mapping file cannot be used; the message names file and line of every bad row. */
    public static final class BadMapping extends RuntimeException {
        public BadMapping(String message) {
            super(message);
        }
    }
}
