package dev.cosell.dynamics;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.connection.Connection;
import dev.cosell.entra.TokenSource;
import dev.cosell.http.CallRate;
import dev.cosell.http.HttpSystem;
import dev.cosell.http.Manner;
import java.time.Clock;
import java.util.Map;

/**
 * How the Web API of an environment is called: by either of its names, each call with the version of OData it speaks.
 */
public final class WebApi {
    private static final String ODATA = "4.0";
    private static final Map<String, String> HEADERS = Map.of("OData-Version", ODATA, "OData-MaxVersion", ODATA);

    private WebApi() {}

    /** @param base address that relative request URIs are appended to, without a trailing slash */
    public static HttpSystem calls(Connection connection, String base, TokenSource tokens, ObjectMapper json,
            Clock clock) {
        return new HttpSystem(connection, base, tokens, json, clock, new CallRate(connection.system(), 0, clock),
                new Manner(EnvironmentName::plain, HEADERS));
    }
}
