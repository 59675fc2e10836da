package dev.cosell.settings;

import dev.cosell.mapping.MatchRule;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms that values of settings may have; each check answers null or what is wrong. */
public final class Form {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
    private static final Map<String, Function<Long, Duration>> UNITS = Map.of("ms", Duration::ofMillis, "s",
            Duration::ofSeconds,
            "m", Duration::ofMinutes, "h", Duration::ofHours, "d", Duration::ofDays);

    private static final String AFTER = "after ";

    /** Times; a constant, so that settings of this form can be recognised. */
    public static final Function<String, String> TIME = new Closed(Form::duration);
    public static final Function<String, String> PORT = new Closed(Form::port);
    public static final Function<String, String> POSITIVE = new Closed(Form::positive);
    public static final Function<String, String> PERCENT_OR_OFF = new Closed(Form::percentOrOff);
    /** Addresses that are called; constants, so that their hosts can be listed. */
    public static final Function<String, String> ADDRESS = AddressForm::address;
    public static final Function<String, String> ADDRESS_OR_NOTHING = AddressForm::addressOrNothing;
    /** Addresses of hosts, to which paths are added. */
    public static final Function<String, String> HOST_ADDRESS = AddressForm::hostAddress;
    public static final Function<String, String> HOST_ADDRESS_OR_NOTHING = AddressForm::hostAddressOrNothing;
    /** Where Salesforce's tokens are asked for. */
    public static final Function<String, String> SIGN_IN_ADDRESS = AddressForm::signInAddress;
    public static final Function<String, String> TENANT_OR_NOTHING = AddressForm::tenantOrNothing;
    static final Function<String, String> ISSUER_OR_NOTHING = AddressForm::issuerOrNothing;
    static final Function<String, String> TIME_OR_NONE = new Closed(Form::timeOrNone);
    static final Function<String, String> HOLD = new Closed(Form::hold);
    static final Function<String, String> LEASE = new Closed(Form::lease);
    static final Function<String, String> TAKE_OVER = new Closed(Form::takeOver);
    static final Function<String, String> TIME_OF_DAY_OR_OFF = new Closed(Form::timeOfDayOrOff);

    private Form() {}

    public static String any(String value) {
        return null;
    }

    public static Function<String, String> oneOf(String... words) {
        return new Closed(value -> List.of(words).contains(value) ? null
                : "must be one of " + String.join(", ", words));
    }

    public static String port(String value) {
        return number(value) > 0 && number(value) <= 65535 ? null : "must be a port number from 1 to 65535";
    }

    public static String positive(String value) {
        return number(value) > 0 && number(value) <= Integer.MAX_VALUE ? null
                : "must be a whole number above 0 and below " + Integer.MAX_VALUE;
    }

    /**
     * A limit of calls that lets something be done.
     *
     * @param why what so many are needed for, as the end of the sentence
     */
    public static Function<String, String> noneOrFrom(int least, String why) {
        return new Closed(value -> number(value) == 0 || number(value) >= least && number(value) <= Integer.MAX_VALUE
                ? null : "must be 0 (no limit) or a whole number from " + least + " on, because " + why);
    }

    public static Function<String, String> from(int least, int most) {
        return new Closed(value -> number(value) >= least && number(value) <= most ? null
                : "must be a whole number from " + least + " to " + most);
    }

    /** A name as every CRM allows it for things that an API makes. */
    public static String apiName(String value) {
        return value.matches("[A-Za-z](_?[A-Za-z0-9])*") ? null
                : "must consist of letters, digits and single underscores and begin with a letter";
    }

    private static long number(String value) {
        return value.matches("\\d{1,12}") ? Long.parseLong(value) : -1;
    }

    private static String duration(String value) {
        Matcher matcher = DURATION.matcher(value);
        return matcher.matches() && Long.parseLong(matcher.group(1)) > 0 ? null
                : "must be a time above 0 with its unit, such as 500ms, 60s, 10m, 24h or 30d";
    }

    /** Shorter ones would expire in the hands of a process that lives, longer ones hold up others for nothing. */
    static String lease(String value) {
        boolean fits = duration(value) == null && asDuration(value).toMillis() >= 1000
                && asDuration(value).toMinutes() <= 10;
        return fits ? null : "must be a time from 1s to 10m, such as 30s";
    }

    static String takeOver(String value) {
        boolean fits = duration(value) == null && asDuration(value).toSeconds() >= 3
                && asDuration(value).toMinutes() <= 10;
        return fits ? null : "must be a time from 3s to 10m, such as 15s";
    }

    /** A time, or 0 for none. */
    static String timeOrNone(String value) {
        return value.equals("0") ? null
                : duration(value) == null ? null : "must be 0 or a time with its unit, such as 72h";
    }

    /** When something that cannot be taken back is done. */
    static String hold(String value) {
        boolean time = value.startsWith(AFTER) && duration(value.substring(AFTER.length()).strip()) == null;
        return value.equals("immediately") || value.equals("after approval") || time ? null
                : "must be immediately, after approval, or after and a time with its unit, such as after 15m";
    }

    /** Zero for immediately, null for an approval. */
    static Duration asHold(String value) {
        return value.equals("immediately") ? Duration.ZERO : value.equals("after approval") ? null
                : asDuration(value.substring(AFTER.length()).strip());
    }

    /** A share of something, or {@code off} for none. */
    public static String percentOrOff(String value) {
        return value.equals("off") || value.matches("(100|[1-9]\\d?)%") ? null
                : "must be off or a share from 1% to 100%";
    }

    static Duration asDuration(String value) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(value);
        }
        return UNITS.get(matcher.group(2)).apply(Long.parseLong(matcher.group(1)));
    }

    public static String dateOrNothing(String value) {
        try {
            if (!value.isEmpty()) {
                LocalDate.parse(value);
            }
            return null;
        } catch (DateTimeParseException notADate) {
            return "must be a date such as 2027-03-31";
        }
    }

    public static String zoneOrNothing(String value) {
        return value.isEmpty() || ZoneId.getAvailableZoneIds().contains(value) ? null
                : "must be the name of a time zone, such as Europe/Berlin";
    }

    /** A key of 32 bytes in base64. */
    static String keyOrNothing(String value) {
        try {
            return value.isEmpty() || Base64.getDecoder().decode(value).length == 32 ? null
                    : "must be 32 bytes in base64";
        } catch (IllegalArgumentException notBase64) {
            return "must be 32 bytes in base64, such as openssl rand -base64 32 makes";
        }
    }

    static String amounts(String value) {
        return value.matches("[A-Z]{3} \\d{1,12}(\\s*,\\s*[A-Z]{3} \\d{1,12})*") ? null
                : "must be currencies with their amounts, separated by commas, such as USD 25000, EUR 23000";
    }

    static String mailAddressesOrNothing(String value) {
        return value.matches("([^\\s@,;]+@[^\\s@,;]+(\\s*,\\s*[^\\s@,;]+@[^\\s@,;]+)*)?") ? null
                : "must be mail addresses, separated by commas";
    }

    /** A key in the form that Standard Webhooks gives it. */
    static String webhookSecretOrNothing(String value) {
        String wanted = "must be whsec_ and 24 to 64 bytes in base64, such as echo whsec_$(openssl rand -base64 32) "
                + "makes";
        try {
            int bytes = value.startsWith("whsec_") ? Base64.getDecoder()
                    .decode(value.substring("whsec_".length())).length : 0;
            return value.isEmpty() || bytes >= 24 && bytes <= 64 ? null : wanted;
        } catch (IllegalArgumentException notBase64) {
            return wanted;
        }
    }

    static String headerOrNothing(String value) {
        return value.matches("([A-Za-z0-9-]{1,64}:\\s*\\S[^\\p{Cntrl}]*)?") ? null
                : "must be the name of a header, a colon and its value, such as Authorization: Bearer and a token";
    }

    /** As long as a name in the tables of Quartz may be, with what differs from start to start. */
    static String instanceNameOrNothing(String value) {
        return value.matches("[A-Za-z0-9.:_-]{0,80}") ? null
                : "must consist of at most 80 letters, digits, dots, colons, hyphens and underscores";
    }

    static String timeOfDayOrOff(String value) {
        return value.equals("off") || value.matches("([01]\\d|2[0-3]):[0-5]\\d") ? null
                : "must be off or a time of the day, such as 07:30";
    }

    public static String matchRule(String value) {
        try {
            MatchRule.parse(value);
            return null;
        } catch (IllegalArgumentException noRule) {
            return noRule.getMessage();
        }
    }

    public static String currencyOrNothing(String value) {
        return value.matches("([A-Z]{3})?") ? null
                : "must be an ISO currency code such as EUR, or empty for an organisation with several currencies";
    }

    static String codeOrNothing(String value) {
        return value.matches("([A-Z]{3})?") ? null : "must be an ISO currency code such as EUR, or empty";
    }

    static String usersOrNothing(String value) {
        String entry = "[^:,\\s][^:,]{0,99}:(viewer|operator):\\$pbkdf2\\$[^:,\\s]+";
        return value.matches("(" + entry + "(\\s*,\\s*" + entry + ")*)?") ? null
                : "must be entries name:role:hash, separated by commas, as ./cosell user makes them; roles are "
                + "viewer and operator";
    }

    static String pathSecretOrNothing(String value) {
        return value.isEmpty() || value.matches("[A-Za-z0-9_-]{16,128}") ? null
                : "must be 16 to 128 letters, digits, hyphens or underscores, such as the output of: openssl rand -hex "
                        + "24";
    }
}
