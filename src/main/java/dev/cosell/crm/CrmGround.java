package dev.cosell.crm;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.connection.Turn;
import dev.cosell.live.LiveMappings;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.verbs.PartRows;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * The parts of the application that the beans of a CRM stand on.
 *
 * @param json   numbers are read without loss
 * @param linked whether an opportunity, by CRM and id, is joined with a referral
 * @param turns  what one instance does at a time, by a name that begins with the CRM's
 */
public record CrmGround(ObjectMapper json, LiveMappings mappings, PartRows rows, Watermarks watermarks, BiPredicate<String, String> linked,
                        Function<String, Turn> turns) {}
