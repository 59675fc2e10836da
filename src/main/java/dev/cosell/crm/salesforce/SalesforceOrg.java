package dev.cosell.crm.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cosell.http.OutgoingHosts;
import dev.cosell.salesforce.FailedLogin;
import dev.cosell.salesforce.SalesforceConnection;
import dev.cosell.salesforce.SalesforceSettings;
import dev.cosell.verbs.Fault;
import dev.cosell.verbs.Trouble;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.internal.SalesforceSession;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The administrator's session in one Salesforce org: REST, Tooling and Metadata calls with the login of
 * camel-salesforce.
 */
final class SalesforceOrg implements AutoCloseable {
    private static final String SYSTEM = "salesforce";
    private static final String DATA = "/services/data/v" + SalesforceConnection.API_VERSION;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Pattern SOAP_ERROR = Pattern.compile("<(?:message|faultstring)>(.*?)</", Pattern.DOTALL);
    private static final Pattern SOAP_CODE = Pattern.compile("<(?:statusCode|faultcode)>(?:sf:)?(\\w+)</");

    private final DefaultCamelContext camel;
    private final SalesforceSession session;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10)).build();
    private final ObjectMapper json = new ObjectMapper();

    private SalesforceOrg(DefaultCamelContext camel, SalesforceSession session) {
        this.camel = camel;
        this.session = session;
    }

    /**
     * @param names how the settings of this sign-in begin, such as {@code setup.salesforce.}
     * @param hosts where the org may be
     * @throws Fault why the login has failed; {@link Fault.Auth} naming these settings when it was refused
     */
    static SalesforceOrg signIn(SalesforceSettings settings, String names, OutgoingHosts hosts) {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.disableJMX();
        SalesforceComponent component = SalesforceConnection.component(settings, hosts);
        camel.addComponent(SYSTEM, component);
        try {
            camel.start();
            component.getSession().login(null);
            hosts.require(URI.create(component.getSession().getInstanceUrl()));
            return new SalesforceOrg(camel, component.getSession());
        } catch (Exception failed) {
            camel.stop();
            throw notSignedIn(failed, settings, names);
        }
    }

    private static Fault notSignedIn(Exception failed, SalesforceSettings settings, String names) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutgoingHosts.Unknown unknown) {
                return new Fault.Auth(SYSTEM, unknown.getMessage());
            }
        }
        return FailedLogin.fault(failed, "Check " + used(settings, names)
                + " and the rights of that user; the login was tried at " + settings.loginUrl());
    }

    /** The settings that decide who signs in, without their values. */
    private static String used(SalesforceSettings settings, String names) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("client-id", settings.clientId());
        values.put("client-secret", settings.clientSecret());
        values.put("refresh-token", settings.refreshToken());
        values.put("user-name", settings.userName());
        values.put("password", settings.password());
        values.put("keystore", settings.keyStore());
        return values.entrySet().stream().filter(each -> each.getValue() != null)
                .map(each -> names + each.getKey()).collect(Collectors.joining(", "));
    }

    String address() {
        return session.getInstanceUrl();
    }

    /** Record id of the user who is signed in: the end of the identity's address. */
    String userId() {
        return session.getId().substring(session.getId().lastIndexOf('/') + 1);
    }

    /** All rows of a SOQL query. @param resource {@code query} or {@code tooling/query} */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> rows(String resource, String soql) {
        Object answer = call("GET", "/" + resource + "?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8), null,
                "the query " + soql);
        return (List<Map<String, Object>>) ((Map<String, Object>) answer).get("records");
    }

    /**
     * @param path after the version; @param what for messages, such as "the field Opportunity.Audit__c"; null when the
     * answer is empty
     */
    Object call(String method, String path, Object body, String what) {
        try {
            HttpRequest.BodyPublisher sent = body == null ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
            HttpResponse<String> answer = send(
                    HttpRequest.newBuilder(URI.create(address() + DATA + path)).method(method, sent)
                            .header("Authorization", "Bearer " + session.getAccessToken())
                            .header("Content-Type", "application/json"),
                    what);
            if (answer.statusCode() >= 300) {
                throw refused(answer, what);
            }
            return answer.body().isEmpty() ? null : json.readValue(answer.body(), Object.class);
        } catch (JsonProcessingException notJson) {
            throw new Fault.Transient(SYSTEM, "Salesforce gave no readable answer for " + what, notJson);
        }
    }

    /** Makes a component of the Metadata API that the Tooling API cannot make. @param metadata elements inside of it */
    void createMetadata(String type, String metadata, String what) {
        String envelope = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope "
                + "xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                + "xmlns=\"http://soap.sforce.com/2006/04/metadata\"><soapenv:Header>"
                + "<SessionHeader><sessionId>" + session.getAccessToken()
                + "</sessionId></SessionHeader></soapenv:Header><soapenv:Body><createMetadata>"
                + "<metadata xsi:type=\"" + type + "\">" + metadata
                + "</metadata></createMetadata></soapenv:Body></soapenv:Envelope>";
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(URI.create(address() + "/services/Soap/m/" + SalesforceConnection.API_VERSION))
                        .POST(HttpRequest.BodyPublishers.ofString(envelope))
                        .header("Content-Type", "text/xml; charset=UTF-8").header("SOAPAction", "\"\""),
                what);
        if (answer.statusCode() == 200 && answer.body().contains("<success>true</success>")) {
            return;
        }
        Matcher said = SOAP_ERROR.matcher(answer.body());
        Matcher code = SOAP_CODE.matcher(answer.body());
        throw fault(answer.statusCode(), code.find() ? code.group(1) : "",
                said.find() ? said.group(1) : "no reason given", what);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String what) {
        try {
            return http.send(request.timeout(LONGEST).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException lost) {
            throw new Fault.Transient(SYSTEM,
                    "there was no answer from Salesforce for " + what + "; it may have been done", lost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault.Transient(SYSTEM, "interrupted", e);
        }
    }

    private Fault refused(HttpResponse<String> answer, String what) {
        try {
            if (json.readValue(answer.body(), Object.class) instanceof List<?> errors && !errors.isEmpty()
                    && errors.get(0) instanceof Map<?, ?> error) {
                return fault(answer.statusCode(), String.valueOf(error.get("errorCode")),
                        String.valueOf(error.get("message")), what);
            }
        } catch (JsonProcessingException notJson) {
            return fault(answer.statusCode(), "", "no readable reason", what);
        }
        return fault(answer.statusCode(), "", "no reason given", what);
    }

    private static Fault fault(int status, String code, String message, String what) {
        String said = "Salesforce says " + status + " " + code + " for " + what + ": " + message;
        if (code.startsWith("INSUFFICIENT_ACCESS")
                || status == 403 && !code.equals("REQUEST_LIMIT_EXCEEDED") && !code.startsWith("API_")) {
            return new Fault.Denied(SYSTEM, said
                    + ". The user of the set-up needs the permissions Customize Application, Modify Metadata Through "
                    + "Metadata API"
                    + " Functions, View Setup and Configuration, and Manage Profiles and Permission Sets: sign in as "
                    + "an administrator with setup.salesforce.*");
        }
        if (status == 401 || code.startsWith("API_") || code.equals("INVALID_SESSION_ID")) {
            return new Fault.Auth(SYSTEM, said + ". Check that the user may use the API");
        }
        if (status >= 500 && !code.contains("FIELD") || code.equals("REQUEST_LIMIT_EXCEEDED")
                || code.equals("UNABLE_TO_LOCK_ROW")) {
            return new Fault.Transient(SYSTEM, said + ". Start the command again later");
        }
        return new Fault.Data(SYSTEM, Trouble.REFUSED,
                said + remedy(code));
    }

    private static String remedy(String code) {
        return switch (code) {
        case "DUPLICATE_DEVELOPER_NAME", "DUPLICATE_VALUE" ->
            ". Somebody has made it meanwhile, or it waits in the list of deleted fields: erase it there,"
                    + " or choose another name in the settings or the mapping";
            case "NOT_FOUND", "INVALID_TYPE" -> ". See that the name in the settings is right";
            case "CUSTOM_FIELD_LIMIT_EXCEEDED", "LIMIT_EXCEEDED" -> ". Delete custom fields that nobody uses";
            default -> ". Make it by hand in Setup, or correct its name in the settings or the mapping";
        };
    }

    @Override
    public void close() {
        camel.stop();
    }
}
