package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents of referrals as they stand right after creation. */
final class SampleDeals {
    static final String ORGANIZATION = "7d23c0de-0000-4000-8000-00000000c05e";
    private static final String CUSTOMER = """
            {"name": "Fabrikam Shipping %1$d", "type": "Independent", "qualification": "SalesQualified", "externalReferenceId": null,
             "mpnId": "1234567", "statusReason": null, "salesStage": "20", "campaignId": null,
             "target": [{"type": "SolutionProfile", "id": "SOL-20011-KLM"}],
             "customerProfile": {"name": "Fabrikam Shipping %1$d Ltd", "size": "251to1000employees",
               "address": {"addressLine1": "%1$d Harbour Street", "addressLine2": null, "city": "Leith", "state": "Scotland",
                 "postalCode": "EH6 6JH", "country": "GB", "region": null},
               "team": [{"firstName": "Moira", "lastName": "Kerr", "email": "moira.kerr%1$d@fabrikam.example", "phoneNumber": "+44 131 4960000",
                 "title": "Head of IT", "contactPreference": {"locale": "en-gb", "disableNotifications": true}}],
               "ids": []},
             "consent": {"consentToToShareInfoWithOthers": true, "consentToContact": true,
               "consentToMicrosoftToContactSpecificPartners": true, "consentToShareReferralWithMicrosoftSellers": true},
             "details": {"notes": "Wants to see a pilot first.", "dealValue": 50000.00, "currency": "GBP", "closingDateTime": "%2$sT00:00:00Z",
               "customerRequestedContact": false, "customerAction": null,
               "requirements": {"industries": [{"id": "Travel & Transportation"}], "products": [{"id": "Azure"}], "services": [],
                 "solutions": [{"type": "Name", "id": "SOL-20011-KLM", "name": "Crane Insight", "publisherName": "Tidewater Software",
                   "solutionType": "3P"}],
                 "offers": [], "additionalRequirements": {"iot": {},
                   "attributes": [{"type": "CustomerMarketplaceIntent", "id": "HaveNotDecided"}]}}},
             "team": [{"firstName": "Ana", "lastName": "Reyes", "email": "ana.reyes@tidewater.example", "phoneNumber": "+1 555 0100",
               "contactPreference": {"locale": "en-us", "disableNotifications": false}}],
             "inviteContext": {"notes": null, "assistanceRequestCode": null, "invitedBy": {"organizationId": null, "organizationName": null}}}
            """;

    private SampleDeals() {}

    /** What a partner's seller types into the portal, with these values in place of the usual ones. */
    static Map<String, Object> typed(int number, Instant now, Map<String, Object> wanted) {
        String closing = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(120).toString();
        Map<String, Object> deal = Json
                .object(String.format(CUSTOMER, number, closing).getBytes(StandardCharsets.UTF_8));
        Trees.merge(deal, wanted);
        return deal;
    }

    /** A referral of the partner's organisation. */
    static Map<String, Object> owned(Map<String, Object> document, String direction, String status, String substatus) {
        document.put("organizationId", ORGANIZATION);
        document.put("organizationName", "Tidewater Software");
        return stored(document, direction, status, substatus);
    }

    /** The referral of Microsoft's organisation, which waits for an answer. */
    static Map<String, Object> microsofts(Map<String, Object> document) {
        document.put("organizationId", Referral.MICROSOFT);
        document.put("organizationName", "Microsoft");
        document.put("type", "Shared");
        document.put("team", List.of());
        return stored(document, "Outgoing", "New", "Pending");
    }

    /** The referral of another partner who works on the deal of this one. */
    static Map<String, Object> anotherPartners(Map<String, Object> own, Map<String, Object> wanted) {
        Map<String, Object> document = Json.copy(own);
        document.remove("externalReferenceId");
        owned(document, "Incoming", "New", "Pending");
        document.put("organizationId", "0a0b0c0d-0000-4000-8000-00000000fa57");
        document.put("organizationName", "Fast Lane Partners");
        Trees.merge(document, wanted);
        return document;
    }

    /** A deal that a Microsoft seller sends to the partner. */
    static Map<String, Object> inbound(Map<String, Object> deal, Map<String, Object> wanted) {
        deal.put("type", "Shared");
        Trees.put(deal, "inviteContext/invitedBy",
                new LinkedHashMap<>(Map.of("organizationId", Referral.MICROSOFT, "organizationName", "Microsoft")));
        Trees.merge(deal, wanted);
        return owned(deal, "Incoming", "New", "Pending");
    }

    /** A customer's inquiry through the commercial marketplace: no deal yet, so neither value nor closing date. */
    static Map<String, Object> lead(Map<String, Object> deal, Map<String, Object> wanted) {
        deal.put("type", "Independent");
        deal.put("qualification", "Direct");
        deal.put("referralSource", "AzureMarketplace");
        deal.put("callToAction", "ContactMe");
        deal.put("offerId", "tidewater.crane-insight");
        Trees.put(deal, "details/dealValue", null);
        Trees.put(deal, "details/closingDateTime", null);
        Trees.put(deal, "details/notes", "Please call me about a pilot.");
        Trees.put(deal, "details/customerRequestedContact", true);
        Trees.put(deal, "inviteContext/invitedBy",
                new LinkedHashMap<>(Map.of("organizationId", Referral.MICROSOFT, "organizationName", "Microsoft")));
        deal.put("team", new ArrayList<>());
        Trees.merge(deal, wanted);
        return owned(deal, "Incoming", "New", "Received");
    }

    private static Map<String, Object> stored(Map<String, Object> document, String direction, String status,
            String substatus) {
        document.put("direction", direction);
        document.put("status", status);
        document.put("substatus", substatus);
        document.putIfAbsent("statusReason", null);
        document.putIfAbsent("externalReferenceId", null);
        document.put("createdVia", "API");
        document.put("lastModifiedVia", "API");
        document.put("registrationStatus", "None");
        document.put("dealSensitivity", "None");
        document.put("isSpam", false);
        document.put("favorite", false);
        document.put("acceptedDateTime", null);
        document.put("closedDateTime", null);
        document.put("trackingInfo", new LinkedHashMap<>());
        document.put("registrations", new ArrayList<>());
        // Nothing in the documentation knows this one: clients must carry on with what the service adds without notice.
        document.put("insights", new LinkedHashMap<>(Map.of("scoreBand", "Tentative")));
        return document;
    }
}
