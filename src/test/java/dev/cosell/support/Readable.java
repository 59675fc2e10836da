package dev.cosell.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cosell.entra.Visitor;
import dev.cosell.settings.Key;
import dev.cosell.settings.Settings;
import dev.cosell.state.Database;
import dev.cosell.stories.Api;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What people can read of a running application, by where it stands.
 *
 * @param login the header of an operator; empty where nobody has to sign in
 */
record Readable(Settings settings, Map<String, String> login) {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    /** A count of all records, so that its report can be read. */
    void beginBackfill() {
        HttpResponse<byte[]> begun = acting("/api/backfill", Map.of("source", "salesforce", "dryRun", true));
        assertThat(begun.statusCode()).as(text(begun)).isEqualTo(200);
    }

    /** @param id of a deal */
    Map<String, String> places(String id) {
        Map<String, String> places = new LinkedHashMap<>();
        String name = settings.text(Key.DATA_DIRECTORY) + " ";
        Stream.of("/observe/health", "/observe/health/ready", "/observe/metrics", "/observe/info", "/api/me",
                "/api/overview", "/api/figures", "/api/mapping", "/api/issues", "/api/requests", "/api/backfills",
                "/api/backfill/1", "/api/backfill/1/records", "/api/deals/" + id, "/api/deals/" + id + "/preview",
                "/api/nothing").forEach(path -> places.put(name + path, asked(path)));
        places.put(name + "log of decisions", text(acting("/api/log", Map.of())));
        places.put(name + "search", text(acting("/api/deals/search", Map.of())));
        Map.of("sync_status", Map.of(), "list_issues", Map.of(), "explain_deal", Map.of("id", id), "preview_deal",
                Map.of("id", id)).forEach((tool, arguments) -> places.put(name + "MCP " + tool,
                        text(acting("/mcp", Map.of("jsonrpc", "2.0", "id", 1, "method", "tools/call", "params",
                                Map.of("name", tool, "arguments", arguments))))));
        Api door = new Api(settings.number(Key.HTTP_PORT));
        Stream.of("/webhooks/partner-center", "/webhooks/marketplace-leads/x", "/").forEach(path ->
                places.put(name + "door " + path, text(door.raw("GET", path, null, Map.of()))));
        places.put(name + "placeholders of routes", settings.placeholders().toString());
        places.put(name + "settings as text", settings.toString());
        places.put(name + "database", database());
        return places;
    }

    String asked(String path) {
        return text(management().raw("GET", path, null, login));
    }

    /** Somebody signs in to the page, and the identity provider refuses the secret of the application. */
    Map<String, String> signInThatIsRefused() {
        HttpResponse<byte[]> begun = management().raw("GET", "/sign-in", null, Map.of());
        assertThat(begun.statusCode()).as(text(begun)).isEqualTo(302);
        URI back = new Visitor().accepts(URI.create(begun.headers().firstValue("Location").orElseThrow()),
                "ana@contoso.example");
        HttpResponse<byte[]> refused = management().raw("GET", back.getRawPath() + "?" + back.getRawQuery(), null,
                Map.of("Cookie", begun.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0]));
        assertThat(refused.statusCode()).as(text(refused)).isGreaterThanOrEqualTo(400);
        return Map.of("page before the sign-in", text(begun) + begun.headers(), "page of a refused sign-in",
                text(refused) + refused.headers());
    }

    private Api management() {
        return new Api(settings.number(Key.MANAGEMENT_PORT));
    }

    private HttpResponse<byte[]> acting(String path, Map<String, Object> body) {
        Map<String, String> headers = new HashMap<>(login);
        headers.putAll(Map.of("Content-Type", "application/json", "X-Requested-With", "test", "Accept",
                "application/json, text/event-stream"));
        return management().raw("POST", path, Api.bytes(body), headers);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** All tables, the audit of all records among them, as H2 writes them down. */
    private String database() {
        try (Database visited = Database.visit(settings.text(Key.STATE_URL), settings.textOrNull(Key.STATE_USER),
                settings.textOrNull(Key.STATE_PASSWORD))) {
            List<String> lines = visited.client().sql("SCRIPT").query(String.class).list();
            assertThat(lines).anyMatch(line -> line.contains("audit"));
            return String.join("\n", lines);
        }
    }

    /** All MBeans of the applications in this process. */
    static Map<String, String> beans() {
        Map<String, String> places = new LinkedHashMap<>();
        SERVER.queryNames(null, null).stream().filter(name -> name.getDomain().startsWith("dev.cosell")
                || name.getDomain().startsWith("org.apache") || name.getDomain().startsWith("com.zaxxer"))
                .forEach(name -> places.put("MBean " + name, name + attributes(name)));
        return places;
    }

    private static String attributes(ObjectName name) {
        StringBuilder text = new StringBuilder();
        try {
            for (MBeanAttributeInfo attribute : SERVER.getMBeanInfo(name).getAttributes()) {
                if (attribute.isReadable()) {
                    text.append(attribute.getName()).append('=').append(value(name, attribute.getName())).append('\n');
                }
            }
        } catch (JMException gone) {
            return "";
        }
        return text.toString();
    }

    private static String value(ObjectName name, String attribute) {
        try {
            Object value = SERVER.getAttribute(name, attribute);
            return value instanceof Object[] many ? List.of(many).toString() : String.valueOf(value);
        } catch (JMException | RuntimeException unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
    }
}
