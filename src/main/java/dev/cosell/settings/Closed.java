package dev.cosell.settings;

import java.util.function.Function;

/**
 * A form that leaves no room for a person, an address or a secret: words of a list, numbers, times. A value of such a
 * form may be shown to strangers.
 *
 * @param fault as in {@link Setting.Definition}
 */
record Closed(Function<String, String> fault) implements Function<String, String> {
    @Override
    public String apply(String value) {
        return fault.apply(value);
    }
}
