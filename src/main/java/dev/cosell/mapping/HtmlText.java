package dev.cosell.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;

/**
 * The lines of text that a person sees in HTML: a line for each block, {@code -} or a number before entries of lists,
 * addresses behind links.
 */
final class HtmlText implements NodeVisitor {
    private static final Set<String> UNSEEN = Set.of("script", "style", "head", "title", "template", "noscript",
            "iframe", "object", "svg");
    private static final Set<String> CELLS = Set.of("td", "th");
    private static final Pattern TAG = Pattern.compile("<[a-zA-Z/!]");
    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    /** What stands before the next text, such as the mark of a list's entry. */
    private String before = "";
    private Node unseen;

    private HtmlText() {}

    /** @param html anything; a text without a tag keeps its lines, with its entities read */
    static String of(String html) {
        if (!TAG.matcher(html).find()) {
            return Text.lineFeeds(Parser.unescapeEntities(html, false)).replace('\u00a0', ' ').strip();
        }
        HtmlText text = new HtmlText();
        Jsoup.parse(html).body().traverse(text);
        text.endBlock();
        return String.join("\n", text.lines).strip();
    }

    @Override
    public void head(Node node, int depth) {
        if (unseen != null) {
            return;
        }
        if (node instanceof TextNode text) {
            append(text);
        } else if (node instanceof Element element) {
            begin(element);
        }
    }

    private void begin(Element element) {
        String name = element.normalName();
        if (UNSEEN.contains(name)) {
            unseen = element;
            return;
        }
        if (block(element)) {
            endBlock();
        }
        switch (name) {
            case "br" -> endLine();
            case "li" -> before = mark(element);
            case "td", "th" -> space();
            case "img" -> words(element.attr("alt"));
            default -> { }
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (unseen != null) {
            unseen = unseen == node ? null : unseen;
        } else if (node instanceof Element element) {
            switch (element.normalName()) {
                case "a" -> address(element);
                case "li" -> before = "";
                default -> { }
            }
            if (block(element)) {
                endBlock();
            }
        }
    }

    /** The cells of a table stand in one line. */
    private static boolean block(Element element) {
        return element.isBlock() && !CELLS.contains(element.normalName());
    }

    /** Which entry of which list, indented by the lists around. */
    private static String mark(Element entry) {
        long around = entry.parents().stream().filter(parent -> Set.of("ul", "ol").contains(parent.normalName()))
                .count();
        boolean numbered = entry.parent() != null && entry.parent().normalName().equals("ol");
        return INDENT.repeat((int) Math.max(0, around - 1))
                + (numbered ? entry.elementSiblingIndex() + 1 + ". " : "- ");
    }

    /** The address of a link, unless its text says it. */
    private void address(Element link) {
        String address = link.attr("href").strip();
        String said = address.regionMatches(true, 0, "mailto:", 0, 7) ? address.substring(7) : address;
        if (address.matches("(?i)(https?://|mailto:).+") && !link.text().contains(said)) {
            space();
            words("(" + said + ")");
        }
    }

    private void append(TextNode text) {
        if (text.parent() != null && text.parent().closest("pre") != null) {
            String[] parts = text.getWholeText().split("\\R", -1);
            for (int i = 0; i < parts.length; i++) {
                if (i > 0) {
                    endLine();
                }
                words(parts[i]);
            }
            return;
        }
        String collapsed = text.getWholeText().replaceAll("[ \\t\\n\\r\\f]+", " ");
        boolean spaced = line.length() == 0 || line.charAt(line.length() - 1) == ' ';
        words(spaced && collapsed.startsWith(" ") ? collapsed.substring(1) : collapsed);
    }

    private void words(String text) {
        if (!text.isEmpty()) {
            line.append(before).append(text.replace('\u00a0', ' '));
            before = "";
        }
    }

    private void space() {
        if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
            line.append(' ');
        }
    }

    /** The end of a block ends the line only when there is one. */
    private void endBlock() {
        if (!line.toString().isBlank()) {
            endLine();
        }
        line.setLength(0);
    }

    private void endLine() {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
    }
}
