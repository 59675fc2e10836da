package dev.cosell.partnercenter.door;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cosell.fuzz.Mutator;
import dev.cosell.partnercenter.MarketplaceLeads;
import dev.cosell.partnercenter.PartnerCenterFixture;
import dev.cosell.stories.Log;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever is sent to the doors is taken or refused in our own words. */
class FuzzedDoorTest {
    private static final String BODY = "{\"EventName\":\"referral-updated\",\"ResourceUri\":\"https://api."
            + "partnercenter.microsoft.com/engagements/v1/referrals/3f5c2a10-0000-4000-8000-000000000001\","
            + "\"ResourceName\":\"referral\",\"AuditUri\":null}";
    private static final String LEAD = "{\"LeadSource\":\"AzureMarketplace-Create|Crane Insight\","
            + "\"ActionCode\":\"INS\","
            + "\"OfferTitle\":\"Crane\",\"UserDetails\":{\"FirstName\":\"Jo\",\"Email\":\"jo@contoso.example\","
            + "\"Company\":null}}";
    private static final String HINTED = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final List<String> HEADERS = List.of("x-ms-signature", "X-MS-Certificate-Url",
            "X-MS-Signature-Algorithm", "Authorization", "Content-Type");
    private static final int REFUSALS_END = 500;

    private static int sent(PartnerCenterFixture fixture, String body, Map<String, Object> headers) {
        List<String> flat = new ArrayList<>();
        headers.forEach((name, value) -> flat.addAll(List.of(name, value.toString())));
        return fixture.client.send("POST", fixture.doorUrl(), body, flat.toArray(String[]::new)).status();
    }

    @Test
    void a_signed_notification_of_any_content_is_taken_or_refused() {
        try (PartnerCenterFixture fixture = new PartnerCenterFixture(); Log log = Log.from(Level.ERROR)) {
            Mutator bodies = new Mutator(4, List.of(BODY));
            int taken = 0;
            int refused = 0;
            while (bodies.goesOn()) {
                String body = bodies.next();
                int status = sent(fixture, body, fixture.client.control("POST", "sign", body).json());
                assertThat(status).as(body).isLessThan(REFUSALS_END);
                taken += status == 200 ? 1 : 0;
                refused += status == 400 ? 1 : 0;
            }
            assertThat(taken).isPositive();
            assertThat(refused).isPositive();
            assertThat(fixture.hints).isNotEmpty().allSatisfy(hint -> assertThat(hint.id()).matches(HINTED));
            assertThat(log.lines()).isEmpty();
        }
    }

    /** A certificate that is named and not there is worth another try, which 503 asks for. */
    @Test
    void headers_of_any_content_let_nothing_in_that_is_not_signed() {
        try (PartnerCenterFixture fixture = new PartnerCenterFixture(); Log log = Log.from(Level.ERROR)) {
            Mutator texts = new Mutator(4, List.of("rsa-sha256", "Signature c2lnbmVk",
                    "http://localhost/cert/sandbox.cer", "application/json; charset=utf-8"));
            Map<String, Object> signed = fixture.client.control("POST", "sign", BODY).json();
            int number = 0;
            while (texts.goesOn()) {
                Map<String, Object> headers = new LinkedHashMap<>(signed);
                String name = HEADERS.get(number++ % HEADERS.size());
                // What no client can send in a header.
                headers.put(name, texts.next().replaceAll("[^\\x20-\\x7e]", ""));
                int status = sent(fixture, BODY, headers);
                assertThat(status).as(headers.toString()).matches(each -> each < REFUSALS_END
                        || each == 503 && name.equals("X-MS-Certificate-Url"));
                assertThat(status == 200 && !List.of("Authorization", "Content-Type").contains(name)
                        && !headers.get(name).equals(signed.get(name))).as(headers.toString()).isFalse();
            }
            assertThat(number).isGreaterThan(HEADERS.size());
            assertThat(log.lines()).as("but for certificates of other hosts")
                    .allMatch(line -> line.contains("which is not in webhook.certificate-origins"));
        }
    }

    @Test
    void a_lead_of_any_content_is_one_or_is_refused() {
        Mutator leads = new Mutator(2, List.of(LEAD));
        MarketplaceDoor door = new MarketplaceDoor("word");
        int taken = 0;
        int refused = 0;
        while (leads.goesOn()) {
            String lead = leads.next();
            try {
                assertThat(door.verified(lead)).isEqualTo(lead);
                assertThat(MarketplaceLeads.valid(lead)).isTrue();
                taken++;
            } catch (WebhookRefusal told) {
                assertThat(told.status()).isEqualTo(400);
                refused++;
            } catch (RuntimeException fault) {
                throw new AssertionError("neither a lead nor refused: " + lead, fault);
            }
        }
        assertThat(taken).isPositive();
        assertThat(refused).isPositive();
    }
}
