package dev.cosell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.connection.Connection;
import dev.cosell.dynamics.EnvironmentName;
import dev.cosell.entra.TokenSource;
import dev.cosell.verbs.Fault;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * To which hosts a link in an answer may lead: a Dynamics 365 environment answers under two names, and its links show
 * either.
 */
class HttpSystemLinksTest {
    private static final TokenSource TOKENS = new TokenSource() {
        @Override
        public String token() {
            return "hush-hush";
        }

        @Override
        public void discard(String token) {}
    };

    private static String called(String base, String link) throws IOException {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(new Request("GET", link, Map.of(), null));
        new HttpSystem(new Connection("dynamics", Clock.systemUTC()), base, TOKENS, new ObjectMapper(),
                Clock.systemUTC(), new CallRate("dynamics", 0, Clock.systemUTC()),
                new Manner(EnvironmentName::plain, Map.of())).prepare(exchange);
        return exchange.getMessage().getHeader(Exchange.HTTP_URI, String.class);
    }

    @ParameterizedTest
    @CsvSource({
            "https://contoso.crm4.dynamics.com,     "
                    + "https://contoso.crm4.dynamics.com/api/data/v9.2/opportunities?$skiptoken=%3Cx",
            "https://contoso.crm4.dynamics.com,     "
                    + "https://contoso.api.crm4.dynamics.com/api/data/v9.2/opportunities?$skiptoken=%3Cx",
            "https://contoso.api.crm4.dynamics.com, "
                    + "https://contoso.crm4.dynamics.com/api/data/v9.2/opportunities?$skiptoken=%3Cx",
            "https://Contoso.API.CRM4.dynamics.com, "
                    + "https://contoso.crm4.dynamics.com/api/data/v9.2/opportunities?$skiptoken=%3Cx"})
    void aLinkToTheSameEnvironmentIsFollowedAsItIs(String base, String link) throws IOException {
        assertThat(called(base, link)).isEqualTo(link);
    }

    @ParameterizedTest
    @CsvSource({
        "https://contoso.crm4.dynamics.com,       https://fabrikam.api.crm4.dynamics.com/api",
        "https://contoso.crm4.dynamics.com,       https://contoso.api.crm.dynamics.com/api",
        "https://contoso.crm4.dynamics.com,       http://contoso.api.crm4.dynamics.com/api",
        "https://contoso.crm4.dynamics.com,       https://contoso.api.crm4.dynamics.com:8443/api",
        "https://contoso.crm4.dynamics.com,       https://contoso.api.crm4.dynamics.com@evil.example/api",
        "https://contoso.crm4.dynamics.com,       https://contoso.api.api.crm4.dynamics.com/api",
        "https://api.partnercenter.microsoft.com, https://partnercenter.microsoft.com/api"})
    void noOtherHostSeesAToken(String base, String link) {
        assertThatThrownBy(() -> called(base, link)).isInstanceOf(Fault.Data.class).hasMessageContaining("another host")
                .hasMessageNotContaining("hush");
    }

    /** Camel would take a name in two braces for a setting and put its value in its place: docs/advisories.md. */
    @Test
    void anAddressWithBracesIsNone() {
        assertThatThrownBy(() -> called("https://contoso.crm4.dynamics.com", "/api/accounts?name={{http.port}}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
