package dev.cosell.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The routes in the text of a route file. */
final class RouteText {
    private final List<String> lines;
    private final List<Node> elements;

    /** @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when the text is no YAML */
    RouteText(String text) {
        lines = text.lines().toList();
        elements = new Compose(LoadSettings.builder().build()).composeString(text)
                .filter(SequenceNode.class::isInstance)
                .map(list -> ((SequenceNode) list).getValue()).orElse(List.of());
    }

    /**
     * The lines of the route with this id, the comments in it and right above it included; empty when the file has
     * none.
     */
    Optional<String> route(String id) {
        for (int i = 0; i < elements.size(); i++) {
            if (id(elements.get(i)).filter(id::equals).isPresent()) {
                int end = i + 1 < elements.size() ? first(elements.get(i + 1)) : lines.size();
                return Optional.of(text(first(elements.get(i)), end));
            }
        }
        return Optional.empty();
    }

    /** In the order of the file; a route without an id is left out. */
    List<String> ids() {
        return elements.stream().flatMap(element -> id(element).stream()).toList();
    }

    /** Ids of the steps of each route and each policy for failures, clauses included, by its own id. */
    Map<String, List<String>> steps() {
        Map<String, List<String>> steps = new LinkedHashMap<>();
        elements.stream().flatMap(element -> Stream.of("route", "routeConfiguration")
                .flatMap(kind -> value(element, kind).stream())).forEach(route -> scalar(route, "id").ifPresent(id -> {
            List<String> ids = new ArrayList<>();
            collectIds(route, ids);
            ids.remove(id);
            steps.put(id, List.copyOf(ids));
        }));
        return steps;
    }

    private static void collectIds(Node node, List<String> ids) {
        if (node instanceof SequenceNode several) {
            several.getValue().forEach(each -> collectIds(each, ids));
        } else if (node instanceof MappingNode) {
            scalar(node, "id").ifPresent(ids::add);
            ((MappingNode) node).getValue().forEach(entry -> collectIds(entry.getValueNode(), ids));
        }
    }

    /** In the order of the file; a bean without a name is left out. */
    List<String> beanNames() {
        return elements.stream().flatMap(element -> value(element, "beans").stream())
                .filter(SequenceNode.class::isInstance).flatMap(beans -> ((SequenceNode) beans).getValue().stream())
                .flatMap(bean -> scalar(bean, "name").stream()).filter(name -> !name.isEmpty()).toList();
    }

    /** The beans of the file without its routes, as another text; empty when it declares none. */
    String beans() {
        List<Node> beans = elements.stream().flatMap(element -> entry(element, "beans"))
                .<Node>map(entry -> new MappingNode(Tag.MAP, List.of(entry), FlowStyle.BLOCK)).toList();
        if (beans.isEmpty()) {
            return "";
        }
        DumpSettings settings = DumpSettings.builder().build();
        return new Present(settings).emitToString(new Serialize(settings)
                .serializeOne(new SequenceNode(Tag.SEQ, beans, FlowStyle.BLOCK)).iterator());
    }

    private static Optional<String> id(Node element) {
        return value(element, "route").flatMap(route -> scalar(route, "id"));
    }

    private String text(int first, int end) {
        List<String> found = new ArrayList<>(lines.subList(first, end));
        while (!found.isEmpty() && found.get(found.size() - 1).isBlank()) {
            found.remove(found.size() - 1);
        }
        return String.join("\n", found) + "\n";
    }

    /** The line, counted from 0, in which an element begins or the comment right above it. */
    private int first(Node element) {
        int line = element.getStartMark().orElseThrow().getLine();
        while (line > 0 && lines.get(line - 1).startsWith("#")) {
            line--;
        }
        return line;
    }

    private static Optional<String> scalar(Node node, String key) {
        return value(node, key).filter(ScalarNode.class::isInstance).map(scalar -> ((ScalarNode) scalar).getValue());
    }

    private static Optional<Node> value(Node node, String key) {
        return entry(node, key).map(NodeTuple::getValueNode).findFirst();
    }

    private static Stream<NodeTuple> entry(Node node, String key) {
        Stream<NodeTuple> entries = node instanceof MappingNode mapping ? mapping.getValue().stream() : Stream.empty();
        return entries.filter(entry -> entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key));
    }
}
