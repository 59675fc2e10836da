package dev.cosell.sandbox.partnercenter;

import java.util.LinkedHashMap;
import java.util.Map;

/** How the sandbox behaves where real tenants differ, and what it does to make life hard. */
final class Switches {
    private final Map<String, Object> values = new LinkedHashMap<>();

    Switches() {
        reset();
    }

    void reset() {
        values.clear();
        values.put("refuseNamePatch", false);
        values.put("refuseUpdatedFilter", false);
        values.put("refuseExternalReferenceFilter", false);
        values.put("refuseOrder", false);
        values.put("thinLists", false);
        values.put("silentPatch", false);
        values.put("demandIfMatch", false);
        values.put("nextLinkOnItsOwnPath", false);
        values.put("createdStatus", 200);
        values.put("sprinkle", false);
        values.put("callsPerMinute", 0);
        values.put("retryAfterHeader", true);
        values.put("refuseCrmIdWhileNew", false);
        values.put("demandReason", false);
        values.put("ownCopyStaysAsItWas", false);
        values.put("microsoftsOnlyByEngagement", "");
        values.put("fieldRules", true);
        values.put("makeNullParts", false);
        values.put("servicesSolutions", "SOL-90001-SVC");
        values.put("strictRotation", false);
        values.put("refreshTokenRevoked", false);
        values.put("multiFactor", true);
        values.put("withoutMfa", false);
        values.put("enforceMfa", true);
        values.put("mfaAnswer", "header");
        values.put("blockDeviceCodes", false);
        values.put("redirectUris", "http://localhost");
        values.put("idTokenFault", "");
        values.put("applicationRoles", "Cosell.Viewer");
        values.put("registrationDeniedTo", "");
        values.put("withoutRole", false);
        values.put("deviceCodeInterval", 5);
        values.put("tokenLifeSeconds", 3599);
        values.put("deliveries", true);
        values.put("duplicates", 0);
        values.put("firstPauseMillis", 200);
        values.put("certificateUrl", "");
        values.put("wrongSignature", false);
        values.put("overtakenMillis", 0);
        values.put("changeTimeOfSending", false);
        values.put("resourceUriBase", "https://api.partnercenter.microsoft.com/engagements/v1/referrals");
        values.put("noRegistration", "404");
        values.put("camelCaseRegistration", false);
        values.put("validationStatus", "");
    }

    /** Takes the switches named; an unknown name or another type of value is refused with false and nothing changes. */
    boolean set(Map<String, Object> wanted) {
        for (Map.Entry<String, Object> one : wanted.entrySet()) {
            Object now = values.get(one.getKey());
            if (now == null || one.getValue() == null || now.getClass() != one.getValue().getClass()) {
                return false;
            }
        }
        values.putAll(wanted);
        return true;
    }

    boolean on(String name) {
        return (Boolean) values.get(name);
    }

    int number(String name) {
        return (Integer) values.get(name);
    }

    String text(String name) {
        return (String) values.get(name);
    }

    Map<String, Object> json() {
        return new LinkedHashMap<>(values);
    }
}
