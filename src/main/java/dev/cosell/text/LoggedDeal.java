package dev.cosell.text;

import java.util.List;
import java.util.Map;
import org.slf4j.MDC;

/** Which deal the lines are about that a thread logs, for logs that programs read. */
public final class LoggedDeal {
    public static final String CRM = "crm";
    public static final String REFERRAL_ID = "referralId";
    public static final String CRM_ID = "crmId";
    public static final String TRACE_ID = "traceId";
    public static final List<String> KEYS = List.of(CRM, REFERRAL_ID, CRM_ID, TRACE_ID);

    private LoggedDeal() {}

    /** From now on, until somebody says something else. Null for what is not known. */
    public static void is(String crm, String referralId, String crmId) {
        put(CRM, crm);
        put(REFERRAL_ID, referralId);
        put(CRM_ID, crmId);
    }

    /** @param traceId null when nothing is traced */
    public static void tracedAs(String traceId) {
        put(TRACE_ID, traceId);
    }

    /** What is logged meanwhile is about this deal. */
    public static void during(String crm, String referralId, String crmId, Runnable telling) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        is(crm, referralId, crmId);
        try {
            telling.run();
        } finally {
            MDC.setContextMap(before == null ? Map.of() : before);
        }
    }

    public static void forget() {
        KEYS.forEach(MDC::remove);
    }

    private static void put(String key, String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
