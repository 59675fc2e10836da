package dev.cosell.crm.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.crm.Crms;
import dev.cosell.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An environment has two names, and only the plain one is known to Entra and has pages. */
class EnvironmentAddressTest {
    private static Settings settings(String url) {
        return Crms.SHIPPED.settings(Path.of("none"), Map.of(),
                Map.of("crms", "dynamics", "dynamics.url", url, "partner-center.tenant", "t",
                        "partner-center.client-id", "a", "dynamics.tenant", "t", "dynamics.client-id", "c",
                        "dynamics.client-secret", "d"));
    }

    /** Tokens were asked for the name of the API, and links to records led there. */
    @ParameterizedTest
    @CsvSource({"https://contoso.api.crm4.dynamics.com, https://contoso.crm4.dynamics.com",
            "https://contoso.api.crm.dynamics.com,  https://contoso.crm.dynamics.com",
            "https://contoso.crm4.dynamics.com,     https://contoso.crm4.dynamics.com",
            "https://Contoso.API.CRM4.dynamics.com, https://contoso.crm4.dynamics.com",
            "https://api.crm4.dynamics.com,         https://api.crm4.dynamics.com",
            "http://localhost:8082,                 http://localhost:8082"})
    void tokensAndPagesAreOfThePlainName(String url, String plain) {
        Settings settings = settings(url);
        assertThat(DynamicsCrm.scope(settings)).isEqualTo(plain + "/.default");
        assertThat(new DynamicsCrm().pageOf(settings, "1", false))
                .isEqualTo(plain + "/main.aspx?pagetype=entityrecord&etn=opportunity&id=1");
        assertThat(new DynamicsCrm().address(settings)).as("calls go where the setting says")
                .hasToString(url + "/api/data/v9.2/");
    }
}
