package dev.cosell.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.crm.Crms;
import dev.cosell.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

/** Which hosts are called follows from the settings alone. */
class OutgoingHostsTest {
    private static final Map<String, String> REAL = Map.of("partner-center.tenant", "contoso.example",
            "partner-center.client-id", "a", "crms", "dynamics", "salesforce.login-url",
            "https://login.example.org", "dynamics.url", "https://contoso.crm4.dynamics.com", "dynamics.tenant", "t",
            "dynamics.client-id", "c", "dynamics.client-secret", "d", "outgoing.hosts",
            "Hooks.example.com, *.gov.example, pager.example:8443");

    private static OutgoingHosts hosts(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(REAL);
        values.putAll(more);
        Settings settings = Crms.SHIPPED.settings(Path.of("none"), Map.of(), values);
        return new OutgoingHosts(settings.hosts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.partner.microsoft.com/v1.0", "https://login.microsoftonline.com/x",
            "https://api.partnercenter.microsoft.com", "https://login.example.org/services/oauth2/token",
            "https://acme.my.salesforce.com", "https://acme--uat.sandbox.my.salesforce.com:443/services",
            "https://CONTOSO.crm4.dynamics.com", "https://contoso.api.crm4.dynamics.com/api",
            "https://hooks.example.com",
            "https://a.b.gov.example", "https://pager.example:8443/wake"})
    void what_the_settings_name_is_called(String address) {
        assertThat(hosts(Map.of()).refusal(URI.create(address))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://acme.my.salesforce.com",
            "https://salesforce.com.evil.example",
            "https://evilsalesforce.com", "https://salesforce.com", "https://acme.my.salesforce.com:8443",
            "https://acme.my.salesforce.com@evil.example/", "https://fabrikam.crm4.dynamics.com",
            "https://contoso.crm.dynamics.com", "http://login.microsoftonline.com", "https://gov.example",
            "https://pager.example", "http://localhost:8080", "https://login.microsoftonline.com.evil.example",
            "urn:nothing"})
    void nothing_else_is_and_the_sentence_names_the_setting(String address) {
        assertThat(hosts(Map.of()).refusal(URI.create(address))).startsWith("No setting names the host ")
                .contains("it was not called").endsWith("add it to outgoing.hosts");
    }

    @Test
    void receivers_of_alerts_traces_and_the_issuer_are_on_the_list_when_they_are_set() {
        OutgoingHosts hosts = hosts(Map.of("alerts.slack.url", "https://hooks.slack.example/T/B/hush",
                "traces.url", "http://localhost:4318", "management.sign-in.issuer", "https://id.example/tenant",
                "management.sign-in.client-id", "e", "management.sign-in.client-secret", "f",
                "management.public-url", "https://sync.example"));
        for (String address : new String[] {"https://hooks.slack.example", "http://localhost:4318/v1/traces",
                "https://id.example/keys"}) {
            assertThat(hosts.refusal(URI.create(address))).as(address).isNull();
        }
        assertThat(hosts.refusal(URI.create("https://sync.example"))).as("our own address").isNotNull();
    }
}
