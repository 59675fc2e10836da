package dev.cosell.check.machine;

import dev.cosell.check.Check;
import dev.cosell.check.Finding;
import dev.cosell.state.DatabaseLook;
import java.util.List;
import java.util.function.Supplier;

/** Whether the database of the state can be reached. An H2 file that a running application holds is all right. */
public final class DatabaseCheck implements Check {
    private final Supplier<DatabaseLook> look;

    public DatabaseCheck(Supplier<DatabaseLook> look) {
        this.look = look;
    }

    @Override
    public String where() {
        return "machine";
    }

    @Override
    public String what() {
        return "database";
    }

    @Override
    public List<Finding> look() {
        DatabaseLook found = look.get();
        return List.of(switch (found.outcome()) {
            case REACHABLE -> Finding.ok(where(), what(), found.address() + " can be reached");
            case IN_USE -> Finding.ok(where(), what(), found.address() + " is in use by a running application");
            case NOT_MADE_YET -> Finding.ok(where(), what(), found.address() + " will be made at the first start");
        case UNREACHABLE -> Finding.fault(where(), what(), found.address() + " cannot be reached: " + found.reason(),
                "Check state.url, state.user and state.password, and that the database is running");
        });
    }
}
