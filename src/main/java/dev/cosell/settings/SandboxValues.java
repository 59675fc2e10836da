package dev.cosell.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What settings are in sandbox mode: addresses of the stand-in servers, the word {@code sandbox} for every credential,
 * and files of their own for the sign-ins.
 */
final class SandboxValues {
    private static final String CREDENTIAL = "sandbox";
    private static final String SIGN_INS = "{data.directory}/sandbox/connections/";

    private SandboxValues() {}

    /**
     * @param crms    the CRMs there are
     * @param present the values set so far, for the ports
     * @param set     settings that somebody has set; their pace is left alone
     */
    static Map<Setting, String> instead(List<? extends CrmSettings> crms, Function<Setting, String> present,
            Set<Setting> set) {
        String partnerCenter = "http://localhost:" + present.apply(Key.SANDBOX_PARTNER_CENTER_PORT);
        Map<Setting, String> values = new HashMap<>();
        values.put(Key.PARTNER_CENTER_URL, partnerCenter + "/v1.0/engagements");
        values.put(Key.PARTNER_CENTER_LOGIN_URL, partnerCenter);
        values.put(Key.PARTNER_CENTER_WEBHOOK_URL, partnerCenter);
        values.put(Key.WEBHOOK_CERTIFICATE_ORIGINS, partnerCenter);
        for (Key key : List.of(Key.PARTNER_CENTER_TENANT, Key.PARTNER_CENTER_CLIENT_ID,
                Key.PARTNER_CENTER_CLIENT_SECRET,
                Key.PARTNER_CENTER_REFRESH_TOKEN)) {
            values.put(key, CREDENTIAL);
        }
        // Also where somebody has set them: a command without the real credentials must not replace a real sign-in.
        values.put(Key.PARTNER_CENTER_SIGN_IN_FILE, SIGN_INS + "partner-center.json");
        values.put(Key.WEBHOOK_SIGN_IN_FILE, SIGN_INS + "partner-center-webhooks.json");
        ifNotSet(set, values, Key.PARTNER_CENTER_CALLS_PER_MINUTE, "0");
        ifNotSet(set, values, Key.PARTNER_CENTER_TEAM_FIRST_NAME, "Ana");
        ifNotSet(set, values, Key.PARTNER_CENTER_TEAM_LAST_NAME, "Reyes");
        ifNotSet(set, values, Key.PARTNER_CENTER_TEAM_EMAIL, "ana.reyes@tidewater.example");
        ifNotSet(set, values, Key.PARTNER_CENTER_TEAM_PHONE, "+1 555 0100");
        ifNotSet(set, values, Key.PARTNER_CENTER_CREATE_WAIT, "2s");
        ifNotSet(set, values, Key.SYNC_CUSTOMER_LEASE, "3s");
        ifNotSet(set, values, Key.CHECK_AT_START, "false");
        ifNotSet(set, values, Key.FIRST_SYNC, "go");
        for (CrmSettings crm : crms) {
            values.putAll(crm.sandboxValues(present));
            crm.sandboxDefaults().forEach((key, value) -> ifNotSet(set, values, key, value));
        }
        return values;
    }

    private static void ifNotSet(Set<Setting> set, Map<Setting, String> values, Setting key, String value) {
        if (!set.contains(key)) {
            values.put(key, value);
        }
    }
}
