package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Call;
import java.util.Objects;
import java.util.UUID;

/** As which user a call acts: the one it comes from, which is the application user, or the user it impersonates. */
final class Callers {
    private final Store store;
    private final Settings settings;
    private UUID caller = Seed.APPLICATION;

    Callers(Store store, Settings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** The user that the calls come from. */
    UUID caller() {
        return caller;
    }

    /** From now on calls come from another user. */
    void comeFrom(UUID user) {
        caller = user;
    }

    /** The {@code systemuser} that the call's writes are made by; refuses a call that no user stands behind. */
    UUID actor(Call call) {
        if (settings.withoutApplicationUser() && caller.equals(Seed.APPLICATION)) {
            throw noMember();
        }
        String object = call.header("CallerObjectId");
        String user = call.header("MSCRMCallerID");
        if (object == null && user == null) {
            return caller;
        }
        Row found = store.rows("systemuser").all().stream()
                .filter(row -> object != null
                        ? Objects.toString(row.get("azureactivedirectoryobjectid"), "").equalsIgnoreCase(object)
                        : row.id().toString().equalsIgnoreCase(user))
                .findFirst().orElseThrow(Callers::noMember);
        if (Boolean.TRUE.equals(found.get("isdisabled"))) {
            throw new Refusal(403, "0x80040225",
                    "The specified user(Id = " + found.id() + ") is disabled. Consider enabling this user.");
        }
        return found.id();
    }

    /** Refuses to tell what changed in a table of which the application user may read no more than its own rows. */
    void requireReadOfAll(Table table) {
        if (caller.equals(Seed.APPLICATION) && settings.ownRowsOnly(table)) {
            throw new Refusal(403, "0x80040220", "Principal user (Id=" + caller + ", type=8, roleCount=1, "
                    + "privilegeCount=100) is missing prvRead" + table.name() + " privilege on entity '" + table.name()
                    + "'.");
        }
    }

    private static Refusal noMember() {
        return new Refusal(403, "0x80072560", "The user is not a member of the organization.");
    }
}
