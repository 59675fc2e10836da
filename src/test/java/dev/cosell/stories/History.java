package dev.cosell.stories;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random sequence of what people, servers and operators do, the same for the same seed. Every action is written down.
 */
final class History {
    /** A deal; ids of a side are null while nobody knows them. */
    static final class Deal {
        final int number;
        String referralId;
        String crmId;
        boolean closed;
        /** As what it was closed. */
        boolean won;
        /** What people last wrote into each field, by side. */
        final Map<DealField, String> lastInPortal = new EnumMap<>(DealField.class);
        final Map<DealField, String> lastInCrm = new EnumMap<>(DealField.class);

        Deal(int number) {
            this.number = number;
        }
    }

    private static final int ACTIONS = 60;
    private static final int FIRST_DEALS = 4;
    private static final int MOST_DEALS = 6;
    private static final int CLOSINGS_FROM = 48;

    private final World world;
    private final CrmDriver crm;
    private final Random random;
    private final List<String> told = new ArrayList<>();
    private final List<Deal> deals = new ArrayList<>();
    private final Trouble trouble;
    private boolean paused;
    private int edits;

    History(World world, long seed) {
        this.world = world;
        this.crm = world.crm();
        this.random = new Random(seed);
        this.trouble = new Trouble(world, random, this::tell);
        tell("seed " + seed + ", " + crm.name());
    }

    List<Deal> deals() {
        return deals;
    }

    @Override
    public String toString() {
        return String.join("\n", told);
    }

    private void tell(String what) {
        told.add(LocalTime.now() + " " + what);
    }

    void live() {
        for (int i = 0; i < FIRST_DEALS; i++) {
            newDeal(i % 2 == 0);
        }
        for (int action = 0; action < ACTIONS; action++) {
            act(action);
            World.pause(random.nextInt(4) == 0 ? 400 : 1 + random.nextInt(60));
        }
        trouble.end();
        if (paused) {
            pauseOrResume();
        }
    }

    private void act(int action) {
        int dice = random.nextInt(100);
        Deal deal = deals.get(random.nextInt(deals.size()));
        complete(deal);
        if (action >= CLOSINGS_FROM && dice < 20) {
            close(deal);
        } else if (dice < 30) {
            editInPortal(deal);
        } else if (dice < 60) {
            editInCrm(deal);
        } else if (dice < 72) {
            editInPortal(deal);
            editInCrm(deal);
        } else if (dice < 76) {
            newDeal(random.nextBoolean());
        } else if (dice < 80) {
            pauseOrResume();
        } else {
            trouble.make();
        }
    }

    /** Looks up the other side's id of a deal that was made on one side. */
    void complete(Deal deal) {
        if (deal.crmId == null) {
            crm.opportunitiesOf(deal.referralId).stream().findFirst().ifPresent(found -> deal.crmId = crm.id(found));
        } else if (deal.referralId == null) {
            deal.referralId = crm.referralId(crm.opportunity(deal.crmId));
        }
    }

    private void newDeal(boolean inPortal) {
        if (deals.size() >= MOST_DEALS) {
            return;
        }
        Deal deal = new Deal(deals.size());
        if (inPortal) {
            deal.referralId = world.newDeal(Map.of());
        } else {
            deal.crmId = crm.newOpportunity(random.nextBoolean() ? crm.askForHelp() : crm.visibleToMicrosoft());
        }
        deals.add(deal);
        tell("deal " + deal.number + ": made in "
                + (inPortal ? "the portal, " + deal.referralId : "the CRM, " + deal.crmId));
    }

    private void editInPortal(Deal deal) {
        if (deal.referralId == null || deal.closed) {
            return;
        }
        DealField field = List.of(DealField.VALUE, DealField.DATE, DealField.NOTES).get(random.nextInt(3));
        forgetTheAgreed(deal, field, deal.lastInCrm);
        String value = field.value(++edits);
        field.editInPortal(world.partnerCenter(), deal.referralId, value);
        deal.lastInPortal.put(field, value);
        tell("deal " + deal.number + ": portal " + field + " = " + value);
    }

    private void editInCrm(Deal deal) {
        if (deal.crmId == null || deal.closed) {
            return;
        }
        DealField field = DealField.values()[random.nextInt(DealField.values().length)];
        forgetTheAgreed(deal, field, deal.lastInPortal);
        String value = field.value(++edits);
        field.editInCrm(crm, deal.crmId, value);
        deal.lastInCrm.put(field, value);
        tell("deal " + deal.number + ": CRM " + field + " = " + value);
    }

    /** What both sides show came before the edit that follows, and so it may not come back. */
    private void forgetTheAgreed(Deal deal, DealField field, Map<DealField, String> otherSide) {
        String last = otherSide.get(field);
        if (last != null && deal.referralId != null && deal.crmId != null
                && last.equals(field.inPortal(world.referral(deal.referralId)))
                && last.equals(field.inCrm(crm, crm.opportunity(deal.crmId)))) {
            otherSide.remove(field);
        }
    }

    private void close(Deal deal) {
        if (deal.crmId == null || deal.referralId == null || deal.closed) {
            return;
        }
        deal.closed = true;
        if (random.nextBoolean()) {
            deal.won = true;
            crm.win(deal.crmId);
            tell("deal " + deal.number + ": won in the CRM");
        } else {
            deal.won = random.nextBoolean();
            world.partnerCenter().patch("/sandbox/deals/" + deal.referralId,
                    Map.of("status", "Closed", "substatus", deal.won ? "Won" : "Lost"));
            tell("deal " + deal.number + ": closed in the portal as " + (deal.won ? "won" : "lost"));
        }
    }

    private void pauseOrResume() {
        paused = !paused;
        tell(paused ? "sync paused" : "sync resumed");
        if (paused) {
            world.pauseSync();
        } else {
            world.resumeSync();
        }
    }
}
