package dev.cosell.cluster;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which polls began and ended, and for which time they were planned: the database itself writes that down when Quartz
 * tells it.
 */
final class PollJournal {
    private static final String[] JOURNAL = {
            "CREATE TABLE journal (number BIGSERIAL, at TIMESTAMPTZ DEFAULT clock_timestamp(), what TEXT, entry TEXT, "
                    + "schedule TEXT, planned BIGINT)",
        "CREATE FUNCTION write_journal() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN"
                + " IF TG_OP = 'DELETE' THEN INSERT INTO journal (what, entry, schedule, planned)"
                + " VALUES ('end', OLD.entry_id, OLD.trigger_name, OLD.sched_time);"
                + " ELSIF NEW.state = 'EXECUTING' THEN INSERT INTO journal (what, entry, schedule, planned)"
                + " VALUES ('begin', NEW.entry_id, NEW.trigger_name, NEW.sched_time); END IF; RETURN NULL; END $$",
            "CREATE TRIGGER journal AFTER INSERT OR UPDATE OR DELETE ON qrtz_fired_triggers FOR EACH ROW EXECUTE "
                    + "FUNCTION write_journal()"};

    private final Cluster cluster;

    private PollJournal(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The tables have to be there. */
    static PollJournal begin(Cluster cluster) {
        try (Connection database = cluster.database(); Statement statement = database.createStatement()) {
            for (String step : JOURNAL) {
                statement.execute(step);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new PollJournal(cluster);
    }

    /**
     * The polls of one schedule.
     *
     * @param count    how many there were
     * @param twice    how many began less than half an interval after the one before was planned
     * @param together how many began while another one was not over
     * @param missed   intervals without a poll: the one who had the turn was gone, or the database was away
     * @param longest  the longest time from one poll to the next
     */
    record Polls(int count, int twice, int together, int missed, Duration longest) {}

    private record Line(String what, String entry, long planned) {}

    /** @param schedule such as {@code salesforce-poll} */
    Polls of(String schedule, Duration interval) {
        List<Long> planned = new ArrayList<>();
        Map<String, Long> running = new LinkedHashMap<>();
        int together = 0;
        for (Line line : lines(schedule)) {
            if (line.what.equals("end")) {
                running.remove(line.entry);
                continue;
            }
            together += running.isEmpty() ? 0 : 1;
            running.put(line.entry, line.planned);
            planned.add(line.planned);
        }
        int twice = 0;
        int missed = 0;
        long longest = 0;
        for (int i = 1; i < planned.size(); i++) {
            long apart = planned.get(i) - planned.get(i - 1);
            twice += apart < interval.toMillis() / 2 ? 1 : 0;
            missed += (int) Math.max(0, Math.round((double) apart / interval.toMillis()) - 1);
            longest = Math.max(longest, apart);
        }
        return new Polls(planned.size(), twice, together, missed, Duration.ofMillis(longest));
    }

    private List<Line> lines(String schedule) {
        List<Line> lines = new ArrayList<>();
        try (Connection database = cluster.database(); Statement statement = database.createStatement();
             ResultSet rows = statement.executeQuery("SELECT what, entry, planned FROM journal WHERE schedule = '"
                     + schedule
                     + "' ORDER BY number")) {
            while (rows.next()) {
                lines.add(new Line(rows.getString(1), rows.getString(2), rows.getLong(3)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return lines;
    }
}
