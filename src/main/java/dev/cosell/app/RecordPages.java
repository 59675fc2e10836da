package dev.cosell.app;

import dev.cosell.crm.Crms;
import dev.cosell.explain.Deals;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.sync.decide.Link;

/**
 * Where people see the two records of a deal in their browser. The stand-in servers show theirs as JSON.
 *
 * @param known all CRMs
 */
record RecordPages(Crms known, Settings settings) implements Deals.Pages {
    @Override
    public String referral(Link link) {
        if (link.referralId() == null) {
            return "";
        }
        String template = settings.sandbox() ? "http://localhost:" + settings.number(Key.SANDBOX_PARTNER_CENTER_PORT)
                + "/sandbox/deals/{id}" : settings.text(Key.PARTNER_CENTER_REFERRAL_LINK);
        return template.replace("{id}", link.referralId()).replace("{engagementId}",
                String.valueOf(link.engagementId()));
    }

    @Override
    public String record(Link link) {
        if (link.crmId() == null) {
            return "";
        }
        return settings.sandbox() ? known.named(link.crm()).sandboxPort().map(port -> "http://localhost:"
                + settings.number(port) + "/sandbox/" + (link.isLead() ? "leads/" : "opportunities/") + link.crmId())
                .orElse("") : known.named(link.crm()).pageOf(settings, link.crmId(), link.isLead());
    }
}
