package dev.cosell.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.fuzz.Mutator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a person has typed stays one literal of a query, and the text that it was. */
class FuzzedSoqlTest {
    @Test
    void whatever_a_person_typed_stays_one_literal() {
        Mutator texts = new Mutator(3, List.of("O'Neill & Sons", "100 % \"sure\"", "C:\\deals\\new", "two\r\nlines",
                "' OR Name LIKE '%", "\\' OR Id != null"));
        int number = 0;
        while (texts.goesOn()) {
            String typed = texts.next();
            assertThat(read(SoqlText.string(typed))).isEqualTo(typed);
            number++;
        }
        assertThat(number).isGreaterThan(100);
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
