package dev.cosell.check.machine;

import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether our clock goes with those of the systems, by the Date header that every answer has, also a refusal; so it
 * asks without a sign-in. Tokens, poll positions and deadlines go by the clock.
 */
public final class ClockCheck implements Check {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofMinutes(5);

    private final Map<String, URI> addresses;
    private final Clock clock;

    /** @param addresses one of each system, by its name */
    public ClockCheck(Map<String, URI> addresses, Clock clock) {
        this.addresses = new LinkedHashMap<>(addresses);
        this.clock = clock;
    }

    @Override
    public String where() {
        return "machine";
    }

    @Override
    public String what() {
        return "clock";
    }

    @Override
    public List<Finding> look() {
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
        List<Finding> findings = new ArrayList<>();
        List<String> fitting = new ArrayList<>();
        addresses.forEach((system, address) -> time(http, address).ifPresent(theirs -> {
            Optional<Finding> off = judged(system, theirs, clock.instant());
            off.ifPresentOrElse(findings::add, () -> fitting.add(system));
        }));
        if (findings.isEmpty()) {
            findings.add(fitting.isEmpty()
                    ? Finding.warning(where(), what(), "no system told the time", "See the lines about the systems")
                    : Finding.ok(where(), what(), "goes with " + String.join(", ", fitting)));
        }
        return findings;
    }

    /** Empty when the clocks go together. */
    static Optional<Finding> judged(String system, Instant theirs, Instant ours) {
        Duration ahead = Duration.between(theirs, ours);
        if (ahead.abs().compareTo(MOST) <= 0) {
            return Optional.empty();
        }
        return Optional.of(Finding.fault("machine", "clock",
                "is " + ahead.abs().toMinutes() + " minutes " + (ahead.isNegative() ? "behind" : "ahead of")
                        + " the clock of " + system,
                "Switch on time synchronisation (NTP) on this machine, or on its host when this is a container"));
    }

    private static Optional<Instant> time(HttpClient http, URI address) {
        try {
            return http
                    .send(HttpRequest.newBuilder(address).timeout(TIMEOUT).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .headers().firstValue("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (IOException | DateTimeException untold) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
