package dev.cosell.live;

import dev.cosell.mapping.Converter;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.FieldTable;
import dev.cosell.mapping.MappingFault;
import dev.cosell.mapping.ValueMap;
import dev.cosell.mapping.text.MappingText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.SimpleRegistry;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Makes a mapping of a text that somebody wants to try. The text may come over the network, so nothing but field tables
 * and value maps is made of it; converters of a customer's own are those that are in force.
 */
public final class MappingTrial {
    private static final Map<String, BiConsumer<FieldTable, String>> TABLE = Map.of("rows", FieldTable::setRows,
            "within", FieldTable::setWithin);
    private static final Map<String, BiConsumer<ValueMap, String>> VALUES = Map.of("values", ValueMap::setValues,
            "crmType", ValueMap::setCrmType, "referralType", ValueMap::setReferralType, "unknownReferralValue",
            ValueMap::setUnknownReferralValue);

    private final LiveMappings mappings;
    private final Registry running;
    private final Supplier<Map<String, String>> inForce;

    /**
     * @param running the registry of the running application
     * @param inForce the texts in force under {@code routes/}, by file name
     */
    public MappingTrial(LiveMappings mappings, Registry running, Supplier<Map<String, String>> inForce) {
        this.mappings = mappings;
        this.running = running;
        this.inForce = inForce;
    }

    /**
     * @param file its name, for sentences
     * @throws LiveMappings.BadMapping when something of the text is wrong; the message names file and line
     */
    public CrmMapping compiled(String crm, String file, String text) {
        List<String> faults = new ArrayList<>();
        Registry beans = new SimpleRegistry();
        MappingText written = read(file, text);
        Map<String, String> texts = new TreeMap<>(inForce.get());
        Set<String> replaced = read(file, texts.put(file, text)).beans().stream().map(MappingText.Bean::name)
                .collect(Collectors.toSet());
        Stream.of(Converter.class, FieldTable.class)
                .flatMap(type -> running.findByTypeWithName(type).entrySet().stream())
                .filter(bean -> !replaced.contains(bean.getKey()))
                .forEach(bean -> beans.bind(bean.getKey(), bean.getValue()));
        written.beans().forEach(bean -> {
            try {
                if (beans.lookupByName(bean.name()) != null) {
                    throw new IllegalArgumentException("there is another bean of this name, in this file or in another"
                            + " under routes/. Give each a name of its own, and in the rows that use it");
                }
                beans.bind(bean.name(), made(bean));
            } catch (MappingFault | IllegalArgumentException wrong) {
                faults.add(file + " line " + bean.line() + ": " + bean.name() + ": " + wrong.getMessage());
            }
        });
        if (!faults.isEmpty()) {
            throw new LiveMappings.BadMapping(String.join("\n", faults));
        }
        return mappings.compiled(beans, crm, texts);
    }

    private static MappingText read(String file, String text) {
        try {
            return new MappingText(text == null ? "" : text);
        } catch (MarkedYamlEngineException noYaml) {
            throw new LiveMappings.BadMapping(file + noYaml.getProblemMark().map(mark -> " line "
                    + (mark.getLine() + 1)).orElse("") + ": " + noYaml.getProblem());
        } catch (YamlEngineException noYaml) {
            throw new LiveMappings.BadMapping(file + ": " + noYaml.getMessage());
        }
    }

    private Object made(MappingText.Bean bean) {
        if (bean.type().equals(FieldTable.class.getName())) {
            return filled(new FieldTable(), bean, TABLE);
        }
        if (bean.type().equals(ValueMap.class.getName())) {
            return filled(new ValueMap(), bean, VALUES);
        }
        Converter own = running.lookupByNameAndType(bean.name(), Converter.class);
        if (own == null || !own.getClass().getName().equals(bean.type())) {
            throw new IllegalArgumentException("only field tables, value maps and converters that are in force already"
                    + " can be tried here; try the file with ./cosell validate");
        }
        return own;
    }

    private static <T> T filled(T made, MappingText.Bean bean, Map<String, BiConsumer<T, String>> setters) {
        bean.properties().forEach((property, value) -> {
            if (!setters.containsKey(property)) {
                throw new IllegalArgumentException("there is no property \"" + property + "\" here, but "
                        + setters.keySet().stream().sorted().collect(Collectors.joining(", ")));
            }
            if (value.contains("{{")) {
                throw new IllegalArgumentException(property
                        + " holds a placeholder, and placeholders are not filled in here");
            }
            setters.get(property).accept(made, value);
        });
        return made;
    }
}
