package dev.cosell.crm.salesforce;

import com.sun.net.httpserver.HttpServer;
import dev.cosell.http.KnownHosts;
import dev.cosell.salesforce.SalesforceSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A call of the set-up with the administrator's token, for tests of other packages. */
public final class OneSetUpCall {
    private OneSetUpCall() {}

    /** @param address of the org, which the answer to a login elsewhere names */
    public static void to(String address) throws IOException {
        HttpServer login = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String loginUrl = "http://localhost:" + login.getAddress().getPort();
        byte[] signedIn = ("{\"access_token\":\"token\",\"token_type\":\"Bearer\",\"instance_url\":\"" + address
                + "\",\"id\":\"" + loginUrl + "/id/00D/005\",\"issued_at\":\"1\",\"signature\":\"s\"}")
                .getBytes(StandardCharsets.UTF_8);
        login.createContext("/services/oauth2/token", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, signedIn.length);
            exchange.getResponseBody().write(signedIn);
            exchange.close();
        });
        login.start();
        try (SalesforceOrg org = SalesforceOrg.signIn(SalesforceSettings.clientCredentials(loginUrl, "id", "secret"),
                "setup.salesforce.", KnownHosts.of(loginUrl, address))) {
            org.rows("query", "SELECT Id FROM User");
        } finally {
            login.stop(0);
        }
    }
}
