package dev.cosell.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import dev.cosell.ShippedRoutes;
import dev.cosell.alerts.MailSession;
import dev.cosell.check.machine.ClockCheck;
import dev.cosell.cli.Commands;
import dev.cosell.crm.salesforce.OneSetUpCall;
import dev.cosell.entra.EntraTokens;
import dev.cosell.http.HttpClientSetUp;
import dev.cosell.http.KnownHosts;
import dev.cosell.page.OneSignIn;
import dev.cosell.partnercenter.door.OneDownload;
import dev.cosell.salesforce.SalesforceConnection;
import dev.cosell.salesforce.SalesforceSettings;
import dev.cosell.salesforce.stream.OneListening;
import dev.cosell.tls.TlsServer.Handshake;
import dev.cosell.trace.Traces;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** To whom each client of this application speaks: servers on the loopback say who they are, rightly or not. */
class TlsTest {
    private static final String STORE = "javax.net.ssl.trustStore";
    private static final String PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final Duration LONG = Duration.ofDays(3);
    private static final Duration OVER = Duration.ofHours(1);

    private static final Map<String, Handshake> ACCEPTED = new LinkedHashMap<>();
    private static final Map<String, Handshake> REFUSED = new LinkedHashMap<>();
    private static String storeBefore;
    private static String passwordBefore;
    private static SSLContext contextBefore;
    private static SSLSocketFactory factoryBefore;

    /** Makes one call, whatever comes of it. */
    private interface Client {
        void calls(TlsServer server) throws Exception;
    }

    @BeforeAll
    static void trustOneAuthority(@TempDir Path folder) throws Exception {
        Certificates trusted = new Certificates("An authority that is trusted");
        Certificates others = new Certificates("An authority that nobody knows");
        Certificates.Leaf right = trusted.leaf("localhost", LONG);
        ACCEPTED.put("the right name", jdk(right));
        ACCEPTED.put("TLS 1.2", jdk(right, "TLSv1.2"));
        REFUSED.put("another name", jdk(trusted.leaf("other.example", LONG)));
        REFUSED.put("an authority that nobody knows", jdk(others.leaf("localhost", LONG)));
        REFUSED.put("a certificate that is over", jdk(trusted.leaf("localhost", OVER)));
        REFUSED.put("TLS 1.1", OldServer::speak);
        trust(trusted, folder.resolve("trusted.p12"));
    }

    private static void trust(Certificates authority, Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", authority.root());
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "trusted".toCharArray());
        }
        storeBefore = System.setProperty(STORE, file.toString());
        passwordBefore = System.setProperty(PASSWORD, "trusted");
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        contextBefore = SSLContext.getDefault();
        factoryBefore = HttpsURLConnection.getDefaultSSLSocketFactory();
        SSLContext.setDefault(context);
        HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
    }

    @AfterAll
    static void asBefore() {
        restore(STORE, storeBefore);
        restore(PASSWORD, passwordBefore);
        SSLContext.setDefault(contextBefore);
        HttpsURLConnection.setDefaultSSLSocketFactory(factoryBefore);
    }

    private static void restore(String property, String before) {
        if (before == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, before);
        }
    }

    private static Handshake jdk(Certificates.Leaf leaf, String... versions) throws Exception {
        SSLContext context = leaf.context();
        return (Socket caller) -> {
            SSLSocket safe = (SSLSocket) context.getSocketFactory().createSocket(caller, null, true);
            if (versions.length > 0) {
                safe.setEnabledProtocols(versions);
            }
            safe.startHandshake();
            return new TlsServer.Streams(safe.getInputStream(), safe.getOutputStream());
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"Partner Center, Dynamics 365 and alerts", "Entra", "Salesforce", "events of Salesforce",
            "the set-up of Salesforce", "the command line", "the identity provider", "certificates", "clocks",
            "traces", "mail", "mail after STARTTLS"})
    void a_server_is_spoken_to_by_tls_of_1_2_or_later_and_only_when_it_is_who_it_should_be(String name) {
        ACCEPTED.forEach((kind, handshake) -> assertThat(accepted(name, handshake)).as(name + ", " + kind)
                .isPositive());
        REFUSED.forEach((kind, handshake) -> assertThat(accepted(name, handshake)).as(name + ", " + kind).isZero());
    }

    private static int accepted(String name, Handshake handshake) {
        boolean greets = name.equals("mail after STARTTLS");
        try (TlsServer server = new TlsServer(greets ? Greeting.before(handshake) : handshake,
                name.equals("mail") ? "220 mail.example\r\n" : "")) {
            try {
                client(name).calls(server);
            } catch (Exception answered) {
                // It says 404 to everybody, and some are not even told that.
                assertThat(answered).isNotInstanceOf(NullPointerException.class);
            }
            return server.accepted();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Client client(String name) {
        return switch (name) {
            case "Entra" -> server -> new EntraTokens("dynamics", URI.create(server.address()
                    + "/t/oauth2/v2.0/token"), "id", "secret", "scope", ClientCredentialsGrant::new, token -> { },
                    Clock.systemUTC()).token();
            case "Salesforce" -> TlsTest::logsIn;
            case "the set-up of Salesforce" -> server -> OneSetUpCall.to(server.address());
            case "the command line" -> TlsTest::asks;
            case "events of Salesforce" -> server -> OneListening.at(server.address());
            case "the identity provider" -> server -> OneSignIn.at(server.address());
            case "certificates" -> server -> OneDownload.from(server.address());
            case "clocks" -> server -> new ClockCheck(Map.of("it", URI.create(server.address())), Clock.systemUTC())
                    .look();
            case "traces" -> TlsTest::traces;
            case "mail" -> server -> mails(server, "tls");
            case "mail after STARTTLS" -> server -> mails(server, "starttls");
            default -> TlsTest::callsByRoute;
        };
    }

    private static void callsByRoute(TlsServer server) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.disableJMX();
            camel.getRegistry().bind("httpClientSetUp", new HttpClientSetUp(KnownHosts.of(server.address())));
            ShippedRoutes.load(camel, "partner-center", id -> id.equals("partner-center-http"));
            camel.start();
            camel.createProducerTemplate().send("direct:partner-center-http", exchange -> {
                exchange.getMessage().setHeader(Exchange.HTTP_URI, server.address() + "/referrals");
                exchange.getMessage().setHeader(Exchange.HTTP_METHOD, HttpMethods.GET);
            });
        }
    }

    private static void logsIn(TlsServer server) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.disableJMX();
            SalesforceComponent salesforce = SalesforceConnection.component(
                    SalesforceSettings.clientCredentials(server.address(), "id", "secret"),
                    KnownHosts.of(server.address()));
            camel.addComponent("salesforce", salesforce);
            camel.start();
            salesforce.getSession().login(null);
        }
    }

    private static void asks(TlsServer server) {
        StringWriter nowhere = new StringWriter();
        new CommandLine(new Commands()).setOut(new PrintWriter(nowhere)).setErr(new PrintWriter(nowhere))
                .execute("status", "--url", server.address(), "--set", "cli.user=script", "--set", "cli.password=x");
    }

    private static void traces(TlsServer server) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext();
                Traces traces = Traces.of(camel, server.address(), null, "1", "one")) {
            camel.disableJMX();
            ShippedRoutes.load(camel, "partner-center", id -> id.equals("partner-center-http"));
            camel.getRegistry().bind("httpClientSetUp", new HttpClientSetUp(KnownHosts.of()));
            camel.start();
            camel.createProducerTemplate().send("direct:partner-center-http", exchange -> { });
        }
    }

    private static void mails(TlsServer server, String security) throws Exception {
        new MailSession("localhost", server.port(), security, null, null).open().getTransport().connect();
    }
}
