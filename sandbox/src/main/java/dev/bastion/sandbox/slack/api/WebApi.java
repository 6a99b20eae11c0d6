package dev.bastion.sandbox.slack.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.call.ApiArguments;
import dev.bastion.sandbox.slack.call.ApiCall;
import dev.bastion.sandbox.slack.call.ApiRequest;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.sandbox.slack.fault.SlackFault;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.model.SlackException;
import dev.bastion.sandbox.slack.model.SlackTokens;
import dev.bastion.sandbox.slack.workspace.WorkspaceState;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The Web API: checks token, faults and rate limit, calls the method, and records the call.
 *
 * @see <a href="https://docs.slack.dev/apis/web-api">Using the Slack Web API</a>
 */
public final class WebApi {
    private static final String SOCKET_METHOD = "apps.connections.open";

    private final WorkspaceState workspace;
    private final MethodScopes scopes;
    private final Map<String, ApiMethod> methods = new HashMap<>();

    public WebApi(WorkspaceState workspace) {
        this.workspace = workspace;
        this.scopes = new MethodScopes(workspace);
        methods.putAll(new ChatMethods(workspace).methods());
        methods.putAll(new ConversationMethods(workspace).methods());
        methods.putAll(new UserMethods(workspace).methods());
        methods.putAll(new ViewMethods(workspace).methods());
    }

    /** What is answered over HTTP; {@code retryAfter} where there is something to wait for. */
    private record Response(int status, ObjectNode body, Optional<Duration> retryAfter) {
        static Response ok(ObjectNode body) {
            return new Response(200, body, Optional.empty());
        }

        static Response broken(int status) {
            return new Response(status, Json.object(), Optional.empty());
        }

        static Response rateLimited(Duration wait) {
            return new Response(429, new SlackException("ratelimited").json(), Optional.of(wait));
        }
    }

    public void handle(Context context) {
        Optional<String> token = ApiArguments.token(context);
        ApiRequest request =
                new ApiRequest(context.pathParam("method"), ApiArguments.of(context), caller(token), context.host());
        Response response = answer(request, token);
        tellScopes(context, request, token);
        remember(request, response);
        response.retryAfter().ifPresent(wait -> context.header("Retry-After", Long.toString(wait.toSeconds())));
        context.status(response.status());
        if (response.body().isEmpty()) {
            context.contentType("text/html").result("<html><body>Something went wrong</body></html>");
        } else {
            context.contentType("application/json; charset=utf-8")
                    .result(response.body().toString());
        }
    }

    /** Slack names the scopes of a token that it knows, and those that the method accepts, with every answer. */
    private void tellScopes(Context context, ApiRequest request, Optional<String> token) {
        if (token.filter(this::isKnown).isPresent()
                && !workspace.faults().isOn(SlackFault.DOWN)
                && !workspace.faults().isOn(SlackFault.TOKEN_REVOKED)) {
            context.header("x-oauth-scopes", String.join(",", provided(request)));
            context.header("x-accepted-oauth-scopes", String.join(",", MethodScopes.accepted(request.method())));
        }
    }

    private boolean isKnown(String token) {
        return token.equals(workspace.tokens().app())
                || token.equals(workspace.tokens().bot());
    }

    private List<String> provided(ApiRequest request) {
        List<String> granted = request.caller() == ApiRequest.Caller.APP
                ? workspace.manifest().app()
                : workspace.manifest().bot();
        return granted.stream()
                .filter(scope -> !workspace.faults().isMissing(scope))
                .toList();
    }

    private Response answer(ApiRequest request, Optional<String> token) {
        if (workspace.faults().isOn(SlackFault.DOWN)) {
            return Response.broken(503);
        }
        Optional<SlackException> stranger = refusal(request.method(), token);
        if (stranger.isPresent()) {
            return Response.ok(stranger.get().json());
        }
        List<String> provided = provided(request);
        Optional<String> missing = scopes.missing(request, provided);
        if (missing.isPresent() && !workspace.faults().isOn(SlackFault.TOKEN_REVOKED)) {
            return Response.ok(SlackException.missingScope(missing.get(), String.join(",", provided)));
        }
        Optional<ApiFailure> failure = workspace.faults().next(request.method());
        if (failure.isPresent()) {
            return failed(request, failure.get());
        }
        return workspace
                .limits()
                .take(request, Instant.now())
                .map(Response::rateLimited)
                .orElseGet(() -> done(request));
    }

    private Response failed(ApiRequest request, ApiFailure failure) {
        return switch (failure) {
            case ApiFailure.Refused refused -> Response.ok(new SlackException(refused.error()).json());
            case ApiFailure.Status broken -> Response.broken(broken.status());
            case ApiFailure.RateLimited limited -> Response.rateLimited(limited.retryAfter());
            case ApiFailure.Slow slow -> {
                LockSupport.parkNanos(slow.by().toNanos());
                yield done(request);
            }
            case ApiFailure.AnswerLost _ -> {
                done(request);
                yield Response.broken(502);
            }
        };
    }

    private Response done(ApiRequest request) {
        try {
            ApiMethod method = Optional.ofNullable(methods.get(request.method()))
                    .orElseThrow(() -> new SlackException("unknown_method"));
            ObjectNode response = Json.object().put("ok", true);
            return Response.ok(response.setAll(method.call(request)));
        } catch (SlackException error) {
            return Response.ok(error.json());
        }
    }

    private ApiRequest.Caller caller(Optional<String> token) {
        boolean app = token.filter(workspace.tokens().app()::equals).isPresent();
        return app ? ApiRequest.Caller.APP : ApiRequest.Caller.BOT;
    }

    private Optional<SlackException> refusal(String method, Optional<String> token) {
        if (token.isEmpty()) {
            return Optional.of(new SlackException("not_authed"));
        }
        SlackTokens tokens = workspace.tokens();
        boolean ofApp = token.get().equals(tokens.app());
        if (!isKnown(token.get())) {
            return Optional.of(new SlackException("invalid_auth"));
        }
        boolean right = method.equals("auth.test") || ofApp == method.equals(SOCKET_METHOD);
        return right ? Optional.empty() : Optional.of(new SlackException("not_allowed_token_type"));
    }

    private void remember(ApiRequest request, Response response) {
        String error = response.body().path("error").asText();
        workspace
                .transcript()
                .add(new ApiCall(
                        Instant.now(),
                        request.method(),
                        request.arguments(),
                        response.status(),
                        error,
                        response.body()));
    }
}
