package dev.cosell.operations;

import dev.cosell.salesforce.CallBudget;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** The MBean {@value #NAME}, and the same as a detail of health. */
public final class BudgetOperations extends AbstractHealthCheck implements BudgetMXBean, AutoCloseable {
    public static final String NAME = "dev.cosell:type=Budget,name=salesforce";

    private final CallBudget budget;
    private ShownMBean shown;

    public BudgetOperations(CallBudget budget) {
        super("cosell", "salesforce-calls");
        this.budget = budget;
    }

    public BudgetOperations register(CamelContext camel) {
        HealthCheckRegistry health = HealthCheckRegistry.get(camel);
        if (health != null) {
            health.register(this);
        }
        shown = ShownMBean.show(this, NAME);
        return this;
    }

    @Override
    public void close() {
        if (shown != null) {
            shown.close();
        }
    }

    /** Down while nothing is called, but neither ready nor live depends on it: notifications are accepted and kept. */
    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("callsToday", getCallsToday()).detail("dailyCalls", getDailyCalls())
                .detail("organisationCalls", getOrganisationCalls()).detail("organisationLimit", getOrganisationLimit());
        if (budget.state() == CallBudget.State.SPENT) {
            builder.message("Salesforce's calls are used up; changes wait in the queue").down();
        } else {
            builder.up();
        }
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public String getState() {
        return budget.state().name();
    }

    @Override
    public int getCallsToday() {
        return budget.calls();
    }

    @Override
    public int getDailyCalls() {
        return budget.dailyCalls();
    }

    @Override
    public long getOrganisationCalls() {
        return budget.orgUsed();
    }

    @Override
    public long getOrganisationLimit() {
        return budget.orgLimit();
    }
}
