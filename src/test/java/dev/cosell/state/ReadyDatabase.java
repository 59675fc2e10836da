package dev.cosell.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.springframework.util.FileSystemUtils;

/**
 * A new database that has the tables of this build already. The steps to them are taken once in each JVM and copied
 * from then on: they take longer than most tests, and have tests of their own.
 */
public final class ReadyDatabase {
    private static byte[] h2;
    private static String postgres;

    private ReadyDatabase() {}

    /**
     * URL of the database in a file, which is the one that is there already, if there is one.
     *
     * @param path of the file, without its extension
     */
    public static synchronized String h2(Path path) {
        try {
            if (h2 == null) {
                h2 = madeByTheSteps();
            }
            if (Files.notExists(fileOf(path))) {
                Files.write(fileOf(path), h2);
            }
            return Database.h2(path.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] madeByTheSteps() throws IOException {
        Path folder = Files.createTempDirectory("cosell-tables");
        try {
            Path path = folder.resolve("cosell");
            Database.open(Database.h2(path.toString()), null, null).close();
            return Files.readAllBytes(fileOf(path));
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static Path fileOf(Path path) {
        return path.resolveSibling(path.getFileName() + ".mv.db");
    }

    /** JDBC URL, user included. */
    public static synchronized String postgres() throws IOException, SQLException {
        if (postgres == null) {
            String made = PostgresServer.emptyDatabase();
            Database.open(made, null, null).close();
            postgres = made;
        }
        return PostgresServer.copyOf(postgres);
    }
}
