package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.util.List;
import java.util.UUID;

/** Which call is meant by an address with more segments after that of a row. */
final class RowParts {
    private final Store store;
    private final Properties properties;
    private final Associations associations;

    RowParts(Store store, Properties properties, Associations associations) {
        this.store = store;
        this.properties = properties;
        this.associations = associations;
    }

    /**
     * @param path  the row's segment, the part's segment and, for some, {@code $ref}, {@code $value} or {@code $count}
     * @param actor the user that writes
     */
    Answer answer(Call call, List<String> path, UUID actor) {
        Address address = Address.parse(store, path.get(0));
        String part = path.get(1);
        String last = path.size() > 2 ? path.get(2) : "";
        int open = part.indexOf('(');
        String navigation = open < 0 ? part : part.substring(0, open);
        String child = open < 0 ? null : part.substring(open + 1, part.length() - 1);
        boolean related = address.table().lookup(navigation) != null
                || address.table().collections().containsKey(navigation);
        if (last.equals("$ref") && related) {
            return reference(call, address, navigation, child, actor);
        }
        Column column = address.table().property(part);
        if (column == null && related && child == null && call.method().equals("GET")) {
            return last.equals("$count") ? associations.count(call, address, part)
                    : associations.get(call, address, part, false);
        }
        if (column == null || !last.isEmpty() && !last.equals("$value")) {
            throw Refusal.noSegment(column == null ? part : last);
        }
        return switch (call.method()) {
            case "GET" -> last.isEmpty() ? properties.get(call, address, column) : properties.raw(address, column);
            case "PUT" -> properties.put(call, address, column, actor);
            case "DELETE" -> properties.delete(call, address, column, actor);
            default -> WebApi.wrongMethod(call);
        };
    }

    private Answer reference(Call call, Address address, String navigation, String child, UUID actor) {
        boolean many = address.table().collections().containsKey(navigation);
        return switch (call.method() + (many ? " many" : " one")) {
            case "GET one", "GET many" -> associations.get(call, address, navigation, true);
            case "PUT one", "POST many" -> associations.associate(call, address, navigation, actor);
            case "DELETE one", "DELETE many" -> associations.disassociate(call, address, navigation, child, actor);
            default -> WebApi.wrongMethod(call);
        };
    }
}
