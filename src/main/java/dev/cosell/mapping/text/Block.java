package dev.cosell.mapping.text;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A text of several lines in a mapping file: the rows of a field table or the lines of a value map. */
final class Block {
    private final String bean;
    private final String property;
    private final int indent;
    private final ScalarNode scalar;
    private final int[] file;

    /**
     * @param indent column in which the name of the property begins, counted from 0
     * @param file   the code points of the file
     */
    Block(String bean, String property, int indent, ScalarNode scalar, int[] file) {
        this.bean = bean;
        this.property = property;
        this.indent = indent;
        this.scalar = scalar;
        this.file = file;
    }

    String bean() {
        return bean;
    }

    String property() {
        return property;
    }

    int indent() {
        return indent;
    }

    String value() {
        return scalar.getValue();
    }

    /** Where the text with its marks ({@code |}, {@code >}, quotes) begins, in code points of the file. */
    int start() {
        return mark().getIndex();
    }

    /** Where it ends; a block's last line break belongs to it. */
    int end() {
        return scalar.getEndMark().orElseThrow().getIndex();
    }

    /**
     * In which line of the file each line of the value begins, counted from 1. However it is folded or quoted,
     * everything but blanks stands in file and value in the same order.
     */
    List<Integer> lines() {
        List<Integer> lines = new ArrayList<>();
        Source source = new Source();
        for (String line : scalar.getValue().split("\n", -1)) {
            int[] written = line.codePoints().filter(c -> !Character.isWhitespace(c)).toArray();
            for (int i = 0; i < written.length; i++) {
                int at = source.nextLine();
                if (i == 0) {
                    lines.add(at);
                }
            }
            if (written.length == 0) {
                lines.add(source.line + 1);
            }
        }
        return lines;
    }

    private Mark mark() {
        return scalar.getStartMark().orElseThrow();
    }

    /** Reads the characters of the value that are no blanks out of the file. */
    private final class Source {
                private int at = mark().getIndex();
        private int line = mark().getLine();

        Source() {
            if (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED) {
                while (file[at] != '\n') {
                    at++;
                }
            } else if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
                at++;
            }
        }

        /** The line of the next character, counted from 1. */
        int nextLine() {
            skipBlanks();
            int found = line + 1;
            at += length();
            return found;
        }

        private void skipBlanks() {
            while (at < file.length && (Character.isWhitespace(file[at]) || blankEscape())) {
                if (file[at] == '\\' && file[at + 1] != '\n') {
                    at++;
                } else if (file[at] == '\n') {
                    line++;
                }
                at++;
            }
        }

        private boolean blankEscape() {
            return quoted() && file[at] == '\\' && "nrt \n".indexOf(file[at + 1]) >= 0;
        }

        private int length() {
            if (quoted() && file[at] == '\\') {
                return 2 + switch (file[at + 1]) {
                    case 'x' -> 2;
                    case 'u' -> 4;
                    case 'U' -> 8;
                    default -> 0;
                };
            }
            return scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED && file[at] == '\'' ? 2 : 1;
        }

        private boolean quoted() {
            return scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
        }
    }
}
