package dev.cosell.sync.books;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.logging.Logger;

/** Passes everything on to the driver behind a {@code jdbc:recorded:…} URL, and writes it down while it listens. */
final class RecordingDriver implements Driver, AutoCloseable {
    private static final String PREFIX = "jdbc:recorded:";

    private final List<RecordedStatement> heard = new ArrayList<>();
    private boolean listening;

    RecordingDriver() throws SQLException {
        DriverManager.registerDriver(this);
    }

    static String url(String ofTheDatabase) {
        return PREFIX + ofTheDatabase.substring("jdbc:".length());
    }

    void listen() {
        listening = true;
    }

    List<RecordedStatement> heard() {
        return List.copyOf(heard);
    }

    @Override
    public Connection connect(String url, Properties login) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        return watched(DriverManager.getConnection("jdbc:" + url.substring(PREFIX.length()), login));
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    private Connection watched(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object made = method.invoke(connection, arguments);
            if (made instanceof PreparedStatement prepared) {
                return new Watched(prepared, (String) arguments[0]).asStatement(PreparedStatement.class);
            }
            return made instanceof Statement plain ? new Watched(plain, null).asStatement(Statement.class) : made;
        });
    }

    /** One statement, with the values it has at the moment. */
    private final class Watched {
        private final Statement statement;
        private final String prepared;
        private final TreeMap<Integer, Object> values = new TreeMap<>();
        private final List<Object[]> batch = new ArrayList<>();

        private Watched(Statement statement, String prepared) {
            this.statement = statement;
            this.prepared = prepared;
        }

        <S extends Statement> S asStatement(Class<S> kind) {
            return proxy(kind, this::called);
        }

        private Object called(Method method, Object[] arguments) throws ReflectiveOperationException {
            String name = method.getName();
            if (name.equals("setNull")) {
                values.put((Integer) arguments[0], null);
            } else if (name.startsWith("set") && arguments.length >= 2 && arguments[0] instanceof Integer position) {
                values.put(position, arguments[1]);
            } else if (name.equals("addBatch")) {
                batch.add(values.values().toArray());
            }
            Object answer = method.invoke(statement, arguments);
            if (!name.startsWith("execute")) {
                return answer;
            }
            return executed(prepared == null ? (String) arguments[0] : prepared, answer);
        }

        private Object executed(String sql, Object answer) {
            if (answer instanceof int[] each) {
                for (int i = 0; i < each.length; i++) {
                    write(sql, batch.get(i), each[i]);
                }
                batch.clear();
                return answer;
            }
            if (answer instanceof ResultSet rows) {
                return counted(sql, values.values().toArray(), rows);
            }
            if (answer instanceof Integer changed) {
                write(sql, values.values().toArray(), changed);
            }
            return answer;
        }
    }

    /** What was read to its end before the next statement is written down in the order of its end. */
    private ResultSet counted(String sql, Object[] values, ResultSet rows) {
        int[] count = {0};
        return proxy(ResultSet.class, (method, arguments) -> {
            Object answer = method.invoke(rows, arguments);
            if (method.getName().equals("next") && Boolean.TRUE.equals(answer)) {
                count[0]++;
            } else if (method.getName().equals("close")) {
                write(sql, values, count[0]);
            }
            return answer;
        });
    }

    private void write(String sql, Object[] values, int rows) {
        if (listening) {
            heard.add(RecordedStatement.of(sql, values, rows));
        }
    }

    private interface Call {
        Object of(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> kind, Call call) {
        ClassLoader loader = RecordingDriver.class.getClassLoader();
        return kind.cast(Proxy.newProxyInstance(loader, new Class<?>[] {kind}, (proxy, method, arguments) -> {
            try {
                return call.of(method, arguments);
            } catch (InvocationTargetException fault) {
                throw fault.getCause();
            }
        }));
    }

    @Override
    public void close() throws SQLException {
        DriverManager.deregisterDriver(this);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
