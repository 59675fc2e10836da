package dev.cosell.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cosell.crm.Crms;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A variable of the environment that sets nothing, because its name is mistyped, was passed over in silence. */
class StrayVariablesTest {
    private static Settings read(String variable, String value) {
        return Crms.SHIPPED.settings(Path.of("none"), Map.of(variable, value), Map.of());
    }

    /** Deals were closed at once that were to wait, and a registration was not taken over. */
    @ParameterizedTest
    @CsvSource({"PARTNER_CENTER_IRREVERSIBEL, PARTNER_CENTER_IRREVERSIBLE",
            "WEBHOOK_OVERWRITE_EXISTNG, WEBHOOK_OVERWRITE_EXISTING",
            "SETUP_DYNAMICS_SOLUTON, SETUP_DYNAMICS_SOLUTION", "ALERTS_MALI_PORT, ALERTS_MAIL_PORT",
            "MARKETPLACE_LEADS_PATH_SECERT, MARKETPLACE_LEADS_PATH_SECRET", "FIRST_SYNC_LIMT, FIRST_SYNC_LIMIT",
            "BACKFILL_MOST_CLOSING, BACKFILL_MOST_CLOSINGS", "SYNC_BRAKE_SHRAE, SYNC_BRAKE_SHARE",
            "MANAGEMENT_USRES, MANAGEMENT_USERS"})
    void aMistypedVariableEndsTheStartWithTheOneThatIsNearest(String variable, String meant) {
        SettingsFault fault = catchThrowableOfType(SettingsFault.class, () -> read(variable, "very-secret"));
        assertThat(fault).hasMessage(told(variable, meant));
    }

    private static String told(String variable, String meant) {
        return "environment variable " + variable + ": there is no setting of that name; did you mean " + meant
                + "? If it is another program's, start Cosell Sync without it";
    }

    @ParameterizedTest
    @CsvSource({"PARTNER_CENTER_CLIENT_SECRET_FLIE, PARTNER_CENTER_CLIENT_SECRET_FILE",
            "SALESFORCE_CLIENT_SECRTE_FILE, SALESFORCE_CLIENT_SECRET_FILE",
            "DYNAMICS_CLIENT_SECRTE, DYNAMICS_CLIENT_SECRET", "SETUP_SALESFORCE_CLIENTID, SETUP_SALESFORCE_CLIENT_ID"})
    void ofCredentialsAMistypedOneIsNamedWhereSomeAreWanting(String variable, String meant) {
        Map<String, String> environment = Map.of(variable, "very-secret", "PARTNER_CENTER_TENANT",
                "contoso.onmicrosoft.com");
        SettingsFault fault = catchThrowableOfType(SettingsFault.class,
                () -> Crms.SHIPPED.settings(Path.of("none"), environment, Map.of()));
        assertThat(fault).hasMessageContaining(told(variable, meant));
        assertThat(read(variable, "very-secret").unknownVariables()).as("in sandbox mode").containsExactly(variable);
    }

    /** A variable of another program ended the start although nothing was missing. */
    @Test
    void aNameLikeThatOfASettingWhichHasAValueIsToldOnly() {
        Map<String, String> environment = Map.of("SYNC_BRAKE_SHRAE", "30", "SYNC_BRAKE_SHARE", "20");
        assertThat(Crms.SHIPPED.settings(Path.of("none"), environment, Map.of()).unknownVariables())
                .containsExactly("SYNC_BRAKE_SHRAE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SALESFORCE_TOKEN", "DYNAMICS_REGION", "WEBHOOK_URL", "PARTNER_CENTER_FOO",
            "SETUP_SALESFORCE_KEYSTORE", "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE"})
    void aVariableThatIsNearNoSettingIsToldOnly(String variable) {
        assertThat(read(variable, "very-secret").unknownVariables()).containsExactly(variable);
    }

    @ParameterizedTest
    @CsvSource({"WEBHOOK_SERVICE_HOST,10.0.0.1", "WEBHOOK_SERVICE_PORT,80", "WEBHOOK_SERVICE_PORT_HTTP,80",
            "WEBHOOK_PORT,tcp://10.0.0.1:80", "WEBHOOK_PORT_80_TCP,tcp://10.0.0.1:80", "WEBHOOK_PORT_80_TCP_PROTO,tcp",
            "WEBHOOK_PORT_80_TCP_PORT,80", "WEBHOOK_PORT_80_TCP_ADDR,10.0.0.1",
            "SALESFORCE_PROXY_SERVICE_HOST,10.0.0.2", "HTTP_PROXY,http://proxy", "STATE_HOME,/var",
            "CHECK_INTERVAL,5", "LEADS_URL,x", "PATH,/bin"})
    void whatOthersSetIsNobodysMistake(String variable, String value) {
        assertThat(read(variable, value).unknownVariables()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.cosell.settings.AllSettings#get")
    void theVariableOfEachSettingAndOfItsFileIsKnown(Setting key) {
        Map<String, String> both = Map.of(key.variable(), "x", key.variable() + "_FILE", "/run/secrets/x");
        StrayVariables strays = StrayVariables.in(both, AllSettings.get().toList(), Crms.SHIPPED.all());
        assertThat(strays.mistyped()).isEmpty();
        assertThat(strays.unknown()).isEmpty();
    }
}
