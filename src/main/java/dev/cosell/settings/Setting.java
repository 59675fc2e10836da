package dev.cosell.settings;

import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** A setting of {@code application.properties}: of the application ({@link Key}) or of one CRM, which keeps its own. */
public interface Setting {
    /**
     * What is known of a setting.
     *
     * @param text      the name it has in the file
     * @param byDefault the value it has when nobody sets it
     * @param fault     what is wrong with a value, or null when it is fine
     * @param secret    whether the value may never be shown
     */
    record Definition(String text, String byDefault, Function<String, String> fault, boolean secret) {
        public Definition(String text, String byDefault) {
            this(text, byDefault, Form::any);
        }

        public Definition(String text, String byDefault, Function<String, String> fault) {
            this(text, byDefault, fault, false);
        }

        /** A password, a token or a key; empty by default. */
        public static Definition secret(String text) {
            return new Definition(text, "", Form::any, true);
        }
    }

    Definition definition();

    /** The key as it is written in the file. */
    default String text() {
        return definition().text();
    }

    default String byDefault() {
        return definition().byDefault();
    }

    /** What is wrong with a value, or null when it is fine. */
    default String fault(String value) {
        return definition().fault().apply(value);
    }

    /** Whether the value may never be shown. */
    default boolean secret() {
        return definition().secret();
    }

    /** Whether the values of this setting are times such as {@code 60s}. */
    default boolean isDuration() {
        return definition().fault() == Form.TIME;
    }

    /** Whether the values of this setting are addresses that are called. */
    default boolean isAddress() {
        return Set.of(Form.ADDRESS, Form.ADDRESS_OR_NOTHING, Form.HOST_ADDRESS, Form.HOST_ADDRESS_OR_NOTHING,
                Form.SIGN_IN_ADDRESS, Form.ISSUER_OR_NOTHING).contains(definition().fault());
    }

    /**
     * The value as strangers may see it: as it stands where nobody has changed it, and where its form leaves no room
     * for a person, a name or a secret; of any other only whether there is one.
     */
    default String shown(String value) {
        boolean open = !secret() && definition().fault() instanceof Closed;
        return open || value.isEmpty() || value.equals(byDefault()) ? value : "(set)";
    }

    /** The environment variable that sets it. */
    default String variable() {
        return text().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
