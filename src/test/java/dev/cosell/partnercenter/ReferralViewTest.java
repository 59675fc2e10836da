package dev.cosell.partnercenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferralViewTest {
    private final ReferralView view = new ReferralView();

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            Independent, Direct,             msft, Incoming, MARKETPLACE_LEAD
            Independent, Direct,             -,    Incoming, MARKETPLACE_LEAD
            Independent, SalesQualified,     msft, Incoming, QUALIFIED_LEAD
            Independent, MarketingQualified, msft, Incoming, QUALIFIED_LEAD
            Independent, SalesQualified,     -,    Outgoing, OPPORTUNITY
            Independent, None,               p-2,  Incoming, OPPORTUNITY
            Shared,      SalesQualified,     msft, Incoming, OPPORTUNITY
            Shared,      Direct,             msft, Incoming, OPPORTUNITY
            -,           -,                  -,    -,        OPPORTUNITY
            """)
    void kindComesFromTypeQualificationAndInviter(String type, String qualification, String inviter, String direction,
            ReferralKind kind) {
        Map<String, Object> referral = new HashMap<>();
        referral.put("type", type);
        referral.put("qualification", qualification);
        referral.put("direction", direction);
        Paths.put(referral, "inviteContext.invitedBy.organizationId", inviter);
        assertThat(view.kind(referral)).isEqualTo(kind);
    }

    @Test
    void versionKeepsItsQuotesAndTimesTheirDecimals() {
        Map<String, Object> referral = Map.of("id", "r-1", "eTag", "\"84-1\"", "updatedDateTime",
                "2026-02-04T11:00:00.7654321Z", "status", "closed",
                "externalReferenceId", " ");
        assertThat(view.version(referral)).isEqualTo("\"84-1\"");
        assertThat(view.modifiedAt(referral)).isEqualTo(Instant.parse("2026-02-04T11:00:00.7654321Z"));
        assertThat(view.closed(referral)).isTrue();
        assertThat(view.externalReference(referral)).isNull();
        assertThat(view.modifiedAt(Map.of("updatedDateTime", "soon"))).isNull();
    }

    @Test
    void microsoftsReferralIsKnownByOwnerOrTarget() {
        assertThat(view.own(Map.of("organizationId", "7d23"))).isTrue();
        assertThat(view.own(Map.of("organizationId", "msft"))).isFalse();
        assertThat(view.own(Map.of("target", List.of(Map.of("type", "BusinessProfileLocation", "id", "msft")))))
                .isFalse();
    }
}
