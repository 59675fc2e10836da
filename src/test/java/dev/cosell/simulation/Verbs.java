package dev.cosell.simulation;

import dev.cosell.partnercenter.NewDeal;
import dev.cosell.partnercenter.ReferralCreation;
import dev.cosell.sync.books.Attempt;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Trouble;
import dev.cosell.verbs.Writes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The verbs of docs/verbs.md over the model systems, each call with what may happen to it.
 *
 * @param confirm whether an attempt is still the one that is noted
 */
record Verbs(World world, Predicate<Attempt> confirm) {
    private static final String OWN = "ownReferral";
    private static final ReferralCreation CREATION = new ReferralCreation(null, attempt -> true);

    /** Null when the endpoint is a route. */
    Function<Scope, Object> of(String endpoint) {
        return switch (endpoint) {
            // As many calls as are wanted.
            case "direct:partner-center-turn" -> scope -> scope.body;
            case "direct:partner-center-get" -> scope -> read(world.portal, (String) scope.body);
            case "direct:partner-center-open" -> scope -> open((String) scope.body);
            case "direct:partner-center-find" ->
                scope -> world.calls.read(world.portal, null, () -> world.portal.found("externalReferenceId",
                        (String) scope.body));
            case "direct:partner-center-update" -> scope -> updateReferral((Writes.Update) scope.body);
            case "direct:partner-center-create" -> this::createReferral;
            default -> ofCrm(endpoint.substring("direct:".length()));
        };
    }

    private Function<Scope, Object> ofCrm(String verb) {
        for (CrmModel crm : world.crms.values()) {
            if (verb.startsWith(crm.system + "-")) {
                return switch (verb.substring(crm.system.length() + 1)) {
                    case "get" -> scope -> read(crm, (String) scope.body);
                    case "find" -> scope -> world.calls.read(crm, null,
                            () -> crm.found(crm.view.connectorFields().referralIdField(), (String) scope.body));
                    case "sales-team" -> scope -> List.of();
                    case "create" -> scope -> createOpportunity(crm, (Writes.NewOpportunity) scope.body);
                    case "update" -> scope -> update(crm, (Writes.Update) scope.body, null);
                    case "close" -> scope -> update(crm, ((Writes.Close) scope.body).update(),
                            ((Writes.Close) scope.body).outcome());
                    default -> null;
                };
            }
        }
        return null;
    }

    private Map<String, Object> read(Model model, String id) {
        return world.calls.read(model, id, () -> world.calls.isStale() ? model.stale(id) : model.get(id));
    }

    private Object open(String id) {
        return world.calls.read(world.portal, id, () -> {
            Map<String, Object> referral = world.portal.get(id);
            return referral != null ? referral
                    : world.portal.with("engagementId", id).stream().findFirst().orElse(null);
        });
    }

    /** Partner Center takes a new name in a call of its own. */
    private Object updateReferral(Writes.Update update) {
        Map<String, Object> rest = new LinkedHashMap<>(update.patch());
        Object name = rest.remove("name");
        Map<String, Object> stored = update.current();
        String version = update.version();
        if (!rest.isEmpty()) {
            stored = patchReferral(update.id(), version, rest);
            version = world.portal.version(stored);
        }
        return name == null ? stored : patchReferral(update.id(), version, Map.of("name", name));
    }

    private Map<String, Object> patchReferral(String id, String version, Map<String, Object> patch) {
        return world.calls.write(world.portal, id, () -> {
            Map<String, Object> now = expected(world.portal, id, record ->
                    world.portal.version(record).equals(version));
            if (world.portal.isClosed(now)) {
                throw new Fault.Data(Portal.SYSTEM, Reason.all(Trouble.REFUSED,
                        List.of("The referral is closed, which is final")));
            }
            return world.portal.commit(id, record -> patch.forEach((path, value) -> Portal.put(record, path, value)));
        });
    }

    private Map<String, Object> expected(Model model, String id, Predicate<Map<String, Object>> unchanged) {
        Map<String, Object> now = model.get(id);
        if (now == null) {
            throw new Fault.VersionConflict(model.system, id + " is gone");
        }
        if (!world.mutation.ignoresVersions() && !unchanged.test(now)) {
            throw new Fault.VersionConflict(model.system, id + " has moved");
        }
        return now;
    }

    private Object createReferral(Scope scope) {
        Writes.NewReferral wanted = (Writes.NewReferral) scope.body;
        scope.variables.remove(OWN);
        if (!wanted.faults().isEmpty()) {
            throw new Fault.Data(Portal.SYSTEM, wanted.faults());
        }
        if (wanted.retry()) {
            List<Map<String, Object>> earlier = world.calls.read(world.portal, null,
                    () -> world.portal.found("externalReferenceId", wanted.crmId()));
            String made = CREATION.earlier(earlier, new NewDeal(wanted.crmId(), null, wanted.document(), true,
                    wanted.settled(), wanted.begun()));
            if (made != null) {
                Map<String, Object> open = world.portal.get(made);
                if (open == null) {
                    throw new Fault.Transient(Portal.SYSTEM, "The referral is listed and not shown");
                }
                scope.variables.put(OWN, open);
                return open;
            }
            if (!wanted.settled()) {
                throw new Fault.Transient(Portal.SYSTEM, "An earlier attempt is too recent");
            }
        }
        Supplier<Map<String, Object>> create = () -> {
            String id = world.portal.nextId();
            world.ledger.created(wanted.crm(), wanted.crmId(), Portal.SYSTEM, id);
            return world.portal.commit(id, record -> {
                record.putAll(world.portal.blank(id));
                wanted.document().forEach((name, value) -> merge(record, name, value));
            });
        };
        if (!confirm.test((Attempt) scope.variables.get("attempt"))) {
            throw new Fault.VersionConflict(Portal.SYSTEM, "Another attempt was begun");
        }
        Map<String, Object> made = world.calls.write(world.portal, null, create);
        scope.variables.put(OWN, made);
        return made;
    }

    private static void merge(Map<String, Object> record, String name, Object value) {
        if (value instanceof Map<?, ?> group) {
            group.forEach((inner, each) -> Portal.put(record, name + "." + inner, each));
        } else {
            record.put(name, value);
        }
    }

    /** Safe to repeat: who is there already is given back. */
    private Object createOpportunity(CrmModel crm, Writes.NewOpportunity wanted) {
        return world.calls.write(crm, null, () -> {
            List<Map<String, Object>> there = crm.with(crm.view.connectorFields().referralIdField(),
                    wanted.referralId());
            if (!there.isEmpty() && !world.mutation.createsTwice()) {
                return there.get(0);
            }
            String id = crm.nextId();
            world.ledger.created(Portal.SYSTEM, wanted.referralId(), crm.system, id);
            return crm.commit(id, record -> {
                record.putAll(crm.blank(id));
                record.putAll(wanted.fields());
            });
        });
    }

    private Object update(CrmModel crm, Writes.Update update, Writes.Outcome outcome) {
        String id = update.id();
        return world.calls.write(crm, id, () -> {
            Map<String, Object> now = expected(crm, id, record -> crm.looksUnchanged(record, update));
            if (crm.locks() && crm.isClosed(now)) {
                throw new Fault.Data(crm.system, Reason.all(Trouble.REFUSED,
                        List.of("The opportunity is closed and cannot be changed")));
            }
            if (!world.mutation.writes(update.patch().keySet(), crm.view.connectorFields().auditField())) {
                return now;
            }
            return crm.commit(id, record -> {
                record.putAll(update.patch());
                if (outcome != null) {
                    crm.status(record, outcome == Writes.Outcome.WON ? Model.Status.WON : Model.Status.LOST);
                }
            });
        });
    }
}
