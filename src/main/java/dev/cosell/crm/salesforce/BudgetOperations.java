package dev.cosell.crm.salesforce;

import dev.cosell.operations.AlarmCheck;
import dev.cosell.operations.Parts;
import dev.cosell.operations.PlatformMBean;
import dev.cosell.salesforce.CallBudget;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckResultBuilder;

/** The MBean {@value #NAME}, and the same as a detail of health. */
public final class BudgetOperations implements BudgetMXBean, AutoCloseable {
    public static final String NAME = "dev.cosell:type=Budget,name=salesforce";

    private final CallBudget budget;

    public BudgetOperations(CallBudget budget) {
        this.budget = budget;
    }

    /** Shows it until it is closed; a predecessor of the same name gives way. */
    public BudgetOperations register(CamelContext camel) {
        new AlarmCheck("salesforce-calls", this::alarm, this::details).register(camel);
        PlatformMBean.show(NAME, this);
        return this;
    }

    @Override
    public void close() {
        PlatformMBean.hide(NAME);
    }

    private void details(HealthCheckResultBuilder health) {
        health.detail("callsToday", getCallsToday()).detail("dailyCalls", getDailyCalls())
                .detail("organisationCalls", getOrganisationCalls()).detail("organisationLimit",
                getOrganisationLimit());
        if (budget.state() == CallBudget.State.NEAR) {
            health.detail(Parts.DETAIL, "Four fifths of Salesforce's calls are used; polls run less often, and when "
                    + "all are used changes wait. Raise salesforce.daily-calls, or find out which other client of the "
                    + "organisation calls so often");
        }
    }

    /** For people: what is used of the calls, and what follows from it. */
    static String sentence(CallBudget budget) {
        String own = budget.calls() + (budget.dailyCalls() == 0 ? "" : " of " + budget.dailyCalls()) + " calls today";
        String all = budget.orgLimit() == 0 ? "" : "; the organisation has used " + budget.orgUsed() + " of "
                + budget.orgLimit() + " in 24 hours";
        return own + all + switch (budget.state()) {
            case FREE -> "";
            case NEAR -> "; near the end, so polls run less often";
            case SPENT -> "; used up, so changes wait";
        };
    }

    private String alarm() {
        return budget.state() == CallBudget.State.SPENT ? "Salesforce's calls are used up; changes wait in the queue"
                : "";
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
