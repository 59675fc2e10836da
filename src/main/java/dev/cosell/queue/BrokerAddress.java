package dev.cosell.queue;

import dev.cosell.mapping.NearestWord;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * The address of an outside broker as Artemis' client reads it: {@code tcp://host:port}, or several in parentheses,
 * each with options behind a
 * question mark. The client itself passes over an option that it does not know, takes a word for the number 0, and of a
 * list without
 * parentheses makes a broker without a host; so all that is looked at before.
 */
public final class BrokerAddress {
    private static final Pattern LIST = Pattern.compile("\\(([^()]*)\\)(?:[?](.*))?");
    private static final Pattern ONE = Pattern
            .compile("(?:tcp|udp)://(?:\\[[0-9A-Fa-f:.]+]|[^\\[\\]\\s/:?#,()]+):(\\d{1,5})/?(?:[?](.*))?");
    private static final int HIGHEST_PORT = 65535;
    private static final Map<String, Class<?>> OPTIONS = options();

    private BrokerAddress() {}

    /** What is wrong with a value of {@code broker.url}; null when nothing is, as with an empty one. */
    public static String fault(String value) {
        if (value.isEmpty()) {
            return null;
        }
        Matcher list = LIST.matcher(value);
        if (list.matches()) {
            return first(Stream.concat(Stream.of(list.group(1).split(",", -1)).map(String::strip)
                    .map(BrokerAddress::faultOfOne),
                    Stream.of(faultOfOptions(list.group(2)))));
        }
        return value.matches("[^?]*,.*") ? "must have parentheses around a list of brokers, as in"
                + " (tcp://first:61616,tcp://second:61616)?ha=true&reconnectAttempts=-1" : faultOfOne(value);
    }

    /** For people: without options, one of which may be a password. */
    public static String shown(String value) {
        return value.replaceAll("[?][^,)]*", "");
    }

    private static String faultOfOne(String address) {
        Matcher one = ONE.matcher(address);
        if (!one.matches() || Integer.parseInt(one.group(1)) > HIGHEST_PORT || Integer.parseInt(one.group(1)) == 0) {
            return "must be an address such as tcp://host:61616, or several in parentheses, such as"
                    + " (tcp://first:61616,tcp://second:61616)?ha=true&reconnectAttempts=-1";
        }
        return faultOfOptions(one.group(2));
    }

    private static String faultOfOptions(String options) {
        return options == null || options.isEmpty() ? null : first(Stream.of(options.split("&", -1))
                .map(BrokerAddress::faultOfOption));
    }

    private static String faultOfOption(String option) {
        String name = option.split("=", 2)[0];
        String value = option.contains("=") ? option.substring(name.length() + 1) : "";
        Class<?> type = OPTIONS.get(name);
        if (type == null) {
            return "has an option \"" + name + "\" that Artemis' client does not know; " + like(name);
        }
        if (type == boolean.class && !List.of("true", "false").contains(value)) {
            return "has an option " + name + " that must be true or false";
        }
        return type == int.class || type == long.class ? value.matches("-?\\d{1,18}") ? null : "has an option " + name
                + " that must be a whole number"
                : type == double.class && !value.matches("-?\\d{1,9}([.]\\d{1,9})?") ? "has an option " + name
                + " that must be a number" : null;
    }

    private static String like(String name) {
        String nearest = NearestWord.nearest(name, List.copyOf(OPTIONS.keySet()));
        return nearest == null ? "Artemis' manual lists them all" : "did you mean \"" + nearest + "\"?";
    }

    private static String first(Stream<String> faults) {
        return faults.reduce(null, (found, next) -> found == null ? next : found);
    }

    private static Map<String, Class<?>> options() {
        Map<String, Class<?>> options = new HashMap<>(Map.of("ha", boolean.class, "user", String.class, "password",
                String.class));
        TransportConstants.ALLOWABLE_CONNECTOR_KEYS.forEach(key -> options.put(key, String.class));
        try {
            for (PropertyDescriptor property : Introspector.getBeanInfo(ActiveMQConnectionFactory.class)
                    .getPropertyDescriptors()) {
                if (property.getWriteMethod() != null) {
                    options.put(property.getName(), property.getPropertyType());
                }
            }
        } catch (IntrospectionException e) {
            throw new IllegalStateException(e);
        }
        return Map.copyOf(options);
    }
}
