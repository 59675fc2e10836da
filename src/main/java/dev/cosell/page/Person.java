package dev.cosell.page;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;

/**
 * Who asks.
 *
 * @param name    for the audit
 * @param session whether it is a session, which they can end
 */
public record Person(String name, Role role, boolean session) {
    private static final String NAME = "username";
    private static final String ROLE = "role";
    private static final String SESSION = "session";

    Person(String name, Role role) {
        this(name, role, false);
    }

    /** What somebody may do. */
    public enum Role {
        /** See everything and ask everything. */
        VIEWER,
        /** The same, and act. */
        OPERATOR
    }

    /** As Vert.x carries a person from the door to whoever answers. */
    User user() {
        return User.create(new JsonObject().put(NAME, name).put(ROLE, role.name()).put(SESSION, session));
    }

    static Person of(User user) {
        return new Person(user.principal().getString(NAME), Role.valueOf(user.principal().getString(ROLE)),
                user.principal().getBoolean(SESSION, false));
    }

    boolean mayAct() {
        return role == Role.OPERATOR;
    }
}
