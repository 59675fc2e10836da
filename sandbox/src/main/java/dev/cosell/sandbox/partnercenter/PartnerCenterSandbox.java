package dev.cosell.sandbox.partnercenter;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import dev.cosell.sandbox.IssuedTokens;
import dev.cosell.sandbox.SandboxServer;
import io.vertx.core.Vertx;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stand-in for Partner Center: the Entra token endpoint, the Referrals API, webhook registration, signed
 * notifications and the certificate they are signed with, on one port. Controls: docs/sandbox.md.
 */
public final class PartnerCenterSandbox extends SandboxServer {
    private static final String REFERRALS = "/v1.0/engagements/referrals";

    private static final String PATH_OF_NEXT_LINKS = "/v1.0/referrals";

    private final Switches switches = new Switches();
    private final Certificates certificates;
    private final EntraEndpoint entra;
    private final Deliveries deliveries;
    private final Registration registration;
    private final ReferralStore store;
    private final ReferralsApi api;
    private final Controls controls;
    private final IssuedTokens tokens;

    private final Operation token;
    private final Operation tokenOfVersion1;
    private final Operation deviceCode;
    private final Operation authorize;
    private final Operation metadata;
    private final Operation keys;
    private final Operation certificate;
    private final Operation list;
    private final Operation create;
    private final Operation get;
    private final Operation patch;
    private final Operation put;

    /** @param webhookUrl address that gets every notification although nobody registered it; null for none */
    public PartnerCenterSandbox(Vertx vertx, Clock clock, IssuedTokens tokens, String webhookUrl) {
        super(vertx);
        this.tokens = tokens;
        certificates = new Certificates(clock.instant());
        entra = new EntraEndpoint(tokens, switches, clock);
        deliveries = new Deliveries(vertx, certificates, switches, clock, this::certificateUrl);
        registration = new Registration(tokens, deliveries, switches, clock, webhookUrl);
        store = new ReferralStore(clock, this::announce);
        api = new ReferralsApi(store, tokens, switches);
        controls = new Controls(store, clock);
        token = new Operation("/{tenant}/oauth2/v2.0/token", false, entra::token);
        tokenOfVersion1 = new Operation("/{tenant}/oauth2/token", false, entra::tokenOfVersion1);
        deviceCode = new Operation("/{tenant}/oauth2/v2.0/devicecode", false, entra::deviceCode);
        authorize = new Operation("/{tenant}/oauth2/v2.0/authorize", false, entra.authorizations()::page);
        metadata = new Operation("/{tenant}/v2.0/.well-known/openid-configuration", false, entra.idTokens()::metadata);
        keys = new Operation("/{tenant}/discovery/v2.0/keys", false, entra.idTokens()::keys);
        certificate = new Operation("/cert/sandbox.cer", false,
                call -> new Answer(200, Map.of("Content-Type", "application/pkix-cert"), certificates.leaf()));
        list = new Operation(REFERRALS, false, api.guarded(api::list));
        create = new Operation(REFERRALS, true, api.guarded(api::create));
        get = new Operation(REFERRALS + "/{id}", false, api.guarded(api::get));
        patch = new Operation(REFERRALS + "/{id}", true, api.guarded(api::patch));
        put = new Operation(REFERRALS + "/{id}", true, api.guarded(api::put));
    }

    /** The root that the signing certificate hangs from. */
    public X509Certificate authority() {
        return certificates.authority();
    }

    @Override
    protected Operation operation(Call call) {
        String path = call.path();
        if (path.equals(REFERRALS) || path.equals(REFERRALS + "/")) {
            return switch (call.method()) {
                case "GET" -> list;
                case "POST" -> create;
                default -> notAllowed(REFERRALS);
            };
        }
        if (path.equals(PATH_OF_NEXT_LINKS) && switches.on("nextLinkOnItsOwnPath") && call.method().equals("GET")) {
            return list;
        }
        if (path.startsWith(REFERRALS + "/")) {
            return switch (call.method()) {
                case "GET" -> get;
                case "PATCH" -> patch;
                case "PUT" -> put;
                default -> notAllowed(REFERRALS + "/{id}");
            };
        }
        if (path.startsWith(Registration.PATH)) {
            return registrationOperation(call.method(), path.substring(Registration.PATH.length()));
        }
        return switch (call.method() + " " + path.replaceFirst("^/[^/]+", "")) {
            case "POST /oauth2/v2.0/token" -> token;
            case "POST /oauth2/token" -> tokenOfVersion1;
            case "POST /oauth2/v2.0/devicecode" -> deviceCode;
            case "GET /oauth2/v2.0/authorize" -> authorize;
            case "GET /v2.0/.well-known/openid-configuration" -> metadata;
            case "GET /discovery/v2.0/keys" -> keys;
            default -> call.method().equals("GET") && path.equals("/cert/sandbox.cer") ? certificate : null;
        };
    }

    private Operation registrationOperation(String method, String rest) {
        String template = Registration.PATH + rest;
        return switch (method + " " + rest) {
            case "GET /events" -> new Operation(template, false, registration.guarded(registration::events));
            case "GET " -> new Operation(template, false, registration.guarded(registration::read));
            case "POST ", "PUT " -> new Operation(template, true, registration.guarded(registration::write));
            case "POST /validationEvents" -> new Operation(template, true, registration.guarded(registration::test));
            default -> method.equals("GET") && rest.startsWith("/validationEvents/")
                ? new Operation(Registration.PATH + "/validationEvents/{correlationId}", false,
                        registration.guarded(registration::report))
                : null;
        };
    }

    private Operation notAllowed(String template) {
        return new Operation(template, false,
                call -> refuse(405, "The method " + call.method() + " is not allowed here."));
    }

    @Override
    protected Answer control(Call call) {
        String path = call.path();
        switch (call.method() + " " + path) {
            case "GET /sandbox/ca.pem":
                return Answer.text(200, "application/x-pem-file", certificates.authorityPem());
            case "GET /sandbox/deals", "POST /sandbox/deals":
                return controls.deals(call);
            case "POST /sandbox/microsoft/deals":
                return controls.inbound(call);
            case "GET /sandbox/settings":
                return Answer.json(200, switches.json());
            case "POST /sandbox/settings":
                return switches.set(call.json()) ? Answer.json(200, switches.json())
                        : Answer.json(400,
                                Map.of("error", "settings and their types are", "settings", switches.json()));
            case "PUT /sandbox/webhook":
                registration.preset((String) call.json().get("url"),
                        !Boolean.FALSE.equals(call.json().get("msSignature")));
                return Answer.empty(204);
            case "GET /sandbox/registration", "PUT /sandbox/registration", "DELETE /sandbox/registration":
                return registration.control(call);
            case "POST /sandbox/sign":
                return Answer.json(200, deliveries.signed(call.bytes(), true));
            case "GET /sandbox/tokens":
                return Answer.json(200, Map.of("access", tokens.all(), "refresh",
                        List.copyOf(entra.snapshot().values())));
            case "POST /sandbox/tokens/revoke":
                tokens.revokeAll();
                return Answer.empty(204);
            case "GET /sandbox/device-codes":
                return entra.deviceCodes().shown();
            case "GET /sandbox/deliveries":
                return Answer.json(200, deliveries.log());
            default:
                return pathControl(call, path);
        }
    }

    private Answer pathControl(Call call, String path) {
        if (path.matches("/sandbox/leads(/[^/]+/[a-z]+)?") && call.method().equals("POST")) {
            return controls.leads(call);
        }
        if (path.matches("/sandbox/deals/[^/]+") && (call.method().equals("GET") || call.method().equals("PATCH"))) {
            return controls.deal(call);
        }
        if (path.matches("/sandbox/partners/[^/]+") && call.method().equals("POST")) {
            return controls.anotherPartner(call);
        }
        if (path.matches("/sandbox/device-codes/[^/]+/(approve|decline|expire)") && call.method().equals("POST")) {
            return entra.deviceCodes().act(call);
        }
        if (path.matches("/sandbox/authorizations/[^/]+") && call.method().equals("POST")) {
            return entra.authorizations().answered(call);
        }
        return path.matches("/sandbox/microsoft/[^/]+/[a-z]+") && call.method().equals("POST")
                ? controls.microsoft(call) : null;
    }

    private String certificateUrl() {
        String foreign = switches.text("certificateUrl");
        return foreign.isEmpty() ? "http://localhost:" + port() + "/cert/sandbox.cer" : foreign;
    }

    private void announce(Referral referral, boolean first) {
        if (switches.on("deliveries")) {
            registration.announce(
                    (referral.own() ? "referral-" : "related-referral-") + (first ? "created" : "updated"),
                    referral.id(), referral.updated());
        }
    }

    @Override
    protected Answer refuse(int status, String message) {
        String code = status == 404 ? "itemNotFound" : status < 500 ? "invalidRequest" : "generalException";
        return new ServiceError(status, code, "request", message).answer();
    }

    @Override
    protected void forgetAll() {
        store.clear();
        switches.reset();
        entra.forget();
        registration.forget();
        deliveries.forget();
        controls.number(0);
    }

    @Override
    protected Map<String, Object> snapshot() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("referrals", store.snapshot());
        json.put("settings", switches.json());
        json.put("refreshToken", entra.snapshot());
        json.put("registration", registration.snapshot());
        json.put("deliveries", deliveries.log());
        json.put("certificates", certificates.snapshot());
        json.put("deals", controls.numbered());
        return json;
    }

    /**
     * Certificates and records are taken over at once; what was still to be delivered is sent as soon as the server
     * listens.
     */
    @Override
    @SuppressWarnings("unchecked")
    protected void restore(Map<String, Object> snapshot) {
        certificates.restore((Map<?, ?>) snapshot.get("certificates"));
        store.restore((List<?>) snapshot.get("referrals"));
        switches.set((Map<String, Object>) snapshot.get("settings"));
        entra.restore(snapshot.get("refreshToken"));
        registration.restore((Map<?, ?>) snapshot.get("registration"));
        controls.number((Integer) snapshot.get("deals"));
        List<?> sent = (List<?>) snapshot.get("deliveries");
        soon(() -> deliveries.restore(sent));
    }

    @Override
    public void close() {
        super.close();
        deliveries.close();
    }
}
