package dev.cosell.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTextTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        jdbc:h2:file:./data/x;USER=a;PASSWORD=p;MODE=M , jdbc:h2:file:./data/x;USER=a;MODE=M , p
        jdbc:h2:file:./data/x;PASSWORD=p%20            , jdbc:h2:file:./data/x               , p%20
        jdbc:postgresql://h/d?password=p%26q&user=a    , jdbc:postgresql://h/d?user=a        , p&q
        jdbc:postgresql://h/d?user=a&password=p        , jdbc:postgresql://h/d?user=a        , p
        jdbc:postgresql://h/d?user=a                   , jdbc:postgresql://h/d?user=a        , beside
        """)
    void thePasswordLeavesTheUrl(String given, String url, String password) {
        ConnectionText text = ConnectionText.of(given, "beside");

        assertThat(text.url()).isEqualTo(url);
        assertThat(text.password()).isEqualTo(password);
        assertThat(text).hasToString(url.split("[?;]")[0]);
    }
}
