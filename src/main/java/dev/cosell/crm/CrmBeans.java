package dev.cosell.crm;

import dev.cosell.check.Calls;
import dev.cosell.check.Check;
import dev.cosell.check.Opportunities;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.verbs.CrmRecordView;
import dev.cosell.verbs.CrmView;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** What stands behind the routes of one CRM in one application. */
public interface CrmBeans {
    CrmView view();

    CrmRecordView leadView();

    /** Binds the components that its routes need and that have settings of ours; each Camel context wants its own. */
    default void bindComponents(Registry registry) {}

    /** Binds the beans that {@code routes/<crm>.camel.yaml} names. */
    void bind(CamelContext camel, CrmGround ground);

    /** Its part of {@code ./cosell check}: the sign-in, rights and schema; nothing that costs a call for each deal. */
    List<Check> checks(Checked checked);

    /** Its opportunities, as a check asks for them. */
    Opportunities opportunities(Calls calls);

    /** Whether it has no calls left for us, so that its hints stay in the queue. */
    default boolean spent() {
        return false;
    }

    /**
     * Figures about its calls and their limits by name, such as {@code calls.today}, for those that measure; to be
     * called when the routes run.
     */
    default Map<String, Supplier<Number>> calls() {
        return Map.of();
    }

    /** What people should know of its own means, in a sentence each, by what it is about, such as {@code calls}. */
    default Map<String, String> told() {
        return Map.of();
    }

    /** Shows operators what only this CRM has, until each of them is closed; to be called when the routes run. */
    default List<AutoCloseable> operations(CamelContext camel) {
        return List.of();
    }

    /**
     * What a check is about.
     *
     * @param mapping    the field tables in force
     * @param leads      whether leads are synced, too
     * @param linkLength of the longest link to a referral
     */
    record Checked(Calls calls, Supplier<CrmMapping> mapping, boolean leads, int linkLength) {}
}
