package dev.cosell.mapping;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Plain text in Partner Center, HTML in the CRM. Two values are the same when a person reads the same words in the same
 * lines, so that what somebody formatted in the CRM stays until the words change.
 */
final class RichText implements Converter {
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"]*[^\\s<>\".,;:!?)\\]}']");

    private final int limit;

    /** @param limit the most characters the CRM field holds, tags included */
    RichText(int limit) {
        this.limit = limit;
    }

    @Override
    public Object toCrm(Object referralValue) {
        String text = Text.lineFeeds(Canonical.scalarText(referralValue));
        return text == null ? null : html(cut(text));
    }

    @Override
    public Object toReferral(Object crmValue) {
        return plain(Canonical.scalarText(crmValue));
    }

    @Override
    public Object normalReferral(Object referralValue) {
        return words(Text.lineFeeds(Canonical.text(referralValue)));
    }

    @Override
    public Object normalCrm(Object crmValue) {
        return words(plain(Canonical.text(crmValue)));
    }

    @Override
    public boolean same(Object referralValue, Object crmValue) {
        Object crm = normalCrm(crmValue);
        String referral = Text.lineFeeds(Canonical.text(referralValue));
        return Objects.equals(words(referral), crm)
                || referral != null && html(referral).length() > limit && Objects.equals(words(cut(referral)), crm);
    }

    @Override
    public Demand demand() {
        return Demand.html(limit);
    }

    private static String plain(String html) {
        String text = html == null ? "" : HtmlText.of(html);
        return text.isEmpty() ? null : text;
    }

    /**
     * Without what editors and services change on their own: empty lines, and how many blanks stand where there is one.
     */
    private static String words(String text) {
        String words = text == null ? ""
                : text.lines().map(line -> line.replaceAll("[\\s\\u00a0]+", " ").strip())
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining("\n"));
        return words.isEmpty() ? null : words;
    }

    /** The longest beginning whose HTML the CRM holds. */
    private String cut(String text) {
        if (html(text).length() <= limit) {
            return text;
        }
        int fits = 0;
        int tooLong = text.length();
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) / 2;
            if (html(Text.cut(text, middle)).length() <= limit) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return fits == 0 ? "" : Text.cut(text, fits);
    }

    /** A paragraph for each line, and links for addresses; everything else is text. */
    private static String html(String text) {
        Document document = Document.createShell("");
        document.outputSettings().prettyPrint(false);
        for (String line : text.split("\n", -1)) {
            Element paragraph = document.body().appendElement("p");
            if (line.isBlank()) {
                paragraph.appendElement("br");
            } else {
                fill(paragraph, line.replace('\t', ' ').replaceFirst("^ ", "\u00a0").replace("  ", " \u00a0"));
            }
        }
        return document.body().html();
    }

    private static void fill(Element paragraph, String line) {
        Matcher address = ADDRESS.matcher(line);
        int end = 0;
        while (address.find()) {
            paragraph.appendText(line.substring(end, address.start()));
            paragraph.appendElement("a").attr("href", address.group()).text(address.group());
            end = address.end();
        }
        paragraph.appendText(line.substring(end));
    }
}
