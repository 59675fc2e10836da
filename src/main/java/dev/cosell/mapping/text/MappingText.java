package dev.cosell.mapping.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The text of a file under {@code routes/} and where in it the field tables and value maps stand, however an editor has
 * written them.
 */
public final class MappingText {
    /** The property of a field table. */
    private static final String ROWS = "rows";
    /** The property of a value map. */
    private static final String VALUES = "values";

    private final int[] file;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Bean> beans = new ArrayList<>();

    /** @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when the text is no YAML */
    public MappingText(String text) {
        file = text.codePoints().toArray();
        new Compose(LoadSettings.builder().build()).composeString(text).stream().flatMap(MappingText::elements)
                .flatMap(element -> value(element, "beans").stream()).flatMap(MappingText::elements).forEach(this::add);
    }

    private void add(Node bean) {
        String name = text(bean, "name");
        Map<String, String> properties = new LinkedHashMap<>();
        value(bean, "properties").stream().flatMap(MappingText::entries).forEach(entry -> {
            String property = ((ScalarNode) entry.getKeyNode()).getValue();
            if (entry.getValueNode() instanceof ScalarNode scalar) {
                properties.put(property, scalar.getValue());
            }
            if (entry.getValueNode() instanceof ScalarNode scalar
                    && (property.equals(ROWS) || property.equals(VALUES))) {
                blocks.add(new Block(name, property, entry.getKeyNode().getStartMark().orElseThrow().getColumn(),
                        scalar, file));
            }
        });
        beans.add(new Bean(name, text(bean, "type"), bean.getStartMark().map(mark -> mark.getLine() + 1).orElse(0),
                properties));
    }

    /** Empty when there is no such text. */
    private static String text(Node bean, String key) {
        return value(bean, key).filter(ScalarNode.class::isInstance).map(node -> ((ScalarNode) node).getValue())
                .orElse("");
    }

    /**
     * A bean as it stands in the file.
     *
     * @param line       in which it begins, counted from 1
     * @param properties those that are a text, by their names
     */
    public record Bean(String name, String type, int line, Map<String, String> properties) {}

    /** All beans, in their order. */
    public List<Bean> beans() {
        return List.copyOf(beans);
    }

    /**
     * The line of the file in which a row of a table begins; rows and lines are counted from 1. Empty when there is no
     * such row.
     */
    public OptionalInt line(String table, int row) {
        return blocks.stream().filter(block -> block.bean().equals(table) && block.property().equals(ROWS))
                .map(Block::lines)
                .filter(lines -> lines.size() >= row).mapToInt(lines -> lines.get(row - 1)).findFirst();
    }

    /** A line of a table as it stands in the file, counted from 1; a row, a comment, or blank. */
    public record Line(int number, String text) {
        public boolean isRow() {
            return !text.isEmpty() && !text.startsWith("#");
        }
    }

    /** Names of the field tables, in their order. */
    public List<String> tables() {
        return blocks.stream().filter(block -> block.property().equals(ROWS)).map(Block::bean).toList();
    }

    /** The lines of a table; empty when there is no such table. */
    public List<Line> lines(String table) {
        return blocks.stream().filter(block -> block.bean().equals(table) && block.property().equals(ROWS)).findFirst()
                .map(MappingText::lines).orElse(List.of());
    }

    private static List<Line> lines(Block block) {
        List<String> texts = block.value().lines().map(String::strip).toList();
        List<Integer> numbers = block.lines();
        return IntStream.range(0, texts.size()).mapToObj(i -> new Line(numbers.get(i), texts.get(i))).toList();
    }

    /**
     * The file with each table and each value map as a literal block ({@code |}), the columns of the tables aligned;
     * all else as it is.
     */
    public String formatted() {
        StringBuilder formatted = new StringBuilder();
        int at = 0;
        for (Block block : blocks) {
            formatted.append(new String(file, at, block.start() - at));
            formatted.append(literal(block, new String(file, block.start(), block.end() - block.start())));
            at = block.end();
        }
        return formatted.append(new String(file, at, file.length - at)).toString();
    }

    private static String literal(Block block, String written) {
        List<String> lines = block.value().lines().map(String::strip).toList();
        String indent = " ".repeat(block.indent() + 2);
        StringBuilder literal = new StringBuilder("|");
        for (String line : block.property().equals(ROWS) ? Columns.aligned(lines) : lines) {
            literal.append('\n').append(line.isEmpty() ? "" : indent + line);
        }
        // Blank lines between this text and what follows belong to what was written.
        return literal.append(written.substring(written.stripTrailing().length())).toString();
    }

    private static Stream<Node> elements(Node node) {
        return node instanceof SequenceNode list ? list.getValue().stream() : Stream.empty();
    }

    private static Stream<NodeTuple> entries(Node node) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream().filter(entry -> entry.getKeyNode() instanceof ScalarNode)
                : Stream.empty();
    }

    private static Optional<Node> value(Node node, String key) {
        return entries(node).filter(entry -> ((ScalarNode) entry.getKeyNode()).getValue().equals(key))
                .map(NodeTuple::getValueNode).findFirst();
    }
}
