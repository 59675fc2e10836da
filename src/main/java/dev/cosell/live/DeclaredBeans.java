package dev.cosell.live;

import dev.cosell.mapping.text.MappingText;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The beans that route files declare. */
final class DeclaredBeans {
    private DeclaredBeans() {}

    /**
     * Their names; a set of the caller's own.
     *
     * @param texts of route files
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when one is no YAML
     */
    static Set<String> names(Collection<String> texts) {
        Set<String> names = new TreeSet<>();
        texts.forEach(text -> new MappingText(text).beans().forEach(bean -> names.add(bean.name())));
        return names;
    }
}
