package dev.cosell.partnercenter.registration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is to be done about the registration: decided from what there is and what shall be, without any call. */
sealed interface RegistrationPlan {
    /** It is as it shall be. */
    record Right() implements RegistrationPlan {}

    /** Somebody else holds it and shall keep it. */
    record Foreign(String holder) implements RegistrationPlan {}

    /**
     * It is to be written.
     *
     * @param method    POST for the first one of a tenant, PUT otherwise
     * @param takenFrom host that loses it; null when nobody does
     */
    record Write(String method, Map<String, Object> body, String takenFrom) implements RegistrationPlan {}

    /**
     * @param present null when there is none
     * @param wanted  events that are offered and wanted; never empty
     */
    static RegistrationPlan of(RegistrationWish wish, PresentRegistration present, Set<String> wanted) {
        if (present == null) {
            return new Write("POST", body(wish, wanted), null);
        }
        if (!present.url().equals(wish.url())) {
            return wish.overwriteExisting() ? new Write("PUT", body(wish, wanted), present.holder())
                    : new Foreign(present.holder());
        }
        boolean headerRight = present.ownHeader() == null || present.ownHeader() == wish.ownHeader();
        return headerRight && present.hasEvents(wanted) ? new Right()
                : new Write("PUT", body(wish, merged(present.events(), wanted)), null);
    }

    /** Events that somebody registered by hand for our address stay. */
    private static Set<String> merged(Set<String> present, Set<String> wanted) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(wanted);
        all.addAll(present);
        return all;
    }

    private static Map<String, Object> body(RegistrationWish wish, Set<String> events) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("WebhookUrl", wish.url());
        body.put("WebhookEvents", List.copyOf(new ArrayList<>(events)));
        body.put("SignatureTokenToMsSignatureHeader", wish.ownHeader());
        return body;
    }
}
