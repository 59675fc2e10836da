package dev.cosell.state;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many rows each table of the state has. */
public final class TableSizes {
    private static final String TABLES = "SELECT table_name FROM information_schema.tables"
            + " WHERE LOWER(table_schema) = 'public' AND table_type LIKE 'BASE%'";

    private final Database database;

    public TableSizes(Database database) {
        this.database = database;
    }

    /** Rows by table; what a database server keeps on its disk for it all stands under {@code (bytes)}. */
    public Map<String, Long> now() {
        JdbcClient client = database.client();
        List<String> names = client.sql(TABLES).query(String.class).list();
        Map<String, Long> sizes = new TreeMap<>();
        names.forEach(name -> sizes.put(name, client.sql("SELECT COUNT(*) FROM \"" + name + "\"").query(Long.class)
                .single()));
        if (database.isShared()) {
            sizes.put("(bytes)", client.sql("SELECT pg_database_size(current_database())").query(Long.class).single());
        }
        return sizes;
    }
}
