package dev.cosell.simulation;

import dev.cosell.sync.books.SeenVersions;
import dev.cosell.sync.books.Waiting;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Hint;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Notifications, polls and sweeps, and the durable queue of hints: one record is never in two hands. */
final class Queue {
    private static final int HANDS = 3;
    private static final long AGAIN = 50;
    private static final long LONGEST_PAUSE = 60_000;
    private static final long MINUTE = 60_000;

    private record Delivery(String crm, Hint hint, int attempt) {
        boolean isInGroupOf(Delivery other) {
            return crm.equals(other.crm) && hint.id().equals(other.hint.id())
                    && hint.system().equals(other.hint.system());
        }
    }

    private final World world;
    private final Map<String, Deque<Event>> ahead = new HashMap<>();
    private final List<Delivery> inWork = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private long hints;

    Queue(World world) {
        this.world = world;
    }

    void prepare(Event event) {
        ahead.computeIfAbsent(event.system(), key -> new ArrayDeque<>()).add(event);
    }

    void allIsWell() {
        ahead.clear();
    }

    /** A record was changed: its system tells, sooner or later or never. */
    void changed(Model model, String id, Map<String, Object> after) {
        Event happens = ahead.getOrDefault(model.system, new ArrayDeque<>()).poll();
        Event.Kind kind = happens == null ? null : happens.kind();
        if (kind == Event.Kind.DROPPED) {
            return;
        }
        long pause = 100 + hints++ * 61 % 1900 + (kind == Event.Kind.SLOW ? happens.value() : 0);
        int times = kind == Event.Kind.REPEATED ? 2 : 1;
        for (int time = 0; time < times; time++) {
            if (model instanceof CrmModel crm) {
                String version = after == null ? null : crm.version(after);
                world.time.in(pause + time * 700L, () -> poll(crm, id, version));
            } else {
                Hint told = new Hint(Portal.SYSTEM, id, null, Hint.Origin.WEBHOOK).changedAt(changedAt(after));
                world.crms.keySet().forEach(crm -> offer(crm, told, pause + 400));
            }
        }
    }

    private static Instant changedAt(Map<String, Object> referral) {
        return referral == null ? null : Instant.parse((String) referral.get("updatedDateTime"));
    }

    private boolean poll(CrmModel crm, String id, String version) {
        if (version != null && seen(crm.system, crm.system, id, version)) {
            return false;
        }
        offer(crm.system, new Hint(crm.system, id, version, Hint.Origin.POLL), 1);
        return true;
    }

    private boolean seen(String crm, String system, String id, String version) {
        return world.product().seen.contains(SeenVersions.key(crm, system, id, version));
    }

    void offer(String crm, Hint hint, long pause) {
        Delivery delivery = new Delivery(crm, hint, 0);
        world.time.in(pause, () -> deliver(delivery));
    }

    /** Polls and a sweep of everything. @return whether they found anything */
    boolean sweep() {
        boolean found = false;
        for (CrmModel crm : world.crms.values()) {
            for (String id : crm.ids()) {
                Map<String, Object> now = crm.get(id);
                found |= now != null ? poll(crm, id, crm.version(now))
                        : told.add(crm.system + id) && poll(crm, id, null);
            }
            for (String id : world.portal.ids()) {
                Map<String, Object> now = world.portal.get(id);
                if (now != null && !seen(crm.system, Portal.SYSTEM, id, world.portal.version(now))) {
                    offer(crm.system, new Hint(Portal.SYSTEM, id, world.portal.version(now), Hint.Origin.SWEEP), 1);
                    found = true;
                }
            }
        }
        return found;
    }

    /** Every record is reported once more, whatever is known of it. */
    void everythingAgain() {
        for (CrmModel crm : world.crms.values()) {
            crm.ids().stream().filter(id -> crm.get(id) != null).forEach(id -> offer(crm.system,
                    new Hint(crm.system, id, null, Hint.Origin.RETRY), 1));
            world.portal.ids().stream().filter(id -> world.portal.get(id) != null).forEach(id -> offer(crm.system,
                    new Hint(Portal.SYSTEM, id, null, Hint.Origin.RETRY), 1));
        }
    }

    /** Time has come for pairs that wait. @return whether it had for any */
    boolean remind() {
        List<Waiting> due = world.product().duePairs.due();
        due.forEach(link -> offer(link.crm(), world.product().duePairs.hint(link), 1));
        world.product().duePairs.handedOver();
        return !due.isEmpty();
    }

    /** A person has mended what was wrong and lets all parked records be tried again. */
    void retryParked() {
        for (Link link : world.books.allLinks()) {
            if (link.state() == LinkState.PARKED || link.state() == LinkState.CLAIMED) {
                Hint hint = link.crmId() != null ? new Hint(link.crm(), link.crmId(), null, Hint.Origin.RETRY)
                        : new Hint(Portal.SYSTEM, link.referralId(), null, Hint.Origin.RETRY);
                offer(link.crm(), hint, 1);
            }
        }
    }

    private void deliver(Delivery delivery) {
        boolean busy = inWork.size() >= HANDS
                || inWork.stream().anyMatch(delivery::isInGroupOf);
        if (busy) {
            world.time.in(AGAIN, () -> deliver(delivery));
            return;
        }
        inWork.forEach(other -> crossing(other, delivery));
        inWork.add(delivery);
        try {
            work(delivery);
        } catch (RuntimeException comesAgain) {
            suspect(comesAgain);
            world.ledger.leftUnfinished();
            Delivery next = new Delivery(delivery.crm(), delivery.hint(), delivery.attempt() + 1);
            world.time.in(Math.min(LONGEST_PAUSE, 1000L << Math.min(delivery.attempt(), 6)), () -> deliver(next));
        }
        inWork.remove(delivery);
    }

    private void crossing(Delivery one, Delivery other) {
        World.Deal deal = world.deal(one.hint().system(), one.hint().id());
        if (deal != null && deal == world.deal(other.hint().system(), other.hint().id())) {
            deal.crossed = true;
        }
    }

    private void work(Delivery delivery) {
        Scope scope = new Scope(delivery.hint(), world::step);
        scope.variables.put("crm", delivery.crm());
        Product product = world.product();
        Routes routes = world.shared.routes();
        if (routes.policy().work(routes, scope, product)) {
            world.step("after the route");
            scope.keys.forEach(product.seen::add);
        } else if (!isToldAsParked(delivery)) {
            world.ledger.found("what was parked is not written down", scope.exception);
        }
    }

    private boolean isToldAsParked(Delivery delivery) {
        World.Deal deal = world.deal(delivery.hint().system(), delivery.hint().id());
        Set<String> ids = new HashSet<>(deal == null ? Set.of() : deal.ids.values());
        ids.add(delivery.hint().id());
        return world.books.audit().stream().anyMatch(entry -> entry.crm().equals(delivery.crm())
                && entry.action().equals("PARK") && (ids.contains(entry.referralId()) || ids.contains(entry.crmId())));
    }

    /** Whoever watches the connections reads another record, and it can. */
    private void suspect(RuntimeException thrown) {
        if (thrown instanceof Fault.Denied denied) {
            world.time.in(5000, () -> world.product().connections.of(denied.system()).verified());
        }
        if (thrown instanceof Fault.Taken) {
            // The product looks once a minute for what it has to look at again.
            world.time.in(MINUTE, this::remind);
        }
        if (!(thrown instanceof Fault)) {
            world.ledger.found("defect: " + thrown, thrown);
        }
    }

    /** The process died: what it worked on comes again. */
    void comeAgain() {
        inWork.forEach(delivery -> world.time.in(1000, () -> deliver(delivery)));
        inWork.clear();
    }
}
