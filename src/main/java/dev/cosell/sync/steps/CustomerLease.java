package dev.cosell.sync.steps;

import java.util.List;

/**
 * The right of one sync to create a customer's account or contact in a CRM, asked for or held. Syncs of deals that
 * share a key exclude each other.
 */
public final class CustomerLease {
    private final String crm;
    private final String referralId;
    private final String holder;
    private final List<String> keys;
    private volatile boolean held;
    private volatile boolean creating;

    /**
     * @param referralId of the deal, for messages
     * @param holder     unlike that of any other lease, of whatever process
     * @param keys       sorted, so that two syncs which want several never wait for each other; none when nothing is
     *     looked for
     */
    CustomerLease(String crm, String referralId, String holder, List<String> keys) {
        this.crm = crm;
        this.referralId = referralId;
        this.holder = holder;
        this.keys = List.copyOf(keys);
    }

    String crm() {
        return crm;
    }

    String referralId() {
        return referralId;
    }

    String holder() {
        return holder;
    }

    List<String> keys() {
        return keys;
    }

    /** Whether this sync has the customer to itself. */
    public boolean isHeld() {
        return held;
    }

    void held(boolean now) {
        held = now;
    }

    /** Whether a create was sent whose outcome is not known yet. */
    boolean creating() {
        return creating;
    }

    void creates(boolean now) {
        creating = now;
    }
}
