package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a query with {@code columns=true} answers in place of rows: which columns it has. The Salesforce CLI asks so for
 * each query.
 */
final class QueryColumns {
    private final SoqlBinder binder;

    QueryColumns(SoqlBinder binder) {
        this.binder = binder;
    }

    Map<String, Object> of(Soql query, Schema schema) {
        ObjectType type = binder.object(query.from());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("columnMetadata", query.count() ? List.of() : columns(query, type, schema));
        json.put("entityName", type.name);
        json.put("groupBy", false);
        json.put("idSelected", query.select().stream().anyMatch(item -> item.toString().equalsIgnoreCase("Id")));
        json.put("keyPrefix", type.prefix);
        return json;
    }

    private List<Object> columns(Soql query, ObjectType type, Schema schema) {
        List<Object> columns = new ArrayList<>();
        for (Soql.Item item : query.select()) {
            if (item instanceof Soql.Path path) {
                SoqlBinder.Column column = binder.column(type, path);
                Map<String, Object> json = field(column.field());
                for (int i = column.hops().size() - 1; i >= 0; i--) {
                    json = column(column.hops().get(i).relationship(), false, List.of(json));
                }
                columns.add(json);
            } else if (item instanceof Soql.Children children) {
                ObjectType.Children relation = type.childrenBy(children.query().from());
                columns.add(column(relation.relationship(), true,
                        columns(children.query(), schema.find(relation.child()), schema)));
            }
        }
        return columns;
    }

    private static Map<String, Object> field(Field field) {
        Map<String, Object> json = column(field.name(), false, List.of());
        json.put("apexType", field.type().isId() ? "Id" : field.type().isText() ? "String" : field.type().wireName);
        json.put("booleanType", field.type() == FieldType.BOOLEAN);
        json.put("custom", field.custom());
        json.put("insertable", field.is(Field.Trait.CREATEABLE));
        json.put("numberType", field.type().isDecimal() || field.type() == FieldType.INT);
        json.put("textType", field.type().isText());
        json.put("updatable", field.is(Field.Trait.UPDATEABLE));
        return json;
    }

    private static Map<String, Object> column(String name, boolean rows, List<?> joined) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("aggregate", rows);
        json.put("columnName", name);
        json.put("displayName", name);
        json.put("foreignKeyName", null);
        json.put("joinColumns", joined);
        return json;
    }
}
