package dev.cosell.live;

import dev.cosell.text.Digest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live reload that a bad edit cannot hurt. Camel's own drops the old routes of a file before it parses the new ones;
 * here an edited file is tried out together with all others first, and only what would start is handed on.
 */
public final class CheckedReload extends ServiceSupport implements CamelContextAware {
    private static final Logger LOG = LoggerFactory.getLogger(CheckedReload.class);
    static final long INTERVAL_MILLIS = 400;

    private final RouteFiles files;
    private final LiveMappings mappings;
    private final Properties placeholders;
    private final Consumer<Registry> components;
    private final RunningRoutes running;
    private final Attempts attempts = new Attempts();
    private final Map<String, String> inForce = new ConcurrentSkipListMap<>();
    private final Map<String, String> faults = new ConcurrentSkipListMap<>();
    private volatile Map<String, String> unreadable = Map.of();
    private Set<String> there = Set.of();
    private volatile Instant lastEdit;
    private CamelContext camel;
    private ScheduledExecutorService looking;

    /**
     * @param loaded       the texts that the running routes and mappings were made from, by file name
     * @param placeholders what the files may use as placeholders, Camel's own settings included
     * @param components   binds the components that need settings, made anew for each context
     * @param resting      is told which CRMs rest while their routes are made anew, and then that none does
     * @param paused       names of the CRMs that a person has paused; may throw while the database is away
     */
    public CheckedReload(Path folder, Map<String, String> loaded, LiveMappings mappings, Properties placeholders,
            Consumer<Registry> components, Consumer<Set<String>> resting, Supplier<Set<String>> paused) {
        this.files = RouteFiles.loaded(folder, placeholders);
        inForce.putAll(loaded);
        this.mappings = mappings;
        this.placeholders = placeholders;
        this.components = components;
        this.running = new RunningRoutes(files, mappings, new KeptPauses(paused, resting));
    }

    @Override
    public void setCamelContext(CamelContext context) {
        camel = context;
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    Attempts attempts() {
        return attempts;
    }

    /** Why the newest edits under {@code routes/} are not in force, and whose routes do not run. */
    public RouteFaults faults() {
        Map<String, String> refused = new HashMap<>(faults);
        refused.putAll(unreadable);
        return new RouteFaults(refused, running.lost());
    }

    /** The same in one text; empty when all is well. */
    public String fault() {
        return faults().text();
    }

    /** The texts that the running routes and mappings were made from. */
    public Collection<String> inForce() {
        return inForce.values();
    }

    /** The same, by file name. */
    public Map<String, String> textsInForce() {
        return new TreeMap<>(inForce);
    }

    /** The same text of one file; null when there is no such file. */
    public String inForce(String name) {
        return inForce.get(name);
    }

    /** When the last edit came into force; null when none has since the start. */
    public Instant lastEdit() {
        return lastEdit;
    }

    /** A digest of each file that is in force and whose routes run, by its name. */
    public Map<String, String> digests() {
        Map<String, String> digests = new TreeMap<>();
        inForce.forEach((name, text) -> digests.put(name, Digest.of(text)));
        digests.keySet().removeAll(running.lost().keySet());
        return digests;
    }

    @Override
    protected void doStart() {
        looking = camel.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "RouteFiles");
        looking.scheduleWithFixedDelay(this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void doStop() {
        camel.getExecutorServiceManager().shutdownGraceful(looking);
    }

    private void look() {
        try {
            RouteFiles.Look look = files.settled();
            tell(look.faults());
            putBackWhatIsLost();
            there = look.names();
            compare(look);
        } catch (Throwable unexpected) {
            // One that got out would end all looking.
            tell(Map.of("routes", "The files under routes/ cannot be looked at: " + unexpected));
        }
    }

    private void tell(Map<String, String> now) {
        now.forEach((name, fault) -> {
            if (!fault.equals(unreadable.get(name))) {
                LOG.error("{}. What was read of it before stays in force", fault);
            }
        });
        unreadable = now;
    }

    private void putBackWhatIsLost() {
        Set<String> lost = running.lost().keySet();
        if (lost.isEmpty() || !attempts.isTimeToPutBack()) {
            return;
        }
        try {
            running.putBackLost(camel, inForce);
        } catch (Throwable still) {
            LOG.debug("What was in force cannot be put back yet", still);
        }
        if (!running.lost().keySet().equals(lost)) {
            attempts.atOnce();
        }
    }

    /**
     * Whether an edit is right depends on the other files, too: when one of them changes, comes or goes, what was
     * refused is tried again.
     */
    private void compare(RouteFiles.Look look) {
        Map<String, String> texts = look.texts();
        Map<String, String> edited = new TreeMap<>(texts);
        edited.entrySet().removeAll(inForce.entrySet());
        // Taking a file away is what a refusal may advise.
        faults.keySet().removeIf(name -> !there.contains(name) || texts.containsKey(name) && !edited.containsKey(name));
        if (!attempts.isDue(look)) {
            return;
        }
        if (!areTakenTogether(edited)
                && edited.keySet().stream().noneMatch(name -> areTakenTogether(without(name, edited)))) {
            edited.forEach(this::take);
        }
    }

    private static Map<String, String> without(String name, Map<String, String> edited) {
        Map<String, String> others = new TreeMap<>(edited);
        others.remove(name);
        return others;
    }

    /**
     * An edit may be spread over several files, as when a route moves to another one, which is right with all of them
     * only. When one of all is bad, the others may still be right together; otherwise each is tried alone.
     */
    private boolean areTakenTogether(Map<String, String> edited) {
        if (edited.size() < 2) {
            return false;
        }
        try {
            bringIntoForce(edited);
            return true;
        } catch (Throwable eachSaysItsOwn) {
            return false;
        }
    }

    /** A text may name any class, and so anything may be thrown. */
    private void take(String name, String text) {
        try {
            bringIntoForce(Map.of(name, text));
        } catch (Throwable bad) {
            String reason = Reason.of(bad);
            String fault = reason.startsWith(name) ? reason : name + ": " + reason;
            if (!fault.equals(faults.put(name, fault))) {
                LOG.error("The edit of {} is not in force{}: {}", name,
                        running.lost().isEmpty() ? ", the last good one stays" : "", reason);
            }
        }
    }

    private void bringIntoForce(Map<String, String> edited) throws Exception {
        if (edited.values().stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("the file is empty");
        }
        Set<String> replaced = Duplicates.replaced(edited, inForce, there);
        Map<String, String> next = new TreeMap<>(inForce);
        next.keySet().removeAll(replaced);
        next.putAll(edited);
        refuseWhatStandsTwice(next);
        new DryRun(camel, mappings, placeholders, components).of(files, next, Declared.beans(inForce.values()));
        Set<String> names = new TreeSet<>(edited.keySet());
        names.addAll(replaced);
        replace(names, next);
        inForce.keySet().removeAll(replaced);
        inForce.putAll(edited);
        faults.keySet().removeAll(edited.keySet());
        attempts.atOnce();
        lastEdit = Instant.now();
        LOG.info("{} {} in force as edited", String.join(", ", edited.keySet()), edited.size() == 1 ? "is" : "are");
    }

    /** What the trial took and what does not begin all the same may do so when what it needs is there again. */
    private void replace(Set<String> names, Map<String, String> next) throws Exception {
        try {
            running.replace(camel, names, inForce, next);
        } catch (Throwable away) {
            attempts.later();
            throw away;
        }
    }

    /** What a file held that is gone stays in force until a restart, but is no reason to refuse what is there. */
    private void refuseWhatStandsTwice(Map<String, String> next) {
        Map<String, String> afterRestart = new TreeMap<>(next);
        afterRestart.keySet().retainAll(there);
        Duplicates.refuse(afterRestart);
    }
}
