package dev.cosell.crm;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.connection.Turn;
import dev.cosell.live.LiveMappings;
import dev.cosell.sync.books.CallCounts;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.verbs.JoinedRecords;
import dev.cosell.verbs.PartRows;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * The parts of the application that the beans of a CRM stand on.
 *
 * @param json   numbers are read without loss
 * @param shared what all instances have to keep to together
 * @param joined which opportunities are joined with referrals
 */
public record CrmGround(ObjectMapper json, LiveMappings mappings, PartRows rows, Watermarks watermarks, Shared shared,
        JoinedRecords joined) {

    /**
     * What all instances have to keep to together.
     *
     * @param calls     counts calls where a system allows so many a day
     * @param instances how many instances are live, this one included; what a system allows at a time is divided by it
     * @param turns     what one instance does at a time, by a name that begins with the CRM's
     */
    public record Shared(CallCounts calls, IntSupplier instances, Function<String, Turn> turns) {}
}
