package dev.cosell.crm.salesforce;

import dev.cosell.operations.AlarmCheck;
import dev.cosell.operations.PlatformMBean;
import dev.cosell.salesforce.CallBudget;
import org.apache.camel.CamelContext;

/** The MBean {@value #NAME}, and the same as a detail of health. */
public final class BudgetOperations implements BudgetMXBean, AutoCloseable {
    public static final String NAME = "dev.cosell:type=Budget,name=salesforce";

    private final CallBudget budget;

    public BudgetOperations(CallBudget budget) {
        this.budget = budget;
    }

    /** Shows it until it is closed; a predecessor of the same name gives way. */
    public BudgetOperations register(CamelContext camel) {
        new AlarmCheck("salesforce-calls", this::alarm, health -> health.detail("callsToday", getCallsToday()).detail("dailyCalls", getDailyCalls())
                .detail("organisationCalls", getOrganisationCalls()).detail("organisationLimit", getOrganisationLimit())).register(camel);
        PlatformMBean.show(NAME, this);
        return this;
    }

    @Override
    public void close() {
        PlatformMBean.hide(NAME);
    }

    private String alarm() {
        return budget.state() == CallBudget.State.SPENT ? "Salesforce's calls are used up; changes wait in the queue" : "";
    }

    @Override
    public String getState() {
        return budget.state().name();
    }

    @Override
    public int getCallsToday() {
        return (int) budget.calls();
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
