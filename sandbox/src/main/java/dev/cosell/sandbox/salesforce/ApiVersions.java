package dev.cosell.sandbox.salesforce;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The list of API versions, named after the releases that brought them. */
final class ApiVersions {
    private static final List<String> SEASONS = List.of("Summer", "Winter", "Spring");

    private ApiVersions() {}

    static List<Object> list() {
        return IntStream.rangeClosed(ApiUrl.OLDEST, ApiUrl.NEWEST).<Object>mapToObj(ApiVersions::version).toList();
    }

    /** Version 37.0 came with Summer '16; three follow each year. */
    private static Map<String, Object> version(int number) {
        String label = SEASONS.get((number - 37) % 3) + " '" + (16 + (number - 35) / 3);
        return Map.of("label", label, "url", "/services/data/v" + number + ".0", "version", number + ".0");
    }
}
