package dev.cosell.live;

import dev.cosell.mapping.text.MappingText;
import java.util.Collection;
import java.util.List;
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
        texts.forEach(text -> names.addAll(in(text)));
        return names;
    }

    /**
     * The names that a file declares, in its order; one that it declares twice is there twice.
     *
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when the text is no YAML
     */
    static List<String> in(String text) {
        return new MappingText(text).beans().stream().map(MappingText.Bean::name).filter(name -> !name.isEmpty())
                .toList();
    }
}
