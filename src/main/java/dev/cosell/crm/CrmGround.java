package dev.cosell.crm;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.live.LiveMappings;
import dev.cosell.sync.books.Watermarks;
import dev.cosell.verbs.PartRows;
import java.util.function.BiPredicate;

/**
 * The parts of the application that the beans of a CRM stand on.
 *
 * @param json   numbers are read without loss
 * @param linked whether an opportunity, by CRM and id, is joined with a referral
 */
public record CrmGround(ObjectMapper json, LiveMappings mappings, PartRows rows, Watermarks watermarks, BiPredicate<String, String> linked) {}
