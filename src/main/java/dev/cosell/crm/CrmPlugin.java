package dev.cosell.crm;

import dev.cosell.connection.Connections;
import dev.cosell.mapping.CrmMapping;
import dev.cosell.mapping.PartyRules;
import dev.cosell.mapping.Years;
import dev.cosell.settings.CrmSettings;
import dev.cosell.settings.Settings;
import dev.cosell.setup.CrmSetUp;
import dev.cosell.verbs.Cause;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * All that this product knows of one CRM beside its routes and its mapping. What a CRM differs in is asked here; no
 * other class names one. It keeps nothing: what runs is made by {@link #beans}.
 */
public interface CrmPlugin extends CrmSettings {
    /** How the CRM's accounts and contacts are found. */
    PartyRules partyRules(Settings settings);

    /** The years whose dates it holds; others are left out. */
    Years years();

    /** An address of it that answers without a sign-in; its clock is compared with ours. */
    URI address(Settings settings);

    /** The one address of a system that answers at several; any other address stays as it is. */
    default String oneName(String address) {
        return address;
    }

    /**
     * Where people see a record in their browser.
     *
     * @param lead whether it is a lead and no opportunity
     * @return empty when the settings do not tell
     */
    default String pageOf(Settings settings, String id, boolean lead) {
        return "";
    }

    /** The beans of its routes, for one application or one check. */
    CrmBeans beans(Settings settings, Clock clock, Connections connections);

    /**
     * Signs in to make what the sync needs there. To be closed.
     *
     * @param leads whether leads are synced, too
     * @throws dev.cosell.verbs.Fault when the CRM cannot be asked at all
     */
    CrmSetUp setUp(Settings settings, CrmMapping mapping, boolean leads);

    /** The id of the organisation that is meant, as a person has set it; empty for the one that was met first. */
    default String organizationId(Settings settings) {
        return "";
    }

    /**
     * Reads the id of an organisation in any usual spelling.
     *
     * @return as the CRM itself tells it; null when the text is no such id
     */
    default String readOrganizationId(String text) {
        return text;
    }

    /** What will end the connection soon unless somebody does something; a sentence each. */
    default List<String> warnings(Settings settings, LocalDate today) {
        return List.of();
    }

    /** What it refuses records for. */
    default List<Cause> causes() {
        return List.of();
    }

    /** What a newcomer may try at the stand-in server; empty when there is none. */
    default Optional<Trial> trial() {
        return Optional.empty();
    }

    /**
     * Something to try, shown after a start in sandbox mode.
     *
     * @param does    what it does, as the end of a numbered line
     * @param options of curl
     * @param path    on the stand-in server
     */
    record Trial(String does, String options, String path) {}
}
