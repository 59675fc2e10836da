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

    @Override
    public CrmMapping of(String crm) {
        return inForce.get(crm);
    }

    /** CRM fields of one of a CRM's tables that the mapping reads or writes. */
    public Set<String> fields(String crm, Part part) {
        CrmMapping mapping = inForce.get(crm);
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
        CrmMapping mapping = inForce.get(crm);
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
     * Compiles what the registry holds now and puts it in force.
     *
     * @param registry where the beans of the mapping files are
     * @throws BadMapping when a row is wrong; what was in force stays so
     */
    public void refresh(Registry registry) {
        inForce = compiled(registry);
    }

    /** @throws BadMapping when a row is wrong; nothing comes into force */
    void check(Registry registry) {
        compiled(registry);
    }

    private Map<String, CrmMapping> compiled(Registry registry) {
        Map<String, CrmMapping> next = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (String crm : crms.keySet()) {
            CompiledTable opportunity = compile(registry, crm, "Fields", faults);
            CompiledTable account = compile(registry, crm, "AccountFields", faults);
            CompiledTable contact = compile(registry, crm, "ContactFields", faults);
            CompiledTable team = optional(registry, crm, "TeamFields", faults);
            CompiledTable won = optional(registry, crm, "WonFields", faults);
            CompiledTable lead = compile(registry, crm, "LeadFields", faults);
            if (account != null && contact != null && matching.containsKey(crm)) {
                matching.get(crm).faults(crm, account, contact)
                        .forEach(sentence -> faults.add(file(crm).getFileName() + ": " + sentence));
            }
            next.put(crm, new CrmMapping(opportunity, account, contact, lead, team, won, version(crm)));
        }
        if (!faults.isEmpty()) {
            throw new BadMapping(String.join("\n", faults));
        }
        return Map.copyOf(next);
    }

    /** Null when the file has no such table. */
    private CompiledTable optional(Registry registry, String crm, String suffix, List<String> faults) {
        return registry.lookupByNameAndType(crm + suffix, FieldTable.class) == null ? null
                : compile(registry, crm, suffix, faults);
    }

    private CompiledTable compile(Registry registry, String crm, String suffix, List<String> faults) {
        String name = crm + suffix;
        FieldTable table = registry.lookupByNameAndType(name, FieldTable.class);
        if (table == null) {
            faults.add(file(crm).getFileName() + ": there is no field table \"" + name + "\"");
            return null;
        }
        try {
            return table.compile(name, registry.findByTypeWithName(Converter.class), crms.get(crm));
        } catch (MappingFault bad) {
            MappingText text = new MappingText(text(crm));
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

    /** A short name of the file's present text, for the audit. */
    private String version(String crm) {
        CRC32 sum = new CRC32();
        sum.update(String.join("\n", text(crm).lines().toList()).getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    /** The file as it is on the disk; empty when it cannot be read. */
    private String text(String crm) {
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
