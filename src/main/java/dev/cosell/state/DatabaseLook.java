package dev.cosell.state;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Whether a database could be used, found out without making or changing anything.
 *
 * @param address without parameters and secrets
 * @param reason  the driver's own words, free of secrets; empty unless unreachable
 */
public record DatabaseLook(Outcome outcome, String address, String reason) {
    public enum Outcome { REACHABLE, IN_USE, NOT_MADE_YET, UNREACHABLE }

    private static final int H2_ALREADY_OPEN = 90020;
    private static final int H2_NOT_THERE = 90146;

    /** The parameters are those of {@link Database#open}. */
    public static DatabaseLook at(String url, String user, String password) {
        ConnectionText text = ConnectionText.of(url, password);
        boolean h2 = url.startsWith("jdbc:h2:");
        Properties login = new Properties();
        put(login, "user", user);
        put(login, "password", text.password());
        try (Connection connection = DriverManager.getConnection(text.url() + (h2 ? ";IFEXISTS=TRUE" : ""), login)) {
            return new DatabaseLook(connection.isValid(5) ? Outcome.REACHABLE : Outcome.UNREACHABLE, text.address(),
                    "");
        } catch (SQLException refused) {
            Outcome outcome = !h2 ? Outcome.UNREACHABLE : refused.getErrorCode() == H2_ALREADY_OPEN ? Outcome.IN_USE
                    : refused.getErrorCode() == H2_NOT_THERE ? Outcome.NOT_MADE_YET : Outcome.UNREACHABLE;
            return new DatabaseLook(outcome, text.address(), text.reason(refused));
        }
    }

    private static void put(Properties login, String name, String value) {
        if (value != null) {
            login.put(name, value);
        }
    }
}
