package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads of the metadata: tables, their columns, alternate keys and relationships. Metadata is never paged. */
final class EntityDefinitions {
    /** Only seen by their own type, behind a cast segment. */
    private static final Set<String> OF_TYPES = Set.of("MaxLength", "FormatName", "Format", "Precision",
            "PrecisionSource", "MinValue", "MaxValue",
            "Targets", "DateTimeBehavior", "DefaultValue", "OptionSet", "GlobalOptionSet");

    private final Schema schema;
    private final Definitions definitions;

    EntityDefinitions(Schema schema, Definitions definitions) {
        this.schema = schema;
        this.definitions = definitions;
    }

    static boolean meant(String segment) {
        return segment.matches("(EntityDefinitions|RelationshipDefinitions|GlobalOptionSetDefinitions)(\\(.*\\))?");
    }

    /** @param path segments after the base path, the first of them {@link #meant} */
    Answer read(Call call, List<String> path) {
        String first = path.get(0);
        if (first.startsWith("RelationshipDefinitions")) {
            return members(call, path, "", "RelationshipDefinitions", definitions.relationships());
        }
        if (first.startsWith("GlobalOptionSetDefinitions")) {
            return members(call, path, "", "GlobalOptionSetDefinitions", List.of());
        }
        if (first.equals("EntityDefinitions")) {
            return many(call, "EntityDefinitions", definitions.tables());
        }
        Table table = tableOf(first);
        if (path.size() == 1) {
            return one(call, "EntityDefinitions", definitions.table(table));
        }
        String part = path.get(1);
        List<String> rest = path.subList(1, path.size());
        if (part.startsWith("Attributes")) {
            if (path.stream().noneMatch(each -> each.startsWith(Definitions.TYPES))) {
                refuseOfTypes(call);
            }
            return members(call, rest, of(table) + "/", "Attributes", definitions.columns(table));
        }
        if (part.startsWith("Keys")) {
            return members(call, rest, of(table) + "/", "Keys", definitions.keys(table));
        }
        Definition whole = definitions.table(table);
        if (part.endsWith("ToManyRelationships") || part.endsWith("ToOneRelationships")) {
            List<?> related = (List<?>) whole.related().getOrDefault(part, List.of());
            return many(call, of(table) + "/" + part, related.stream().map(Definition.class::cast).toList());
        }
        throw Refusal.noSegment(part);
    }

    Table tableOf(String segment) {
        return schema.tables().stream()
                .filter(table -> segment.equals("EntityDefinitions(LogicalName='" + table.name() + "')")
                        || segment.equals("EntityDefinitions(" + Definitions.id(table.name()) + ")"))
                .findFirst()
                .orElseThrow(() -> missing("entity", segment));
    }

    private static String of(Table table) {
        return "EntityDefinitions('" + table.name() + "')";
    }

    private static Refusal missing(String what, String segment) {
        return new Refusal(404, "0x80060888", "Could not find an " + what + " for '" + segment + "'.");
    }

    private static void refuseOfTypes(Call call) {
        for (String option : List.of("$select", "$expand")) {
            for (String name : Tokens.split(call.query().getOrDefault(option, ""), ',')) {
                String bare = name.replaceAll("\\(.*", "");
                if (OF_TYPES.contains(bare)) {
                    throw Refusal.badUrl("Could not find a property named '" + bare
                            + "' on type 'Microsoft.Dynamics.CRM.AttributeMetadata'.");
                }
            }
        }
    }

    /** All of a set, those of one type, or one by its key, with or without the cast to its type. */
    private static Answer members(Call call, List<String> path, String before, String set, List<Definition> all) {
        String first = path.get(0);
        String type = path.size() > 1 && path.get(1).startsWith(Definitions.TYPES) ? path.get(1) : null;
        List<Definition> fitting = type == null ? all : all.stream().filter(each -> each.isOf(type)).toList();
        String context = before + set + (type == null ? "" : "/" + type);
        if (first.equals(set)) {
            return many(call, context, fitting);
        }
        Definition found = fitting.stream().filter(each -> each.addressed(first, set)).findFirst().orElseThrow(() ->
                missing(set.equals("Attributes") ? "attribute" : "item", first));
        String last = path.get(path.size() - 1);
        return path.size() > 1 && found.related().get(last) instanceof Definition related
                ? one(call, context + "/" + last, related) : one(call, context, found);
    }

    private static Answer one(Call call, String context, Definition definition) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.context", Links.root(call) + "$metadata#" + context + "/$entity");
        json.putAll(definition.json(call.query()));
        return Answer.json(200, json);
    }

    private static Answer many(Call call, String context, List<Definition> all) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("@odata.context", Links.root(call) + "$metadata#" + context);
        json.put("value",
                Definition.filtered(all, call.query()).stream().map(each -> each.json(call.query())).toList());
        return Answer.json(200, json);
    }
}
