package dev.cosell.sandbox.salesforce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The search resource. Every row is looked at; there is no index that lags behind, as there is on the real platform.
 */
final class SearchApi {
    private static final List<String> USUAL = List.of(Schema.ACCOUNT, Schema.CONTACT, Schema.OPPORTUNITY);

    private final Engine engine;

    SearchApi(Engine engine) {
        this.engine = engine;
    }

    ApiAnswer search(ApiCall call) {
        String text = call.query().get("q");
        if (text == null || text.isBlank()) {
            throw Refusal.bad("MALFORMED_SEARCH", "A search string has to be specified");
        }
        Sosl search = Sosl.parse(text);
        List<Pattern> words = search.words().stream().map(SearchApi::word).toList();
        List<Sosl.Returning> wanted = search.returning().isEmpty()
                ? USUAL.stream().map(name -> new Sosl.Returning(name, List.of("Id"), "")).toList() : search.returning();
        List<Object> found = new ArrayList<>();
        for (Sosl.Returning object : wanted) {
            Soql query = engine.binder().expanded(
                    SoqlParser.parse("SELECT " + String.join(",", object.fields()) + " FROM " + object.object()
                            + object.rest(), engine.clock()));
            ObjectType type = engine.binder().object(query.from());
            engine.runner().check(type, query.select());
            for (Row row : engine.runner().rows(query, false)) {
                if (found.size() < search.limit() && matches(row, type, search.scope(), words)) {
                    found.add(engine.runner().render(row, query.select(), call.version(), false));
                }
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("searchRecords", found);
        return ApiAnswer.ok(json);
    }

    private boolean matches(Row row, ObjectType type, String scope, List<Pattern> words) {
        String text = type.fields().stream()
                .filter(field -> inScope(field, scope) && engine.switches().visible(type, field))
                .map(field -> row.get(field.name())).filter(value -> value instanceof String).map(Object::toString)
                .collect(Collectors.joining("\n"));
        return words.stream().allMatch(word -> word.matcher(text).find());
    }

    private static boolean inScope(Field field, String scope) {
        return switch (scope) {
            case "NAME" -> field.name().endsWith("Name");
            case "EMAIL" -> field.type() == FieldType.EMAIL;
            case "PHONE" -> field.type() == FieldType.PHONE;
            default -> field.type().isText();
        };
    }

    private static Pattern word(String word) {
        boolean open = word.endsWith("*");
        String plain = Pattern.quote(open ? word.substring(0, word.length() - 1) : word);
        return Pattern.compile("(?<![\\p{L}\\p{N}])" + plain + (open ? "" : "(?![\\p{L}\\p{N}])"),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
