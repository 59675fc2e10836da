package dev.cosell.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The MCP server: streamable HTTP without sessions, so that any instance takes any message. The SDK reads and answers
 * the messages; what comes in and goes out is our own HTTP server's.
 */
final class Assistants implements McpStatelessServerTransport {
    static final String PLACE = "/mcp";

    private static final Logger LOG = LoggerFactory.getLogger(Assistants.class);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String PERSON = "person";
    private static final String JSON_TYPE = "application/json";
    private static final String INSTRUCTIONS = "Cosell Sync keeps co-sell referrals of Microsoft Partner Center and "
            + "opportunities of a CRM the same. Ask it why a deal is as it is, and what a sync would do. " + Tools.DATA;

    private final WorkerExecutor workers;
    private final McpJsonMapper json;
    private McpStatelessServerHandler handler;

    /** What goes back; a null body is none. */
    private record Reply(int status, Object body) {}

    Assistants(WorkerExecutor workers, ObjectMapper json, Tools tools) {
        this.workers = workers;
        this.json = new JacksonMcpJsonMapper(json);
        McpServer.sync(this).serverInfo("cosell-sync", "1").instructions(INSTRUCTIONS).jsonMapper(this.json)
                .capabilities(McpSchema.ServerCapabilities.builder().tools(false).build())
                .requestTimeout(LONGEST).immediateExecution(true).tools(tools.all()).build();
    }

    static Person person(McpTransportContext context) {
        return (Person) context.get(PERSON);
    }

    @Override
    public void setMcpHandler(McpStatelessServerHandler wanted) {
        this.handler = wanted;
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    /** {@code POST /mcp}, with the body read. */
    void answer(RoutingContext request) {
        String version = request.request().getHeader(HttpHeaders.PROTOCOL_VERSION);
        if (version != null && !protocolVersions().contains(version)) {
            request.fail(new Refused(400, "This version of the protocol is not spoken here. Use one of "
                    + String.join(", ", protocolVersions())));
            return;
        }
        McpTransportContext context = McpTransportContext.create(Map.of(PERSON, Person.of(request.user())));
        Buffer body = request.body().buffer();
        workers.executeBlocking(() -> reply(context, body == null ? "" : body.toString()), false)
                .onSuccess(reply -> send(request.response(), reply)).onFailure(request::fail);
    }

    private void send(HttpServerResponse response, Reply reply) {
        if (response.closed()) {
            return;
        }
        response.setStatusCode(reply.status());
        try {
            if (reply.body() == null) {
                response.end();
            } else {
                response.putHeader("Content-Type", JSON_TYPE).end(json.writeValueAsString(reply.body()));
            }
        } catch (IOException unwritable) {
            throw new IllegalStateException("An answer that is not JSON", unwritable);
        }
    }

    private Reply reply(McpTransportContext context, String body) {
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(json, body);
        } catch (IOException | RuntimeException unreadable) {
            LOG.debug("A message of an assistant that cannot be read", unreadable);
            // The SDK has no answer without an id.
            return new Reply(400, Map.of("jsonrpc", "2.0", "error", new JSONRPCError(ErrorCodes.PARSE_ERROR,
                    "This is no message of MCP")));
        }
        if (message instanceof JSONRPCRequest asked) {
            return new Reply(200, answered(context, asked));
        }
        if (message instanceof JSONRPCNotification told) {
            handler.handleNotification(context, told).block(LONGEST);
        }
        return new Reply(202, null);
    }

    private JSONRPCResponse answered(McpTransportContext context, JSONRPCRequest asked) {
        try {
            return handler.handleRequest(context, asked)
                    .contextWrite(each -> each.put(McpTransportContext.KEY, context)).block(LONGEST);
        } catch (RuntimeException failed) {
            LOG.error("A message of an assistant failed", failed);
            return JSONRPCResponse.error(asked.id(), new JSONRPCError(ErrorCodes.INTERNAL_ERROR,
                    "Something went wrong here; the log has more"));
        }
    }
}
