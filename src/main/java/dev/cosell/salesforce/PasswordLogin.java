package dev.cosell.salesforce;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The login with user name and password, which Salesforce switches off. */
public final class PasswordLogin {
    /** Its last day. */
    static final LocalDate END = LocalDate.of(2027, 2, 20);
    private static final DateTimeFormatter IN_WORDS = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

    private PasswordLogin() {}

    /** @param settings names of the settings that hold a password, at least one */
    public static String end(List<String> settings, LocalDate today) {
        return "Salesforce " + (today.isAfter(END) ? "has ended" : "ends")
                + " the sign-in with user name and password (" + String.join(", ", settings) + ") on "
                + IN_WORDS.format(END) + " without extension; SOAP login follows";
    }

    public static String remedy(List<String> settings) {
        return "Take client credentials instead: make an External Client App with a run-as user, set its consumer key "
                + "and secret and your own domain as salesforce.login-url, and remove "
                + String.join(" and ", settings);
    }
}
