package dev.cosell.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Whether a database has taken exactly the steps that this build knows, found out with one question. Flyway's own way
 * to that answer takes hundreds of classes of a first start and a fifth of a later one in the same process.
 */
final class SchemaSteps {
    private static final Pattern STEP = Pattern.compile("V(\\d+)__.+\\.sql");
    /** In the schema where Flyway would make the tables, not in one that is looked through after it. */
    private static final String TAKEN = """
            SELECT version, checksum, success FROM flyway_schema_history WHERE version IS NOT NULL AND EXISTS (
              SELECT 1 FROM information_schema.tables
              WHERE table_schema = CURRENT_SCHEMA AND table_name = 'flyway_schema_history')
            """;

    private record Taken(String version, Integer checksum, boolean success) {}

    private SchemaSteps() {}

    /** @param folders on the class path, as Flyway takes them; false also where nothing can be told */
    static boolean areTaken(DataSource source, String... folders) {
        Map<String, Integer> taken = new HashMap<>();
        try {
            for (Taken step : JdbcClient.create(source).sql(TAKEN).query(Taken.class).list()) {
                taken.put(step.version(), step.success() ? step.checksum() : null);
            }
        } catch (DataAccessException nobodyHasTakenAny) {
            return false;
        }
        return taken.equals(known(folders));
    }

    private static Map<String, Integer> known(String... folders) {
        Map<String, Integer> known = new HashMap<>();
        try {
            for (Resource file : files(folders)) {
                known.put(version(file), checksum(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }

    private static List<Resource> files(String... folders) throws IOException {
        List<Resource> files = new ArrayList<>();
        for (String folder : folders) {
            files.addAll(List.of(new PathMatchingResourcePatternResolver().getResources(folder + "/*.sql")));
        }
        return files;
    }

    private static String version(Resource file) {
        Matcher step = STEP.matcher(file.getFilename());
        if (!step.matches()) {
            throw new IllegalStateException(file + " is not named as V1__words.sql is");
        }
        return step.group(1);
    }

    /** Takes all of them on a database that is empty and nobody will open again; none is noted as taken. */
    static void takeWithoutNotes(DataSource source, String... folders) {
        try {
            List<Resource> files = files(folders);
            files.sort(Comparator.comparing(file -> Integer.valueOf(version(file))));
            new ResourceDatabasePopulator(files.toArray(Resource[]::new)).execute(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Flyway counts it: the bytes of all lines without what ends them. With another count it is asked each time. */
    private static int checksum(Resource file) throws IOException {
        CRC32 sum = new CRC32();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
        }
        return (int) sum.getValue();
    }
}
