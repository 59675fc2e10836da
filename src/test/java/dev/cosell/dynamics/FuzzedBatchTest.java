package dev.cosell.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.fuzz.Mutator;
import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import dev.cosell.http.Text;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever a server answers to a batch, and whatever a person has typed into what is sent in one. */
class FuzzedBatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANSWER = String.join("\r\n", "--b1", "Content-Type: multipart/mixed; boundary=c1", "",
            "--c1", "Content-Type: application/http", "Content-ID: 1", "", "HTTP/1.1 204 No Content",
            "OData-EntityId: https://x/api/data/v9.2/opportunities(1)", "", "", "--c1--", "--b1",
            "Content-Type: application/http", "", "HTTP/1.1 200 OK", "Content-Type: application/json", "",
            "{\"name\":\"a\"}", "--b1--", "");

    @Test
    void whatever_is_answered_is_read_or_called_malformed() {
        MultipartAnswer reader = new MultipartAnswer(JSON);
        Mutator answers = new Mutator(4, List.of(ANSWER, ANSWER.replace("\r\n", "\n")));
        int malformed = 0;
        int read = 0;
        while (answers.goesOn()) {
            String text = answers.next();
            String type = "multipart/mixed; boundary=" + (read % 7 == 0 ? "\"b1\"" : "b1");
            try {
                reader.parts(new Answer(200, Map.of("content-type", type), null, text));
                read++;
            } catch (MultipartAnswer.Malformed told) {
                malformed++;
            } catch (RuntimeException fault) {
                throw new AssertionError("an answer that is neither: " + text, fault);
            }
        }
        assertThat(malformed).isPositive();
        assertThat(read).isPositive();
    }

    /** A text of a person in an address, a header and a body of a batch begins no other request. */
    @Test
    void whatever_a_person_typed_stays_what_it_is() throws Exception {
        Mutator texts = new Mutator(4, List.of("O'Neill & Sons", "100 % \"sure\"", "C:\\deals\\new", "two\r\nlines",
                "--batch_1--\r\nDELETE /opportunities(1)", "') or 1 eq 1 or ('"));
        int number = 0;
        while (texts.goesOn()) {
            String typed = texts.next();
            String literal = URLDecoder.decode(OData.literal(typed), StandardCharsets.UTF_8);
            assertThat(unquoted(literal)).isEqualTo(typed);
            assertThat(unquoted(OData.quoted(typed))).isEqualTo(typed);
            String uri = "/accounts?$filter=name%20eq%20" + OData.literal(typed);
            Text batch = BatchText.of(new Batch(List.of(new Request("PATCH", uri, Map.of(), Map.of("name", typed))),
                    List.of()), "/api/data/v9.2", JSON);
            List<String> lines = batch.content().lines().toList();
            assertThat(lines.stream().filter(line -> line.matches("[A-Z]+ /.* HTTP/1.1"))).hasSize(1);
            String body = lines.stream().filter(line -> line.startsWith("{")).findFirst().orElseThrow();
            assertThat(JSON.readTree(body).get("name").asText()).isEqualTo(typed);
            number++;
        }
        assertThat(number).isGreaterThan(100);
    }

    /** As OData reads a literal: doubled quotes stand for one, a single one ends it. */
    private static String unquoted(String literal) {
        assertThat(literal).startsWith("'").endsWith("'");
        String inside = literal.substring(1, literal.length() - 1);
        assertThat(inside.replace("''", "")).doesNotContain("'");
        return inside.replace("''", "'");
    }
}
