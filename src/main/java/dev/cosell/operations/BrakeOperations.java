package dev.cosell.operations;

import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.BrakeStore;
import dev.cosell.sync.books.Unhurried;
import dev.cosell.sync.decide.Direction;
import dev.cosell.text.Moment;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The MBean {@value #NAME}, and the alarm as long as a direction is stopped. */
public final class BrakeOperations implements BrakeMXBean, AutoCloseable {
    public static final String NAME = "dev.cosell:type=Brake,name=cosell-sync";

    private static final Logger LOG = LoggerFactory.getLogger("cosell.journey");

    private final BrakeStore brakes;
    /** How many deals wait, by CRM and direction: health checks and pages ask again and again. */
    private final Map<String, Unhurried<Integer>> waiting = new ConcurrentHashMap<>();
    private final List<String> crms;
    private final Clock clock;

    /** @param crms names of the enabled CRMs */
    public BrakeOperations(BrakeStore brakes, List<String> crms, Clock clock) {
        this.brakes = brakes;
        this.crms = List.copyOf(crms);
        this.clock = clock;
    }

    /**
     * A direction that is stopped.
     *
     * @param direction as people type it
     * @param sentence  why, since when, how many deals wait and what to do
     */
    public record Stopped(String crm, String direction, String sentence) {}

    /** Shows it until it is closed; a predecessor of the same name gives way. */
    public BrakeOperations register(CamelContext camel) {
        AlarmCheck.ofParts("brakes", () -> brakes.isThere() ? parts() : Map.of()).register(camel);
        PlatformMBean.show(NAME, this);
        return this;
    }

    @Override
    public void close() {
        PlatformMBean.hide(NAME);
    }

    /** All that are stopped; of CRMs that are not enabled nothing is written anyhow. */
    public List<Stopped> stopped() {
        return brakes.all().stream().filter(each -> each.stopped() != null && crms.contains(each.crm()))
                .map(each -> new Stopped(each.crm(), each.direction().word(), sentence(each))).toList();
    }

    private Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        stopped().forEach(each -> parts.put(each.crm() + " " + each.direction(), each.sentence()));
        return parts;
    }

    private String sentence(BrakeStore.Known known) {
        Direction direction = known.direction();
        return known.crm() + ": writing to " + direction.side() + " is stopped since " + Moment.text(known.stopped())
                + ": " + known.reason() + ". " + waiting(known.crm(), direction)
                + " deals wait. Find out what makes these changes; what is mended in its system is not written any"
                + " more. Then let the rest go: ./cosell release " + known.crm() + " " + direction.word();
    }

    private int waiting(String crm, Direction direction) {
        return waiting.computeIfAbsent(crm + " " + direction.word(),
                each -> new Unhurried<>(() -> brakes.waiting(crm, direction))).answer();
    }

    @Override
    public List<String> getStopped() {
        return stopped().stream().map(Stopped::sentence).toList();
    }

    @Override
    public String release(String crm, String direction) {
        return release(crm, direction, "An operator, over JMX,");
    }

    /**
     * Lets go what waits for a direction: the due pairs hand it over. A move that waits for an approval of its own,
     * because it cannot be taken back, goes on waiting.
     *
     * @param who asks for it, for the audit
     * @throws IllegalArgumentException when there is no such CRM or direction, or it is not stopped
     */
    public String release(String crm, String word, String who) {
        if (!crms.contains(crm)) {
            throw new IllegalArgumentException("No CRM is called " + crm + ". Use one of " + String.join(", ", crms));
        }
        Direction direction = Arrays.stream(Direction.values()).filter(each -> each.word().equals(word)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no direction " + word + ". Use one of "
                        + Arrays.stream(Direction.values()).map(Direction::word).collect(Collectors.joining(", "))));
        int waiting = brakes.waiting(crm, direction);
        String detail = who + " released writing to " + direction.side() + "; " + waiting + " deals waited";
        if (!brakes.release(crm, direction, new AuditEntry(clock.instant(), crm, null, null, "BRAKE", "RELEASE",
                detail, null, false))) {
            throw new IllegalArgumentException("Writing to " + direction.side() + " is not stopped for " + crm);
        }
        LOG.info("{}: {}", crm, detail);
        return "Writing to " + direction.side() + " goes on for " + crm + "; " + waiting
                + " deals that waited are looked at again, a thousand with each look for what is due"
                + " (sync.due-interval)";
    }
}
