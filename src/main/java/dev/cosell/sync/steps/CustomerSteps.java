package dev.cosell.sync.steps;

import dev.cosell.mapping.PartyRules;
import dev.cosell.sync.books.LeaseStore;
import dev.cosell.sync.decide.Decision;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.PartyText;
import dev.cosell.verbs.Writes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps around a create by which a missing account or contact is made by one sync at a time, of all instances. A
 * sync that finds both needs nobody's leave; one that lacks something has the customer to itself, and has looked again
 * since.
 */
public final class CustomerSteps {
    private static final Logger LOG = LoggerFactory.getLogger(CustomerSteps.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Map<String, PartyRules> rules;
    private final LeaseStore store;
    private final Set<CustomerLease> held = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition givenBack = lock.newCondition();

    /** @param rules by CRM */
    public CustomerSteps(Map<String, PartyRules> rules, LeaseStore store) {
        this.rules = Map.copyOf(rules);
        this.store = store;
    }

    /** Before the search: takes the lease when it is free, and waits for nobody. */
    public CustomerLease lease(Writes.NewOpportunity wanted, String crm) {
        List<String> keys = rules.get(crm).common(wanted.account(), wanted.contact()).stream()
                .map(text -> key(crm, text)).sorted().toList();
        CustomerLease lease = new CustomerLease(crm, wanted.referralId(), UUID.randomUUID().toString(), keys);
        take(lease);
        return lease;
    }

    /** What is stored tells nobody who the customer is. */
    private static String key(String crm, String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return crm + " " + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private boolean take(CustomerLease lease) {
        if (store.take(lease.holder(), lease.keys())) {
            lease.held(true);
            held.add(lease);
        }
        return lease.isHeld();
    }

    /** Whether something has to be created that another sync may be creating just now. */
    public boolean mustWait(@Variable("customer") CustomerLease lease, @Variable("lacksParty") Boolean lacksParty) {
        return Boolean.TRUE.equals(lacksParty) && !lease.isHeld();
    }

    /**
     * After a search that lacked something, while another sync has the customer. Returns with the lease; the search has
     * to be repeated.
     *
     * @throws Fault.Taken when that takes too long for a thread of the queue
     */
    public void await(@Variable("customer") CustomerLease lease) {
        long begun = System.nanoTime();
        while (!take(lease)) {
            if (System.nanoTime() - begun > LONGEST_WAIT.toNanos() || !pause()) {
                throw new Fault.Taken(lease.crm(),
                        "Another deal of the same customer is just creating the account or contact that referral "
                                + lease.referralId() + " needs in " + lease.crm());
            }
        }
    }

    /** @return false when the thread is to stop */
    private boolean pause() {
        lock.lock();
        try {
            givenBack.awaitNanos(LOOK_AGAIN_NANOS);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Directly before the create: keeps the customer for as long as it may take, or leaves them to others when account
     * and contact were found.
     *
     * @throws Fault.VersionConflict when this process stood still for so long that another took over: search and decide
     *     again
     */
    public void settle(@Variable("customer") CustomerLease lease, @Variable("lacksParty") Boolean lacksParty) {
        if (!Boolean.TRUE.equals(lacksParty)) {
            giveBack(lease);
            return;
        }
        if (!lease.isHeld() || !store.extend(lease.holder(), lease.keys().size())) {
            throw new Fault.VersionConflict(lease.crm(),
                    "Referral " + lease.referralId() + " waited so long before the create of its account or"
                            + " contact in " + lease.crm() + " that another deal of the customer went ahead");
        }
        lease.creates(true);
    }

    /** After the create: its outcome is known. */
    public void known(@Variable("customer") CustomerLease lease) {
        lease.creates(false);
    }

    /**
     * Always the last step. After a create whose outcome is unknown the lease is left to expire: until then the CRM may
     * still be at work on it, and a search that finds nothing proves nothing.
     *
     * @param failure of the create; of no meaning when its outcome is known
     */
    public void end(@Variable("customer") CustomerLease lease,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        if (lease.creating() && !refused(failure)) {
            held.remove(lease);
        } else {
            giveBack(lease);
        }
    }

    private static boolean refused(Exception failure) {
        return failure instanceof Fault fault && !fault.mayHaveArrived();
    }

    private void giveBack(CustomerLease lease) {
        if (!lease.isHeld()) {
            return;
        }
        held.remove(lease);
        lease.held(false);
        try {
            store.giveBack(lease.holder());
        } catch (Fault.Transient away) {
            LOG.warn("The customer of referral {} is free again only when its lease expires: {}", lease.referralId(),
                    away.getMessage());
        }
        lock.lock();
        try {
            givenBack.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The decision, whose story also says which account and contact the new opportunity got, where the create said so.
     */
    public Decision told(@Variable("decision") Decision decision, @Variable(PartyText.VARIABLE) List<String> parties) {
        return parties == null ? decision : decision.toldToo(parties);
    }

    /** To be called several times within the length of a lease, so that only the leases of dead processes expire. */
    public void extendAll() {
        for (CustomerLease lease : held) {
            try {
                store.extend(lease.holder(), lease.keys().size());
            } catch (RuntimeException away) {
                LOG.warn("The lease on the customer of referral {} could not be extended: {}", lease.referralId(),
                        away.getMessage());
            }
        }
    }

    /** Forgets the leases of dead processes that nobody took over. */
    public void tidy() {
        store.tidy();
    }
}
