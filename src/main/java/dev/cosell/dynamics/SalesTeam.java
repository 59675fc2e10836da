package dev.cosell.dynamics;

import dev.cosell.http.Answer;
import dev.cosell.http.Request;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The users who work on an opportunity beside its owner: in Dynamics 365 they are its connections. */
public final class SalesTeam {
    private static final String USER = "record2id_systemuser";

    private final Supplier<Set<String>> userColumns;

    /** @param userColumns gives the columns of a user that the mapping names; asked for each read */
    public SalesTeam(Supplier<Set<String>> userColumns) {
        this.userColumns = userColumns;
    }

    /** @param opportunity its id */
    public Request query(@Body String opportunity) {
        return new Request("GET",
                "/connections?$select=connectionid&$filter=" + OData.encoded("_record1id_value eq " + opportunity)
                        + "&$orderby=createdon&$expand=" + USER + "($select=" + Users.columns(userColumns.get()) + ")",
                Map.of(), null);
    }

    /** Connections to somebody else than a person who works here as a user are left out. */
    public List<Map<String, Object>> people(@Variable(Reads.ANSWER) Answer answer) {
        return Refusals.rows(answer, "sales team of an opportunity").stream()
                .map(row -> Records.columns(row.get(USER))).filter(Objects::nonNull)
                .filter(user -> Users.noPerson(user) == null).toList();
    }

    public List<Map<String, Object>> nobody() {
        return List.of();
    }
}
