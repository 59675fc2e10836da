package dev.cosell.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cosell.fuzz.Mutator;
import dev.cosell.sandbox.salesforce.RunningSalesforce;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a person has typed stays one literal of a query, and the text that it was. */
class FuzzedSoqlTest {
    private static Mutator texts() {
        return new Mutator(2, List.of("O'Neill & Sons", "100 % \"sure\"", "C:\\deals\\new", "two\r\nlines",
                "' OR Name LIKE '%", "\\' OR Id != null", "@{account.id}"));
    }

    @Test
    void whatever_a_person_typed_stays_one_literal() {
        Mutator texts = texts();
        int number = 0;
        while (texts.goesOn()) {
            String typed = texts.next();
            assertThat(CompositeText.read(read(SoqlText.string(typed)))).isEqualTo(typed);
            number++;
        }
        assertThat(number).isGreaterThan(100);
    }

    @Test
    void the_stand_in_finds_by_it_what_has_that_name_and_nothing_else() {
        int found = 0;
        try (RunningSalesforce salesforce = new RunningSalesforce()) {
            Mutator texts = texts();
            while (texts.goesOn()) {
                String name = texts.next().strip();
                RunningSalesforce.Reply made = salesforce.api("POST", "sobjects/Account",
                        "{\"Name\":" + TextNode.valueOf(CompositeText.typed(name)) + "}");
                if (made.status() == 201) {
                    JsonNode rows = salesforce.query("SELECT Id, Name FROM Account WHERE Name = "
                            + SoqlText.string(name)).body().get("records");
                    assertThat(rows.findValuesAsText("Id")).as(name).contains(made.body().get("id").asText());
                    assertThat(rows.findValuesAsText("Name")).allSatisfy(each -> assertThat(CompositeText.read(each))
                            .isEqualToIgnoringCase(name));
                    found++;
                }
            }
        }
        assertThat(found).isPositive();
    }

    /** As Salesforce reads a literal: a backslash begins an escape, a quote alone ends it. */
    private static String read(String literal) {
        assertThat(literal).startsWith("'");
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < literal.length(); i++) {
            char each = literal.charAt(i);
            if (each == '\'') {
                assertThat(i).as("the end of " + literal).isEqualTo(literal.length() - 1);
                return text.toString();
            }
            if (each != '\\') {
                text.append(each);
                continue;
            }
            char escaped = literal.charAt(++i);
            text.append(switch (escaped) {
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case '\'', '\\' -> escaped;
                default -> throw new AssertionError("an escape that SOQL does not know: " + escaped);
            });
        }
        throw new AssertionError("it does not end: " + literal);
    }
}
