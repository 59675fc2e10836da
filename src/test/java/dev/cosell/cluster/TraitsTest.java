package dev.cosell.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cosell.crm.dynamics.DynamicsCrm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraitsTest {
    private static final Map<String, String> OURS = Map.of(Traits.VERSION, "1.4.0", Traits.BROKER,
            "tcp://broker:61616", "crms", "dynamics,salesforce",
            "partner-center.tenant", "contoso");

    private static List<String> differences(String trait, String theirs) {
        Map<String, String> other = new HashMap<>(OURS);
        other.put(trait, theirs);
        return Traits.differences(OURS, other, UnaryOperator.identity());
    }

    @Test
    void the_same_settings_are_no_difference() {
        assertThat(Traits.differences(OURS, OURS, UnaryOperator.identity())).isEmpty();
    }

    @Test
    void neighbouring_minor_versions_run_together_and_no_others() {
        assertThat(List.of("1.4.9", "1.3.0", "1.5.2-SNAPSHOT"))
                .allSatisfy(version -> assertThat(differences(Traits.VERSION, version)).isEmpty());
        assertThat(List.of("1.2.0", "1.6.0", "2.4.0", "0.4.0"))
                .allSatisfy(version -> assertThat(differences(Traits.VERSION, version))
                .containsExactly("it is version " + version + ", this one is 1.4.0, and only neighbouring minor"
                        + " versions run together: upgrade one step after the other"));
    }

    @Test
    void another_tenant_or_other_crms_are_named_with_both_values() {
        assertThat(differences("partner-center.tenant", "fabrikam"))
                .containsExactly("partner-center.tenant is fabrikam there and contoso here");
        assertThat(differences("crms", "salesforce"))
                .containsExactly("crms is salesforce there and dynamics,salesforce here");
        assertThat(differences("partner-center.tenant", ""))
                .containsExactly("partner-center.tenant is not set there and contoso here");
    }

    @Test
    void two_embedded_brokers_are_two_queues_although_they_are_called_the_same() {
        assertThat(differences(Traits.BROKER, "tcp://another:61616")).hasSize(1);
        Map<String, String> embedded = new HashMap<>(OURS);
        embedded.put(Traits.BROKER, Traits.EMBEDDED);
        assertThat(Traits.differences(embedded, embedded, UnaryOperator.identity())).singleElement().asString()
                .contains("set broker.url of every instance to the same");
    }

    @Test
    void of_a_brokers_address_only_hosts_and_ports_count_and_no_password_is_shown() {
        assertThat(Traits.brokers("(tcp://b:61616?user=x&password=secret, tcp://a:61616)?ha=true"))
                .isEqualTo(Traits.brokers("(tcp://a:61616,tcp://b:61616)")).isEqualTo("tcp://a:61616,tcp://b:61616");
        assertThat(Traits.brokers("")).isEqualTo(Traits.EMBEDDED);
    }

    @Test
    void what_a_newer_version_compares_besides_is_no_difference() {
        Map<String, String> newer = new HashMap<>(OURS);
        newer.put("a new setting", "on");
        assertThat(Traits.differences(newer, OURS, UnaryOperator.identity())).isEmpty();
        assertThat(Traits.differences(OURS, newer, UnaryOperator.identity())).isEmpty();
    }

    /** An instance was refused beside one whose address was written in another way. */
    @ParameterizedTest
    @CsvSource({"https://contoso.crm4.dynamics.com/api/data/, https://contoso.api.crm4.dynamics.com/api/data/",
        "https://contoso.crm4.dynamics.com/api/data/, https://Contoso.API.CRM4.dynamics.com/api/data",
        "https://contoso.my.salesforce.com/services/data, https://CONTOSO.my.salesforce.com/services/data/",
        "contoso.onmicrosoft.com, Contoso.OnMicrosoft.com", "tcp://broker:61616, tcp://Broker:61616"})
    void the_same_system_was_another_one_when_its_address_was_written_otherwise(String one, String other) {
        assertThat(differ(one, other)).isEmpty();
        assertThat(differ(other, one)).isEmpty();
    }

    @Test
    void another_environment_is_another_one_under_either_name() {
        assertThat(differ("https://contoso.crm4.dynamics.com", "https://fabrikam.api.crm4.dynamics.com")).hasSize(1);
        assertThat(differ("https://contoso.crm4.dynamics.com", "https://contoso.api.crm.dynamics.com"))
                .containsExactly("the address is https://contoso.api.crm.dynamics.com there and "
                        + "https://contoso.crm4.dynamics.com here");
    }

    private static List<String> differ(String ours, String theirs) {
        return Traits.differences(Map.of(Traits.VERSION, "1.4.0", Traits.BROKER, "tcp://broker:61616", "the address",
                ours), Map.of(Traits.VERSION, "1.4.0", Traits.BROKER, "tcp://broker:61616", "the address", theirs),
                new DynamicsCrm()::oneName);
    }

    @Test
    void the_version_of_this_product_is_that_of_its_pom() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsPattern("<artifactId>cosell-sync[^<]*</artifactId>\\s*<version>"
                        + Version.OURS + "\\b");
        assertThatThrownBy(() -> Version.of("newest")).hasMessage("newest is no version");
    }
}
