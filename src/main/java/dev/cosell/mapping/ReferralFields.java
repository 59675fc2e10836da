package dev.cosell.mapping;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a referral that a table may write. The sync itself fills the others: ids, links, team, type and target.
 */
final class ReferralFields {
    /** Writable at creation and afterwards. */
    private static final Set<String> CHANGEABLE = Set.of(
            "name", "status", "substatus", "statusReason", "campaignId", "referralProgram", "salesStage",
            "consent.consentToShareReferralWithMicrosoftSellers",
            "details.notes", "details.dealValue", "details.currency", "details.closingDateTime",
            "details.requirements.solutions",
            "inviteContext.assistanceRequestCode", "inviteContext.notes");
    /** Writable at creation only. */
    private static final Set<String> FIXED = Set.of(
            "mpnId", "qualification", "favorite",
            "consent.consentToToShareInfoWithOthers", "consent.consentToContact",
            "consent.consentToMicrosoftToContactSpecificPartners",
            "details.customerRequestedContact", "details.customerAction", "details.incentiveLevel",
            "details.requirements.industries", "details.requirements.products", "details.requirements.services",
            "details.requirements.additionalRequirements.attributes",
            "details.requirements.additionalRequirements.attributes.CustomerMarketplaceIntent",
            "details.requirements.additionalRequirements.attributes.PartnerRole",
            "details.requirements.additionalRequirements.attributes.SolutionArea",
            "details.requirements.additionalRequirements.attributes.SolutionPlay");
    private static final Set<String> CUSTOMER = Set.of(
            "name", "size", "ids", "address.addressLine1", "address.addressLine2", "address.city", "address.state",
            "address.postalCode", "address.country", "address.region");
    private static final Set<String> CONTACT = Set.of(
            "firstName", "lastName", "email", "phoneNumber", "title", "contactPreference.locale",
            "contactPreference.disableNotifications");
    private static final Map<String, ReferralFields> GROUPS = Map.of(
            "", new ReferralFields(CHANGEABLE, FIXED),
            "customerProfile", new ReferralFields(Set.of(), CUSTOMER),
            "customerProfile.team", new ReferralFields(Set.of(), CONTACT),
            "team", new ReferralFields(Set.of(), CONTACT));

    private final Set<String> changeable;
    private final Set<String> writable;

    private ReferralFields(Set<String> changeable, Set<String> fixed) {
        this.changeable = changeable;
        this.writable = new LinkedHashSet<>(changeable);
        writable.addAll(fixed);
    }

    /** @throws MappingFault when there is no such group */
    static ReferralFields within(String group) {
        ReferralFields fields = GROUPS.get(group);
        if (fields == null) {
            throw new MappingFault("within is \"" + group + "\", and no table can be about that"
                    + NearestWord.hint(group, Set.of("customerProfile", "customerProfile.team", "team")));
        }
        return fields;
    }

    Set<String> writable() {
        return writable;
    }

    /** @throws MappingFault when a table may not write the field in that way */
    void check(String path, Row.Travel toReferral) {
        if (!toReferral.create() && !toReferral.update()) {
            return;
        }
        if (!writable.contains(path)) {
            throw new MappingFault(
                    "the Partner Center field \"" + path + "\" is unknown or cannot be written by a table"
                            + NearestWord.hint(path, writable));
        }
        if (toReferral.update() && !changeable.contains(path)) {
            throw new MappingFault(
                    "Partner Center takes \"" + path + "\" at creation only: write create instead of update");
        }
    }
}
