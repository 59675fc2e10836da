package dev.cosell.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** How a queue of hints on an outside broker has to behave; the embedded one is set up like this. */
final class QueueSettings {
    /** A hint that comes again later is taken for a new one by those who count how often it failed. */
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);
    private static final Set<AddressFullMessagePolicy> KEEPING = EnumSet.of(AddressFullMessagePolicy.PAGE,
            AddressFullMessagePolicy.FAIL);
    private static final String NEVER = "-1";

    private final String queue;
    private final List<QueueDifference> found = new ArrayList<>();

    private QueueSettings(String queue) {
        this.queue = queue;
    }

    /** @param settings those in force for the queue's address; what is not set there has Artemis' default */
    static List<QueueDifference> differences(String queue, AddressSettings settings) {
        QueueSettings look = new QueueSettings(queue);
        look.redelivery(settings);
        look.keeping(settings);
        look.groups(settings.isDefaultGroupRebalance(), settings.isDefaultGroupRebalancePauseDispatch(),
                settings.getDefaultGroupBuckets(), null);
        return look.found;
    }

    /** @param made the queue as it was made, which later settings of its address do not change */
    static List<QueueDifference> differences(String queue, QueueQuery made) {
        QueueSettings look = new QueueSettings(queue);
        look.groups(made.isGroupRebalance(), made.isGroupRebalancePauseDispatch(), made.getGroupBuckets(),
                "<address name=\"" + queue + "\"><anycast><queue name=\"" + queue
                        + "\" group-rebalance=\"true\" group-rebalance-pause-dispatch=\"true\" "
                        + "group-buckets=\"1024\"/></anycast></address>");
        look.require(!Boolean.TRUE.equals(made.isLastValue()) && !Boolean.TRUE.equals(made.isExclusive())
                && made.getRingSize() <= 0,
                "is a last-value, exclusive or ring queue",
                "hints would replace each other, or one instance would do all the work",
                "Delete the queue once it is empty; it is made anew");
        return look.found;
    }

    private void redelivery(AddressSettings settings) {
        require(settings.getRedeliveryDelay() > 0, "redelivery-delay", settings.getRedeliveryDelay(), "1000",
                "a hint that fails would come again without a pause");
        require(settings.getRedeliveryMultiplier() > 1, "redelivery-delay-multiplier",
                settings.getRedeliveryMultiplier(), "2",
                "hints would come again at the same pace for as long as a system is away");
        long longest = settings.getMaxRedeliveryDelay();
        require(longest > 0 && longest <= LONGEST_DELAY.toMillis(), "max-redelivery-delay", longest, "60000",
                "a hint would wait for " + (longest > 0 ? "too long" : "ten times the first pause at most"));
        require(settings.getMaxDeliveryAttempts() == -1, "max-delivery-attempts", settings.getMaxDeliveryAttempts(),
                NEVER,
                "a change would be given up while a system is away");
    }

    private void keeping(AddressSettings settings) {
        require(KEEPING.contains(settings.getAddressFullMessagePolicy()), "address-full-policy",
                settings.getAddressFullMessagePolicy(), "PAGE",
                "hints would be lost or held up when many wait");
        require(settings.getExpiryDelay() <= 0, "expiry-delay", settings.getExpiryDelay(), NEVER,
                "hints that wait would be lost");
        require(settings.getMaxExpiryDelay() <= 0, "max-expiry-delay", settings.getMaxExpiryDelay(), NEVER,
                "hints that wait would be lost");
    }

    /** @param update what changes a queue; null where the settings of its address are meant */
    private void groups(boolean rebalance, boolean pauses, int buckets, String update) {
        String instances = "an instance that joins the others would get no work, and one record might be worked on "
                + "twice at once";
        require(rebalance, "default-group-rebalance", rebalance, "true", instances, update);
        require(pauses, "default-group-rebalance-pause-dispatch", pauses, "true", instances, update);
        require(buckets > 0, "default-group-buckets", buckets, "1024",
                "the broker would remember every record for ever", update);
    }

    private void require(boolean right, String setting, Object now, String wanted, String why) {
        require(right, setting, now, wanted, why, null);
    }

    private void require(boolean right, String setting, Object now, String wanted, String why, String update) {
        require(right, update == null ? setting + " is " + now + " and has to be " + wanted
                : "the queue was made with " + setting.replace("default-", "") + " " + now + ", which has to be "
                + wanted, why, update == null ? "Set <" + setting + ">" + wanted + "</" + setting
                + "> under <address-setting match=\"sync.#\"> in broker.xml"
                : "Change the queue by naming it under <addresses> in broker.xml: " + update);
    }

    private void require(boolean right, String how, String why, String remedy) {
        if (!right) {
            found.add(new QueueDifference(queue, how + ": " + why, remedy));
        }
    }
}
