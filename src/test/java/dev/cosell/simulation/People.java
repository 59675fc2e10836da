package dev.cosell.simulation;

import dev.cosell.simulation.Model.Status;
import java.util.Map;

/** What people and systems do in a history. What is not possible at its time is left out. */
final class People {
    private static final String VISIBILITY = "Referral_Visibility__c";

    private final World world;

    People(World world) {
        this.world = world;
    }

    void act(Event event) {
        switch (event.kind()) {
            case LOST_BEFORE, LOST_AFTER, LATE, REFUSED, MOVED, STALE, READ_LOST -> world.calls.prepare(event);
            case DROPPED, REPEATED, SLOW -> world.queue.prepare(event);
            case SIGNED_OUT -> world.calls.signOut(event.system());
            case RIGHTS_BACK -> world.calls.rightsBack(event.system());
            case CRASH -> world.crashIn(event.value());
            case CLOCK -> clock(event.value());
            case CREATE -> create(event);
            case RENAME -> rename("Private", "Confidential");
            case RENAME_BACK -> renameBack();
            default -> onRecord(event);
        }
    }

    /** The clock may jump, but not over a create that a system is still working on: nobody could know of that. */
    private void clock(int millis) {
        if (!world.writesAreUnderWay()) {
            world.time.productIsAhead(millis);
        }
    }

    private void create(Event event) {
        if (event.deal() != world.deals.size()) {
            return;
        }
        World.Deal deal = new World.Deal();
        world.deals.add(deal);
        Model model = world.model(event.system());
        String id = model instanceof Portal portal ? portal.nextId() : ((CrmModel) model).nextId();
        deal.ids.put(model.system, id);
        world.ledger.began(event.deal(), model.system, event.value());
        Map<String, Object> blank = model instanceof Portal portal ? portal.blank(id) : ((CrmModel) model).blank(id);
        model.commit(id, record -> {
            record.putAll(blank);
            for (Field field : Field.values()) {
                model.put(record, field, field.value(event.value(), model.system));
            }
            if (model instanceof Portal && event.value() % 5 == 0) {
                record.put("type", "Shared");
                model.status(record, Status.NEW);
            }
        });
    }

    private void onRecord(Event event) {
        Model model = world.model(event.system());
        World.Deal deal = event.deal() < world.deals.size() ? world.deals.get(event.deal()) : null;
        String id = deal == null ? null : deal.ids.get(event.system());
        if (id == null || model.get(id) == null) {
            return;
        }
        Status status = model.status(model.get(id));
        boolean closed = model.isClosed(model.get(id));
        boolean locked = closed && (model instanceof Portal || ((CrmModel) model).locks());
        switch (event.kind()) {
            case EDIT -> {
                if (!locked) {
                    edit(event, model, id);
                }
            }
            case ACCEPT -> status(event, id, status == Status.NEW, Status.OPEN);
            case WIN -> status(event, id, !closed && status != Status.NEW, Status.WON);
            case LOSE -> status(event, id, !closed, Status.LOST);
            case REOPEN -> status(event, id, closed && model instanceof CrmModel, Status.OPEN);
            case MERGE -> merge(model, id);
            case SWITCH -> {
                if (model instanceof CrmModel crm && !locked) {
                    crm.commit(id, record -> record.put(crm.syncField(), !crm.isSwitchedOn(record)));
                }
            }
            case DENIED -> world.calls.deny(id);
            case DELETE -> {
                deal.deleted = true;
                model.delete(id);
            }
            default -> throw new IllegalArgumentException(event.toString());
        }
    }

    private void edit(Event event, Model model, String id) {
        Object value = event.field().value(event.value(), model.system);
        if (!Field.shown(value).equals(model.shown(id, event.field()))) {
            world.ledger.edited(event.deal(), model.system, event.field(), Field.shown(value));
            model.commit(id, record -> model.put(record, event.field(), value));
        }
    }

    private void status(Event event, String id, boolean possible, Status next) {
        if (possible) {
            Model model = world.model(event.system());
            world.ledger.moved(event.deal());
            model.commit(id, record -> model.status(record, next));
        }
    }

    /** Two accounts become one, as both CRMs merge them: the opportunity has another one from then on. */
    private static void merge(Model model, String id) {
        if (model instanceof CrmModel crm) {
            crm.commit(id, record -> record.put(crm.accountField(), "account 2"));
        }
    }

    /** Every opportunity that can be changed. */
    void switchOn() {
        for (CrmModel crm : world.crms.values()) {
            crm.ids().stream().map(crm::get).filter(record -> record != null && !crm.isSwitchedOn(record)
                    && !(crm.locks() && crm.isClosed(record))).forEach(record -> crm.commit(crm.view.id(record),
                            now -> now.put(crm.syncField(), true)));
        }
    }

    void renameBack() {
        rename("Confidential", "Private");
    }

    /** Of a value in the list of the CRM: every record that has it shows the new one. */
    private void rename(String from, String to) {
        CrmModel crm = world.crms.get("salesforce");
        if (crm != null) {
            crm.with(VISIBILITY, from).forEach(each -> crm.commit(crm.view.id(each),
                    record -> record.put(VISIBILITY, to)));
        }
    }
}
