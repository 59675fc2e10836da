package dev.cosell.partnercenter;

import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Reason;
import dev.cosell.verbs.Writes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns what the mapping knows of an opportunity into the whole document that creates a deal of the right type. */
public final class DealCompletion {
    private static final String COUNTRY = "customerProfile.address.country";
    static final String SOLUTIONS = "details.requirements.solutions";
    static final String ATTRIBUTES = "details.requirements.additionalRequirements.attributes";
    static final String NOTES = "inviteContext.notes";
    static final String MAY_SHARE = "consent.consentToToShareInfoWithOthers";
    static final String MAY_CONTACT = "consent.consentToContact";
    static final String QUALIFICATION = "qualification";
    private static final List<String> CONSENTS = List.of(MAY_SHARE, MAY_CONTACT,
            "consent.consentToMicrosoftToContactSpecificPartners");
    private static final String INTENT = "CustomerMarketplaceIntent";

    private final DealDefaults defaults;

    public DealCompletion(DealDefaults defaults) {
        this.defaults = defaults;
    }

    /** Throws {@link Fault.Data} with every broken rule. */
    public NewDeal complete(Writes.NewReferral wanted) {
        Map<String, Object> document = completed(wanted.document());
        List<Reason> faults = new ArrayList<>(wanted.faults());
        faults.addAll(broken(document, wanted.sources(), false));
        if (!faults.isEmpty()) {
            throw new Fault.Data(ReferralView.SYSTEM, faults);
        }
        document.put("externalReferenceId", wanted.crmId());
        return new NewDeal(wanted.crmId(), DealType.of(document), document, wanted.retry(), wanted.settled(),
                wanted.begun());
    }

    /** What is missing or wrong in a mapped document; calls nobody. */
    public List<Reason> faults(Map<String, Object> document) {
        return broken(completed(document), Writes.Sources.UNKNOWN, false);
    }

    private List<Reason> broken(Map<String, Object> document, Writes.Sources sources, boolean exists) {
        List<Reason> faults = new ArrayList<>(DealRules.faults(document, sources, exists));
        faults.addAll(defaults.services().faults(document));
        return faults;
    }

    /** What is missing or wrong in an existing deal that is to be shared with Microsoft. */
    List<Reason> invitationFaults(Map<String, Object> deal, Writes.Sources sources) {
        return broken(invited(deal), sources, true);
    }

    /**
     * What Microsoft is sent of an existing deal: values it has are kept, and as in a new one people who cannot be
     * reached are left out.
     */
    Map<String, Object> invited(Map<String, Object> deal) {
        Map<String, Object> document = Paths.copy(deal);
        Paths.put(document, ATTRIBUTES, attributes(document));
        notes(document, DealType.CO_SELL);
        team(document);
        return document;
    }

    /**
     * Our team of an existing deal as an invitation of Microsoft needs it: led by those who can be reached, or by the
     * configured person where nobody can. The same when it is so already or nobody is configured.
     */
    List<?> ledTeam(Map<String, Object> deal) {
        List<?> team = Paths.list(deal, PatchRules.TEAM);
        List<?> first = Members.reachable(team);
        if (first.isEmpty()) {
            first = Members.reachable(List.of(defaults.teamMember()));
        }
        return Members.led(team) ? team : Members.leading(first, team);
    }

    private Map<String, Object> completed(Map<String, Object> mapped) {
        Map<String, Object> document = Paths.copy(mapped);
        DealType type = DealType.of(document);
        document.put("type", type == DealType.CO_SELL ? "Shared" : "Independent");
        if (Paths.blank(document, QUALIFICATION)) {
            document.put(QUALIFICATION, "SalesQualified");
        }
        CONSENTS.forEach(consent -> given(document, consent));
        Paths.put(document, DealType.SHARE, type != DealType.PRIVATE);
        if (defaults.partnerId() != null && !defaults.partnerId().isBlank()) {
            document.putIfAbsent("mpnId", defaults.partnerId());
        }
        if (Paths.text(document, COUNTRY) != null) {
            Paths.put(document, COUNTRY, Paths.text(document, COUNTRY).strip().toUpperCase(Locale.ROOT));
        }
        Paths.put(document, SOLUTIONS, solutions(document));
        Paths.put(document, ATTRIBUTES, attributes(document));
        document.put("target", target(document, type));
        notes(document, type);
        team(document);
        return document;
    }

    /** Notes go with a request for help; without notes of its own it says what the deal says. */
    private static void notes(Map<String, Object> document, DealType type) {
        if (type == DealType.CO_SELL && Paths.blank(document, NOTES)) {
            Paths.put(document, NOTES, Paths.blank(document, "details.notes") ? Paths.text(document, "name")
                    : Paths.text(document, "details.notes"));
        }
    }

    /** People who cannot be reached are left out; when that leaves nobody, the configured person stands in. */
    private void team(Map<String, Object> document) {
        List<?> complete = Members.reachable(Paths.list(document, PatchRules.TEAM));
        if (!complete.isEmpty()) {
            document.put(PatchRules.TEAM, complete);
        } else if (!defaults.teamMember().isEmpty()) {
            document.put(PatchRules.TEAM, List.of(defaults.teamMember()));
        }
    }

    /** A consent is given unless a row of the mapping says otherwise, which may say so in words. */
    private static void given(Map<String, Object> document, String consent) {
        String words = Paths.text(document, consent);
        if (Paths.blank(document, consent) || "true".equalsIgnoreCase(words)) {
            Paths.put(document, consent, true);
        } else if ("false".equalsIgnoreCase(words)) {
            Paths.put(document, consent, false);
        }
    }

    private static List<Object> solutions(Map<String, Object> document) {
        List<Object> solutions = new ArrayList<>();
        for (Object item : Paths.list(document, SOLUTIONS)) {
            if (item instanceof Map<?, ?>) {
                solutions.add(PatchValues.solution(item));
            }
        }
        return solutions;
    }

    /** A mapping gives them as a list or, type by type, as an object. */
    private List<Object> attributes(Map<String, Object> document) {
        List<Object> attributes = new ArrayList<>(Paths.list(document, ATTRIBUTES));
        if (Paths.get(document, ATTRIBUTES) instanceof Map<?, ?> byType) {
            byType.forEach((type, id) -> attributes.add(ServicesAttributes.attribute(type.toString(), id)));
        }
        if (!ServicesAttributes.has(attributes, INTENT) && !defaults.marketplaceIntent().isBlank()) {
            attributes.add(ServicesAttributes.attribute(INTENT, defaults.marketplaceIntent()));
        }
        if (defaults.services().needed(document)) {
            defaults.services().complete(attributes);
        }
        return attributes;
    }

    private static List<Object> target(Map<String, Object> document, DealType type) {
        String solution = Paths.list(document, SOLUTIONS).stream().map(item -> Paths.text(item, "id"))
                .filter(id -> id != null && !id.isBlank()).findFirst().orElse(null);
        return type == DealType.PRIVATE || solution == null ? List.of()
                : List.of(Map.of("type", "SolutionProfile", "id", solution));
    }
}
