package dev.cosell.mapping;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two-letter country codes of ISO 3166 in upper case, the only form Partner Center takes. */
final class Country extends SameForm {
    /** Kosovo's code is assigned by users of the standard, Microsoft among them, not by the standard. */
    private static final Set<String> CODES = Stream.concat(Arrays.stream(Locale.getISOCountries()), Stream.of("XK"))
            .collect(Collectors.toUnmodifiableSet());

    private static final int LONGEST_CODE = 3;
    /** Who chooses a name from a list cannot write a code. */
    private static final String OF_A_LIST = " Where the name is chosen from a list, map the field of its code.";

    @Override
    public Object toCrm(Object referralValue) {
        return code(referralValue, "");
    }

    @Override
    public Object toReferral(Object crmValue) {
        return code(crmValue, OF_A_LIST);
    }

    @Override
    String normal(Object value) {
        String text = Canonical.text(value);
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }

    /** @param ofName what to do about a name beside writing the code */
    private String code(Object value, String ofName) {
        Canonical.scalarText(value);
        String code = normal(value);
        if (code == null || CODES.contains(code)) {
            return code;
        }
        String meant = OtherNames.CODES.get(code);
        throw new ConversionFault(value,
                "is no two-letter country code of ISO 3166, the only form Partner Center takes. Write "
                        + (meant == null ? "the code instead, such as GB or DE." : meant + " instead.")
                        + (code.length() > LONGEST_CODE ? ofName : ""));
    }

    /** Three-letter codes, English names and common mistakes, for the remedy only. */
    private static final class OtherNames {
        static final Map<String, String> CODES = new HashMap<>(Map.of("UK", "GB", "EL", "GR", "USA", "US"));

        static {
            for (String code : Locale.getISOCountries()) {
                Locale country = new Locale.Builder().setRegion(code).build();
                CODES.put(country.getISO3Country(), code);
                CODES.put(country.getDisplayCountry(Locale.ENGLISH).toUpperCase(Locale.ROOT), code);
            }
        }
    }
}
