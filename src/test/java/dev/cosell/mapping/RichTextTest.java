package dev.cosell.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain text on one side, HTML on the other. */
class RichTextTest {
    private static final Converter CONVERTER = named("richText");

    private static Converter named(String word) {
        return new ConverterNames(bean -> null, Set.of(), new Years(1700, 4000)).find(word);
    }

    private static String plain(String html) {
        return (String) CONVERTER.toReferral(html);
    }

    @ParameterizedTest
    @ValueSource(strings = {"One line", "Two\nlines", "A gap\n\n\nof two lines", "5 < 6 & 7 > 6, \"quoted\"",
            "AT&amp;T as it is typed", "<b>not bold</b>",
            "two  blanks and   three", "Grüße 🚢", "See https://contoso.example/a?b=1&c=2.",
            "(https://contoso.example/x) and http://fabrikam.example",
            "- a list\n  - within a list\n1. by hand", "<script>alert(1)</script>", "a\ttab"})
    void plain_text_comes_back_as_it_went(String text) {
        String html = (String) CONVERTER.toCrm(text);
        assertThat(Jsoup.parse(html).body().select("*:not(body):not(p):not(br):not(a)")).as(html).isEmpty();
        assertThat(plain(html).replace('\t', ' ')).isEqualTo(text.replace('\t', ' '));
        assertThat(CONVERTER.same(text, html)).isTrue();
        assertThat(CONVERTER.normalReferral(text)).isEqualTo(CONVERTER.normalCrm(html));
        assertThat(CONVERTER.toCrm(plain(html))).isEqualTo(html);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # in the CRM                                                                          | in Partner Center, ¶ for the end of a line
        <p>One</p><p>Two</p>                                                                  | One¶Two
        <div>One<br>Two</div>                                                                 | One¶Two
        <p>One</p><p><br></p><p>Two</p>                                                       | One¶¶Two
        One<br/><br/>Two<br>                                                                  | One¶¶Two
        <p>Fish &amp; chips&nbsp;&lt;3 &euro; &#8364;</p>                                     | Fish & chips <3 € €
        no tag, but R&amp;D                                                                   | no tag, but R&D
        <ul><li>One<ul><li>Two</li><li><p>Three</p></li></ul></li><li>Four</li></ul>          | - One¶  - Two¶  - Three¶- Four
        <ul><li></li></ul>after an empty entry                                                | after an empty entry
        <ol><li>One</li><li>Two<ul><li>Three</li></ul></li></ol>                              | 1. One¶2. Two¶  - Three
        <p>See <a href="https://contoso.example/x">the <b>plan</b></a>, please</p>            | See the plan (https://contoso.example/x), please
        <a href="https://contoso.example">https://contoso.example</a>                         | https://contoso.example
        <a href="mailto:noor@contoso.example">Noor</a>                                        | Noor (noor@contoso.example)
        <a href="javascript:alert(1)">click</a>                                               | click
        <p>a<script>alert(1)</script>b<style>p {color:red}</style><!-- note -->c</p>          | abc
        <p>a<img src="x" alt="a crane">  <b>b</b> <i>c</i></p>                                | aa crane b c
        <table><tr><td>One</td><td>Two</td></tr><tr><td>Three</td></tr></table>               | One Two¶Three
        <h1>Head</h1>text <p>paragraph                                                        | Head¶text¶paragraph
        <div><div><br></div></div>                                                            | -
        <p>&nbsp;</p>                                                                         | -
        """)
    void html_becomes_the_lines_that_a_person_sees(String html, String text) {
        String expected = text == null ? null : text.replace('¶', '\n');
        assertThat(plain(html)).isEqualTo(expected);
        assertThat(CONVERTER.normalCrm(html)).isEqualTo(CONVERTER.normalReferral(expected));
    }

    @Test
    void formatting_is_no_difference_and_another_word_is() {
        assertThat(CONVERTER.same("One\nTwo", "<ul style='x'><li><b>One</b></li></ul>")).isFalse();
        assertThat(CONVERTER.same("Harbour cranes\nfor Leith",
                "<div><b>Harbour</b>  cranes</div>\n<div>for <i>Leith</i></div>")).isTrue();
        assertThat(CONVERTER.same("Harbour cranes\nfor Leith", "<p>Harbour cranes</p><p>for Grangemouth</p>"))
                .isFalse();
        assertThat(CONVERTER.same("Harbour cranes", "<p>Harbour</p><p>cranes</p>")).isFalse();
    }

    @Test
    void what_is_too_long_is_cut_in_the_text_so_that_no_tag_is_broken() {
        Converter converter = named("richText(120)");
        String text = "Fish & chips\nhttps://contoso.example/a/rather/long/address/of/a/page\n"
                + "and much more ".repeat(20);
        for (int length = 1; length <= text.length(); length++) {
            String html = (String) converter.toCrm(text.substring(0, length));
            assertThat(html).hasSizeLessThanOrEqualTo(120).endsWith("</p>");
            assertThat(Jsoup.parse(html).body().html()).isNotBlank();
            assertThat(text).startsWith((String) converter.toReferral(html));
            assertThat(converter.same(text.substring(0, length), html)).isTrue();
        }
        assertThat(converter.same(text, "<p>Fish</p>")).as("somebody else's shortening is a change").isFalse();
        assertThat(converter.demand().length()).isEqualTo(120);
    }
}
