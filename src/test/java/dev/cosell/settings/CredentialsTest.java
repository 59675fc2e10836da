package dev.cosell.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cosell.crm.Crms;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final Map<String, String> PARTNER_CENTER = Map.of("partner-center.tenant", "t",
            "partner-center.client-id", "c");
    private static final Map<String, String> SALESFORCE = Map.of("salesforce.client-id", "c",
            "salesforce.client-secret", "hush", "salesforce.login-url", "https://example.my.salesforce.com");
    private static final Map<String, String> DYNAMICS = Map.of("dynamics.url", "https://example.crm.dynamics.com",
            "dynamics.tenant", "t", "dynamics.client-id", "c", "dynamics.client-secret", "hush");

    @SafeVarargs
    private static List<String> faults(Map<String, String>... settings) {
        Map<String, String> all = new HashMap<>();
        List.of(settings).forEach(all::putAll);
        SettingsFault fault = catchThrowableOfType(SettingsFault.class,
                () -> Crms.SHIPPED.settings(Path.of("none"), Map.of(), all));
        return fault == null ? List.of() : fault.getMessage().lines().toList();
    }

    /** Each credential of the other CRM was asked for, and nothing was said of the setting that leaves it out. */
    @Test
    void aCrmThatNobodyMeantIsToldInOneSentenceThatNamesCrms() {
        assertThat(faults(PARTNER_CENTER, SALESFORCE)).containsExactly("crms is not set, so Dynamics 365 is synced "
                + "too: set crms = salesforce in application.properties or as CRMS, or give Dynamics 365 its "
                + "credentials, beginning with dynamics.url, dynamics.tenant, dynamics.client-id, "
                + "dynamics.client-secret");
        assertThat(faults(PARTNER_CENTER, DYNAMICS)).containsExactly("crms is not set, so Salesforce is synced too: "
                + "set crms = dynamics in application.properties or as CRMS, or give Salesforce its credentials, "
                + "beginning with salesforce.client-id");
        assertThat(faults(PARTNER_CENTER, SALESFORCE, DYNAMICS)).isEmpty();
    }

    @Test
    void whereNoCrmHasCredentialsCrmsIsNamedBeforeTheyAreAskedFor() {
        assertThat(faults(PARTNER_CENTER)).hasSizeGreaterThan(4).first().asString()
                .isEqualTo("crms is not set, so Salesforce and Dynamics 365 are synced: set crms in "
                        + "application.properties or as CRMS to those that you have");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dynamics", "salesforce, dynamics"})
    void aCrmThatSomebodyHasChosenIsAskedForEachCredential(String crms) {
        assertThat(faults(PARTNER_CENTER, SALESFORCE, Map.of("crms", crms))).hasSize(4)
                .allMatch(line -> line.startsWith("dynamics.") && line.contains(" is not set; set it in"));
    }

    @Test
    void aCrmWithAPartOfItsCredentialsIsMeant() {
        assertThat(faults(PARTNER_CENTER, SALESFORCE, Map.of("dynamics.tenant", "t"))).hasSize(3)
                .allMatch(line -> line.startsWith("dynamics."));
    }

    /** The start went well; then Salesforce refused, and the credentials were to be checked, which were right. */
    @ParameterizedTest
    @ValueSource(strings = {"https://login.salesforce.com", "https://test.salesforce.com",
            "https://Login.Salesforce.com"})
    void clientCredentialsOfSalesforceNeedTheOrganisationsOwnDomain(String address) {
        Map<String, String> shared = Map.of("crms", "salesforce", "salesforce.login-url", address);
        String sentence = "salesforce.login-url must be your own domain, such as https://example.my.salesforce.com, to "
                + "sign in with client credentials (";
        assertThat(faults(PARTNER_CENTER, SALESFORCE, shared))
                .containsExactly(sentence + "salesforce.client-secret): " + address + " takes none");

        Map<String, String> assertion = Map.of("salesforce.client-id", "c", "salesforce.user-name", "ana",
                "salesforce.keystore", "file:key.jks", "salesforce.keystore-password", "hush");
        assertThat(faults(PARTNER_CENTER, assertion, shared)).isEmpty();
        assertThat(faults(PARTNER_CENTER, SALESFORCE, shared, Map.of("salesforce.refresh-token", "hush"))).isEmpty();
        assertThat(faults(PARTNER_CENTER, assertion, shared, Map.of("setup.salesforce.client-id", "c",
                "setup.salesforce.client-secret", "hush")))
                .containsExactly(sentence + "setup.salesforce.client-secret): " + address + " takes none");
    }

    @Test
    void theDefaultAddressOfSalesforceTakesNoClientCredentials() {
        assertThat(faults(PARTNER_CENTER, Map.of("crms", "salesforce", "salesforce.client-id", "c",
                "salesforce.client-secret", "hush"))).singleElement().asString()
                .contains("salesforce.login-url must be your own domain", "https://login.salesforce.com takes none");
    }
}
