package dev.cosell.sandbox.dataverse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts for people in metadata. The environment has one language, 1033. */
final class Labels {
    static final int LANGUAGE = 1033;

    private Labels() {}

    static Map<String, Object> label(String text) {
        if (text.isEmpty()) {
            Map<String, Object> empty = new LinkedHashMap<>();
            empty.put("LocalizedLabels", List.of());
            empty.put("UserLocalizedLabel", null);
            return empty;
        }
        Map<String, Object> localized = new LinkedHashMap<>();
        localized.put("Label", text);
        localized.put("LanguageCode", LANGUAGE);
        localized.put("IsManaged", false);
        localized.put("MetadataId", Definitions.id("label " + text));
        localized.put("HasChanged", null);
        return Map.of("LocalizedLabels", List.of(localized), "UserLocalizedLabel", localized);
    }

    /**
     * The text of a label as a request body gives it; null when there is none. Refuses languages that are not
     * installed.
     */
    static String text(Object json) {
        if (!(json instanceof Map<?, ?> label) || !(label.get("LocalizedLabels") instanceof List<?> list)
                || list.isEmpty()) {
            return null;
        }
        for (Object each : list) {
            if (each instanceof Map<?, ?> localized && localized.get("LanguageCode") instanceof Number code
                    && code.intValue() != LANGUAGE) {
                throw Refusal.invalidArgument(
                        "The language code " + code + " is not a valid language for this organization.");
            }
        }
        return (String) ((Map<?, ?>) list.get(0)).get("Label");
    }
}
