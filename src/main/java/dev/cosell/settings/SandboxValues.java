package dev.cosell.settings;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What settings are in sandbox mode: addresses of the stand-in servers, and the word {@code sandbox} for every credential. */
final class SandboxValues {
    private SandboxValues() {}

    /**
     * @param present the values set so far, for the ports
     * @param set     settings that somebody has set; their pace is left alone
     */
    static Map<Key, String> instead(Function<Key, String> present, Set<Key> set) {
        String partnerCenter = "http://localhost:" + present.apply(Key.SANDBOX_PARTNER_CENTER_PORT);
        Map<Key, String> values = new EnumMap<>(Key.class);
        values.put(Key.PARTNER_CENTER_URL, partnerCenter + "/v1.0/engagements");
        values.put(Key.PARTNER_CENTER_LOGIN_URL, partnerCenter);
        values.put(Key.PARTNER_CENTER_WEBHOOK_URL, partnerCenter);
        values.put(Key.DYNAMICS_LOGIN_URL, partnerCenter);
        values.put(Key.WEBHOOK_CERTIFICATE_ORIGINS, partnerCenter);
        values.put(Key.DYNAMICS_URL, "http://localhost:" + present.apply(Key.SANDBOX_DYNAMICS_PORT));
        values.put(Key.SALESFORCE_LOGIN_URL, "http://localhost:" + present.apply(Key.SANDBOX_SALESFORCE_PORT));
        for (Key key : new Key[] {Key.PARTNER_CENTER_TENANT, Key.PARTNER_CENTER_CLIENT_ID, Key.PARTNER_CENTER_CLIENT_SECRET,
                Key.PARTNER_CENTER_REFRESH_TOKEN, Key.DYNAMICS_TENANT, Key.DYNAMICS_CLIENT_ID, Key.DYNAMICS_CLIENT_SECRET,
                Key.SALESFORCE_CLIENT_ID, Key.SALESFORCE_CLIENT_SECRET}) {
            values.put(key, "sandbox");
        }
        ifNotSet(set, values, Key.SALESFORCE_POLL_INTERVAL, "5s");
        ifNotSet(set, values, Key.DYNAMICS_POLL_INTERVAL, "5s");
        ifNotSet(set, values, Key.PARTNER_CENTER_CALLS_PER_MINUTE, "0");
        ifNotSet(set, values, Key.SALESFORCE_ORG_CALL_SHARE, "off");
        ifNotSet(set, values, Key.PARTNER_CENTER_TEAM_FIRST_NAME, "Ana");
        ifNotSet(set, values, Key.PARTNER_CENTER_TEAM_LAST_NAME, "Reyes");
        ifNotSet(set, values, Key.PARTNER_CENTER_TEAM_EMAIL, "ana.reyes@tidewater.example");
        ifNotSet(set, values, Key.PARTNER_CENTER_TEAM_PHONE, "+1 555 0100");
        ifNotSet(set, values, Key.PARTNER_CENTER_CREATE_WAIT, "2s");
        ifNotSet(set, values, Key.SYNC_CUSTOMER_LEASE, "3s");
        ifNotSet(set, values, Key.CHECK_AT_START, "false");
        return values;
    }

    private static void ifNotSet(Set<Key> set, Map<Key, String> values, Key key, String value) {
        if (!set.contains(key)) {
            values.put(key, value);
        }
    }
}
