package dev.cosell.sandbox.partnercenter;

import java.util.List;
import java.util.Map;

/** What a referral must hold to be created. The service names the first fault only. */
final class RequiredFields {
    private static final List<String> NOT_BLANK = List.of("name", "type", "qualification", "customerProfile/name",
            "customerProfile/address/addressLine1", "customerProfile/address/city", "customerProfile/address/country",
            "consent", "details/dealValue", "details/currency", "details/closingDateTime");
    private static final List<String> MEMBER = List.of("firstName", "lastName", "phoneNumber", "email");

    private RequiredFields() {}

    /** @param services ids of services solutions, separated by commas */
    static void check(Map<String, Object> referral, boolean help, String services) {
        for (String path : NOT_BLANK) {
            require(!Trees.blank(referral, path), path, "The field " + path + " is required.");
        }
        require(Trees.text(referral, "customerProfile/address/country").matches("[A-Z]{2}"), "country",
                "The country must be a two-letter code.");
        require(isTrue(referral, "consent/consentToToShareInfoWithOthers")
                && isTrue(referral, "consent/consentToContact"),
                "consent", "Consent to share contact information is required.");
        require(!Trees.list(referral, "details/requirements/solutions").isEmpty(), "solutions",
                "Solution ID is required.");
        FieldValues.check("details/requirements/solutions", Trees.get(referral, "details/requirements/solutions"));
        FieldValues.check("details/dealValue", Trees.get(referral, "details/dealValue"));
        FieldValues.check("details/currency", Trees.get(referral, "details/currency"));
        FieldValues.check("details/closingDateTime", Trees.get(referral, "details/closingDateTime"));
        require(Trees.list(referral, "details/requirements/additionalRequirements/attributes").stream()
                .anyMatch(a -> "CustomerMarketplaceIntent".equals(Trees.get(a, "type")) && !Trees.blank(a, "id")),
                "attributes", "The attribute CustomerMarketplaceIntent is required.");
        members(referral, "team");
        if (help) {
            members(referral, "customerProfile/team");
            services(referral, List.of(services.split(",")));
            require(isTrue(referral, "consent/consentToShareReferralWithMicrosoftSellers"), "consent",
                    "A deal with help from Microsoft must be shared with Microsoft sellers.");
        }
    }

    private static void services(Map<String, Object> referral, List<String> services) {
        boolean needed = Trees.list(referral, "details/requirements/solutions").stream()
                .anyMatch(s -> services.contains(Trees.text(s, "id")));
        for (String type : needed ? List.of("PartnerRole", "SolutionArea", "SolutionPlay") : List.<String>of()) {
            require(Trees.list(referral, "details/requirements/additionalRequirements/attributes").stream()
                    .anyMatch(a -> type.equals(Trees.get(a, "type")) && !Trees.blank(a, "id")), "attributes",
                    "The attribute " + type + " is required.");
        }
    }

    private static void members(Map<String, Object> referral, String path) {
        List<?> members = Trees.list(referral, path);
        require(!members.isEmpty() && members.size() <= 50, path,
                "Between 1 and 50 members are required in " + path + ".");
        for (String field : MEMBER) {
            require(!Trees.blank(members.get(0), field), path, "The field " + field + " is required in " + path + ".");
        }
    }

    private static boolean isTrue(Map<String, Object> referral, String path) {
        return Boolean.TRUE.equals(Trees.get(referral, path));
    }

    private static void require(boolean met, String target, String message) {
        if (!met) {
            throw ServiceError.invalid(target, message);
        }
    }
}
