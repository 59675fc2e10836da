package dev.cosell.mapping;

import java.util.Arrays;
import java.util.Locale;

/** The JSON type a value map writes. Reading goes by the text, whatever the type. */
enum ScalarType {
    TEXT, INTEGER, FLAG;

    static ScalarType named(String name) {
        for (ScalarType type : values()) {
            if (type.word().equals(name.strip())) {
                return type;
            }
        }
        throw new MappingFault("the type \"" + name + "\" is unknown: write "
                + String.join(", ", Arrays.stream(values()).map(ScalarType::word).toList()));
    }

    /** @throws MappingFault when the text is no value of this type */
    Object value(String text) {
        switch (this) {
            case INTEGER -> {
                try {
                    return Integer.valueOf(text);
                } catch (NumberFormatException e) {
                    throw new MappingFault("\"" + text + "\" is no whole number");
                }
            }
            case FLAG -> {
                if (!text.equals("true") && !text.equals("false")) {
                    throw new MappingFault("\"" + text + "\" is neither true nor false");
                }
                return Boolean.valueOf(text);
            }
            default -> {
                return text;
            }
        }
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
