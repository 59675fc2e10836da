package dev.cosell.partnercenter.door;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RejectedOriginsTest {
    private static final Set<String> ACCEPTED = Set.of("https://3psostorageacct.blob.core.windows.net");

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("cosell.journey");
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final RejectedOrigins origins = new RejectedOrigins(((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    private void name(String origin) {
        origins.add(origin + "/cert/x.cer", ACCEPTED);
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aNewOriginIsNamedOnceWithTheRemedy() {
        name("https://newstorage.blob.core.windows.net");
        name("https://newstorage.blob.core.windows.net");
        assertThat(said()).singleElement().asString().contains("https://newstorage.blob.core.windows.net",
                "webhook.certificate-origins");
        assertThat(origins.latest())
                .containsExactly("https://newstorage.blob.core.windows.net (2 times, last 2026-03-01T12:00:00Z)");
    }

    @Test
    void aFloodOfForgeriesFillsNeitherLogNorMemory() {
        for (int i = 0; i < 5_000; i++) {
            name("https://noise" + i + ".example");
        }
        assertThat(said()).hasSize(1);
        assertThat(origins.latest()).hasSize(20);
        now = now.plusSeconds(61);
        name("https://newstorage.blob.core.windows.net");
        assertThat(said()).hasSize(2).last().asString().contains("newstorage", "4999 other origins");
    }

    @Test
    void anOriginOfAnIssuerNamesItsOwnSettingAndTheOtherWay() {
        RejectedOrigins issuers = RejectedOrigins.ofIssuers(((InstantSource) () -> now).withZone(ZoneOffset.UTC));
        issuers.add("http://issuers.example/ca.crt", Set.of("http://www.microsoft.com"));
        assertThat(said()).singleElement().asString().contains("http://issuers.example alone", "webhook.issuer-origins",
                "webhook.intermediates").doesNotContain("certificate-origins");
    }

    @Test
    void whatIsNoMoveOfTheCertificatesIsNotNamed() {
        name("https://3psostorageacct.blob.core.windows.net");
        origins.add("not an address", ACCEPTED);
        origins.add("/cert/x.cer", ACCEPTED);
        assertThat(said()).isEmpty();
        assertThat(origins.latest()).isEmpty();
    }
}
