package dev.cosell.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusMachineTest {
    private final StatusMachine machine = new StatusMachine();

    @ParameterizedTest(name = "{0}/{1} to {2}/{3}: {4}")
    @CsvSource(nullValues = "-", textBlock = """
            New,    Pending,  New,       Received, New/Received
            New,    Pending,  Active,    Accepted, Active/Accepted
            New,    Received, Active,    -,        Active/Accepted
            New,    Pending,  Closed,    Declined, Closed/Declined
            New,    Pending,  Closed,    Lost,     Closed/Declined
            New,    Pending,  Closed,    Won,      accept first Closed/Won
            New,    Pending,  Closed,    Expired,  refused
            New,    Pending,  New,       Pending,  nothing
            Active, Accepted, Active,    Accepted, nothing
            Active, Accepted, Closed,    Won,      Closed/Won
            active, accepted, closed,    won,      Closed/Won
            Active, Accepted, Closed,    Lost,     Closed/Lost
            Active, Accepted, Closed,    Declined, Closed/Lost
            Active, Accepted, Closed,    Error,    Closed/Error
            Active, Accepted, Closed,    -,        nothing
            Active, Accepted, New,       Pending,  refused
            Active, Engaged,  Active,    Engaged,  nothing
            Active, Accepted, Suspended, Waiting,  nothing
            Paused, Accepted, Closed,    Won,      nothing
            Closed, Won,      Closed,    Won,      nothing
            Closed, Won,      Closed,    Lost,     refused
            Closed, Expired,  Active,    Accepted, refused
            -,      -,        Closed,    Won,      nothing
            """)
    void plansEachMove(String fromStatus, String fromSubstatus, String toStatus, String toSubstatus, String expected) {
        StatusMachine.Move move = machine.plan(fromStatus, fromSubstatus, toStatus, toSubstatus);
        assertThat(shown(move)).isEqualTo(expected);
    }

    private static String shown(StatusMachine.Move move) {
        if (!move.allowed()) {
            return "refused";
        }
        return !move.moves() ? "nothing"
                : (move.acceptFirst() ? "accept first " : "") + move.status() + "/" + move.substatus();
    }
}
