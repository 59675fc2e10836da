package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Call;
import java.util.Objects;
import java.util.UUID;

/** As which user a call acts: the application user, or the user it impersonates. */
final class Callers {
    private final Store store;
    private final Settings settings;

    Callers(Store store, Settings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** The {@code systemuser} that the call's writes are made by; refuses a call that no user stands behind. */
    UUID actor(Call call) {
        if (settings.withoutApplicationUser()) {
            throw noMember();
        }
        String object = call.header("CallerObjectId");
        String user = call.header("MSCRMCallerID");
        if (object == null && user == null) {
            return Seed.APPLICATION;
        }
        return store.rows("systemuser").all().stream()
                .filter(row -> object != null ? Objects.toString(row.get("azureactivedirectoryobjectid"), "").equalsIgnoreCase(object)
                        : row.id().toString().equalsIgnoreCase(user))
                .map(Row::id).findFirst().orElseThrow(Callers::noMember);
    }

    private static Refusal noMember() {
        return new Refusal(403, "0x80072560", "The user is not a member of the organization.");
    }
}
