package dev.cosell.simulation;

import dev.cosell.simulation.Model.Status;
import dev.cosell.sync.books.AuditEntry;
import dev.cosell.sync.books.LookAgain;
import dev.cosell.sync.decide.Link;
import dev.cosell.sync.decide.LinkState;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets a world come to rest after its history, and says what is wrong with it then. */
record AtRest(World world) {
    private static final int MOST_ROUNDS = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    void judge() {
        if (!settle()) {
            return;
        }
        parkedOnlyForAReason();
        world.queue.retryParked();
        world.run();
        approve();
        if (!settle()) {
            return;
        }
        nothingIsParked();
        nothingSaysThatItIs();
        world.deals.forEach(this::deal);
        world.ledger.writtenThere().forEach(this::explained);
        if (world.deals.stream().anyMatch(deal -> deal.deleted)) {
            // Nobody tells twice of a deletion: one that an old read has hidden is noticed with the next look.
            world.queue.everythingAgain();
            world.run();
        }
        int before = world.ledger.writes();
        world.queue.everythingAgain();
        world.run();
        if (settle() && world.ledger.writes() != before) {
            found("it does not rest: " + (world.ledger.writes() - before) + " writes more");
        }
    }

    private void found(String what) {
        world.ledger.found(what, null);
    }

    private boolean settle() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            boolean found = world.queue.sweep() | world.queue.remind();
            if (!found && world.books.allLinks().stream().noneMatch(AtRest::waitsForTime)) {
                return true;
            }
            if (!found) {
                world.time.pass(PATIENCE.toMillis());
            }
            world.run();
        }
        found("it never comes to rest");
        return false;
    }

    private static boolean waitsForTime(Link link) {
        return link.waits().held().stream().anyMatch(move -> move.until() != null);
    }

    private void parkedOnlyForAReason() {
        for (AuditEntry entry : world.books.audit()) {
            boolean parked = entry.action().equals("PARK")
                    && !isDeleted(entry.referralId(), entry.crm(), entry.crmId());
            boolean reason = parked && List.of(Calls.BROKEN_RULE, Calls.DENIED, "Confidential", "closed").stream()
                    .anyMatch(entry.detail()::contains);
            if (parked && !reason) {
                found("parked without a reason: " + entry.situation() + " " + entry.detail());
            }
        }
    }

    /** Of what is left of a deleted deal a person has to decide. */
    private boolean isDeleted(String referralId, String crm, String crmId) {
        return world.deals.stream().anyMatch(deal -> deal.deleted
                && (deal.ids.containsValue(referralId) || crmId != null && crmId.equals(deal.ids.get(crm))
                || deal.afterDeletion.contains(crmId)));
    }

    private void approve() {
        world.books.allLinks().stream().filter(link -> !link.waits().held().isEmpty()).forEach(link -> {
            world.product().links.approve(link);
            world.queue.offer(link.crm(), LookAgain.at(link), 1);
        });
        world.run();
    }

    private void nothingIsParked() {
        for (Link link : world.books.allLinks()) {
            boolean parked = link.state() == LinkState.PARKED || link.state() == LinkState.CLAIMED;
            if (parked && !isDeleted(link.referralId(), link.crm(), link.crmId())
                    && !String.valueOf(link.reason()).contains("closed")) {
                found("still parked after everything was mended: " + link.reason());
            }
        }
    }

    private void nothingSaysThatItIs() {
        for (Link link : world.books.allLinks()) {
            CrmModel crm = world.crms.get(link.crm());
            Map<String, Object> record = link.isJoined() ? crm.get(link.crmId()) : null;
            boolean says = !isNotTold(crm, record)
                    && crm.view.audit(record).lines().findFirst().orElse("").contains("Not synced: ");
            if (says && link.state() == LinkState.LINKED) {
                found("synced again, and the Audit field's newest entry is "
                        + crm.view.audit(record).lines().findFirst().orElseThrow());
            }
        }
    }

    private void deal(World.Deal deal) {
        if (deal.deleted || isSwitchedOff(deal)) {
            return;
        }
        int number = world.deals.indexOf(deal);
        Status there = deal.ids.get(Portal.SYSTEM) == null ? null
                : world.portal.status(world.portal.get(deal.ids.get(Portal.SYSTEM)));
        if (there == null) {
            if (!wasLost(deal)) {
                found("deal " + number + " has no referral");
            }
            return;
        }
        for (CrmModel crm : world.crms.values()) {
            String id = deal.ids.get(crm.system);
            if (id == null) {
                if (there != Status.WON && there != Status.LOST) {
                    found("deal " + number + " has no opportunity in " + crm.system);
                }
                continue;
            }
            status(number, there, crm, id);
            for (Field field : Field.values()) {
                equal(deal, number, crm, field);
            }
        }
        for (Field field : Field.values()) {
            kept(deal, number, field);
        }
    }

    /** A closed opportunity of Dynamics 365 cannot be switched on again. */
    private boolean isSwitchedOff(World.Deal deal) {
        return world.crms.values().stream().anyMatch(crm -> deal.ids.get(crm.system) != null
                && !crm.isSwitchedOn(crm.get(deal.ids.get(crm.system))));
    }

    /** Nobody makes a deal of what was lost before it was shared. */
    private boolean wasLost(World.Deal deal) {
        return deal.ids.entrySet().stream().allMatch(each -> world.model(each.getKey())
                .status(world.model(each.getKey()).get(each.getValue())) == Status.LOST);
    }

    private void status(int number, Status there, CrmModel crm, String id) {
        Status here = crm.status(crm.get(id));
        if (there != here && !told(id, Field.statusIn(crm.system))) {
            found("deal " + number + " is " + there + " in Partner Center and " + here + " in " + crm.system);
        }
    }

    private void equal(World.Deal deal, int number, CrmModel crm, Field field) {
        String there = world.portal.shown(deal.ids.get(Portal.SYSTEM), field);
        String here = crm.shown(deal.ids.get(crm.system), field);
        boolean waits = world.portal.status(world.portal.get(deal.ids.get(Portal.SYSTEM))) == Status.NEW;
        // A name goes from one CRM to Partner Center, and from there to no other.
        boolean travels = field != Field.NAME || world.crms.size() == 1;
        if (!there.equals(here) && travels && !waits && !told(deal.ids.get(crm.system), field.in(crm.system))) {
            found("deal " + number + ": " + field + " is " + there + " in Partner Center and " + here + " in "
                    + crm.system);
        }
    }

    /** Whether the audit says that the two stay different. */
    private boolean told(String crmId, String row) {
        return world.books.audit().stream().filter(entry -> crmId.equals(entry.crmId()))
                .anyMatch(entry -> entry.detail().contains(row + " stays different"));
    }

    /** What was written in Partner Center is told in the product's own audit, and where a seller reads it. */
    private void explained(Ledger.WrittenThere written) {
        World.Deal deal = world.deals.get(written.deal());
        // Of two syncs of a deal at the same time one may not know what the other has noted.
        boolean told = deal.deleted || deal.crossed
                || world.crms.values().stream().anyMatch(crm -> isTold(written, deal, crm));
        if (!told) {
            found("the audit says nothing of " + (written.field() == null ? "the status" : written.field())
                    + " in Partner Center, which was written there");
        }
        int moves = (world.ledger.moves(written.deal()) + 1) * (world.crms.size() + 1);
        if (world.ledger.statusWrites(written.deal()) > moves) {
            found("deal " + written.deal() + ": its status was written " + world.ledger.statusWrites(written.deal())
                    + " times after " + world.ledger.moves(written.deal()) + " moves");
        }
    }

    /** What is closed in Dynamics 365 takes no sentence, and nothing is written where the sync is switched off. */
    private static boolean isNotTold(CrmModel crm, Map<String, Object> state) {
        return state == null || crm.view.readOnly(state) || !crm.isSwitchedOn(state);
    }

    private boolean isTold(Ledger.WrittenThere written, World.Deal deal, CrmModel crm) {
        String sentence = (written.field() == null ? Field.statusIn(crm.system) : written.field().in(crm.system))
                + " in Partner Center: ";
        String id = deal.ids.get(crm.system);
        boolean read = crm.states(id).stream().anyMatch(state -> isNotTold(crm, state))
                || crm.view.audit(crm.get(id)).contains(sentence);
        return read && world.books.audit().stream().anyMatch(entry -> entry.detail() != null
                && deal.ids.containsValue(entry.referralId()) && entry.detail().contains(sentence));
    }

    private void kept(World.Deal deal, int number, Field field) {
        Ledger.Expected expected = world.ledger.expected(number, field);
        Set<String> shown = Agreement.values(world, deal, field);
        if (shown.size() != 1) {
            return;
        }
        String value = shown.iterator().next();
        Map<String, String> values = expected.values;
        if (!values.containsValue(value)) {
            found("deal " + number + ": " + field + " is " + value + " again, but was last edited to " + values);
        }
        // Of two syncs of a deal at the same time one may not know that the other's write was refused.
        boolean decided = world.crms.size() == 1 && expected.conflict && values.size() == 2 && field != Field.NOTES
                && !deal.crossed;
        String winner = values.get(world.setting.crms().get(0));
        if (decided && !value.equals(winner)) {
            found("deal " + number + ": " + field + " was changed on both sides; the CRM's " + winner
                    + " should have won over " + value);
        }
        if (decided && value.equals(winner)) {
            loserIsNamed(deal, number, field, values.get(Portal.SYSTEM));
        }
        int most = expected.edits * world.crms.size() + world.crms.size();
        if (expected.writes > most) {
            found("deal " + number + ": " + field + " was written " + expected.writes + " times after "
                    + expected.edits + " edits");
        }
    }

    private void loserIsNamed(World.Deal deal, int number, Field field, String loser) {
        CrmModel crm = world.crms.get(world.setting.crms().get(0));
        String id = deal.ids.get(crm.system);
        boolean named = crm.states(id).stream().anyMatch(state -> isNotTold(crm, state))
                || crm.view.audit(crm.get(id)).contains("both sides changed it; " + loser);
        if (!named) {
            found("deal " + number + ": nobody is told that " + field + " " + loser + " has lost");
        }
    }

    static Collection<String> of(World world) {
        new AtRest(world).judge();
        return world.ledger.found();
    }
}
