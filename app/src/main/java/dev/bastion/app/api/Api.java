package dev.bastion.app.api;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.telemetry.WorkContext;
import dev.bastion.access.troubleshooting.KnownRequests;
import dev.bastion.app.oidc.OidcIssuers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The API without HTTP: authenticates the call, reads its body, runs its route, and answers every failure as a problem. */
final class Api {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");
    private static final Pattern JSON = Pattern.compile("(?i)application/json(\\s*;.*)?");
    private static final String DESCRIPTION = description();

    private final Authentication authentication;
    private final RequestRoutes requests;
    private final GrantRoutes grants;
    private final IdempotentAnswers answers;
    private final Runnable onUnknown;
    private final KnownRequests known;
    private final InstantSource clock;

    /** @param onUnknown finds out what became of requests of which it is not known whether they were recorded */
    Api(OidcIssuers issuers, ApiUseCases cases, Runnable onUnknown, InstantSource clock) {
        GrantLedger ledger = cases.ledger();
        this.authentication =
                new Authentication(issuers, () -> ledger.lastSeen().policy().people(), clock);
        this.grants = new GrantRoutes(cases, clock);
        this.requests = new RequestRoutes(cases, grants, clock);
        this.answers = new IdempotentAnswers(clock);
        this.onUnknown = onUnknown;
        this.known = new KnownRequests(ledger, cases.proposals(), clock);
        this.clock = clock;
    }

    private static String description() {
        try (InputStream file = Objects.requireNonNull(Api.class.getResourceAsStream("openapi.yaml"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ApiResponse answer(ApiCall call) {
        Instant begun = clock.instant();
        List<Route.Match> matches = Route.of(call.path());
        Optional<Route.Match> match = matches.stream()
                .filter(each -> each.route().method().equals(call.method()))
                .findFirst();
        if (match.isEmpty()) {
            return matches.isEmpty() ? noPath() : noMethod(matches);
        }
        if (match.get().route() == Route.OPENAPI) {
            return new ApiResponse(200, "application/yaml", DESCRIPTION, Map.of());
        }
        String event = "api." + match.get().route().name().toLowerCase(Locale.ROOT);
        try {
            return switch (authentication.caller(call.authorization())) {
                case Authentication.Result.Unknown(ApiResponse problem) -> problem;
                case Authentication.Result.Known(Caller caller) ->
                    context(match.get(), caller, begun).call(() -> answered(event, call, match.get(), caller));
            };
        } catch (RuntimeException e) {
            return problem(event, e);
        }
    }

    /** The fields of log lines of a call; one that creates a request gets its id later. */
    private WorkContext context(Route.Match match, Caller caller, Instant begun) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(WorkContext.USER, caller.person().id());
        match.route().parameterField().ifPresent(field -> fields.put(field, match.parameter()));
        if (fields.containsKey(WorkContext.REQUEST)) {
            known.environmentOf(match.id()).ifPresent(name -> fields.put(WorkContext.ENVIRONMENT, name.value()));
        }
        return WorkContext.current().with(fields).since(begun);
    }

    private ApiResponse answered(String event, ApiCall call, Route.Match match, Caller caller) {
        try {
            return logged(event, caller, answer(call, match, caller));
        } catch (RuntimeException e) {
            return problem(event, e);
        }
    }

    private ApiResponse problem(String event, RuntimeException thrown) {
        return switch (thrown) {
            case MalformedBody e -> ApiResponse.problem(ProblemType.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
            case InvalidValue e -> ApiResponse.problem(ProblemType.INVALID_REQUEST, e.explanation() + ".");
            case CallFailed e -> failed(event, e);
            default -> {
                String id = RequestId.derivedFrom(UUID.randomUUID().toString()).value();
                LOG.atError().addKeyValue("id", id).setCause(thrown).log("{}.failed", event);
                yield ApiResponse.problem(
                        ProblemType.INTERNAL_ERROR,
                        "The service failed; its log has it as " + id + ". GET /v1/grants shows the current state.");
            }
        };
    }

    private static ApiResponse noPath() {
        return ApiResponse.problem(
                ProblemType.NOT_FOUND,
                "The API has no such path, or its parameter is invalid. GET /openapi.yaml lists them.");
    }

    private static ApiResponse noMethod(List<Route.Match> matches) {
        String allowed =
                matches.stream().map(each -> each.route().method()).sorted().collect(Collectors.joining(", "));
        return ApiResponse.problem(ProblemType.METHOD_NOT_ALLOWED, "This path has " + allowed + " only.")
                .with("Allow", allowed);
    }

    private static ApiResponse logged(String event, Caller caller, ApiResponse response) {
        LOG.atInfo()
                .addKeyValue("person", caller.person().id())
                .addKeyValue("issuer", caller.origin().issuer())
                .addKeyValue("status", response.status())
                .log(event);
        return response;
    }

    private ApiResponse failed(String event, CallFailed e) {
        LoggingEventBuilder log = LOG.atWarn();
        for (Map.Entry<String, String> field : e.fault().fields().entrySet()) {
            log = log.addKeyValue(field.getKey(), field.getValue());
        }
        log.log("{}.failed", event);
        if (e.fault() instanceof Fault.Unknown) {
            onUnknown.run();
        }
        return FaultProblem.of(e.fault());
    }

    private ApiResponse answer(ApiCall call, Route.Match match, Caller caller) {
        return switch (match.route()) {
            case OPENAPI -> noPath();
            case READ_REQUEST -> requests.read(caller, match.id());
            case WITHDRAW_REQUEST -> requests.withdraw(caller, match.id());
            case LIST_GRANTS -> grants.list(caller);
            case READ_GRANT -> grants.read(caller, match.id());
            case LIST_ENVIRONMENTS -> grants.environments(caller);
            case READ_HISTORY -> grants.history(match.environment(), caller);
            case CREATE_REQUEST, EXTEND_GRANT, END_GRANT -> changed(call, match, caller);
        };
    }

    private ApiResponse changed(ApiCall call, Route.Match match, Caller caller) {
        Optional<byte[]> body = body(call);
        if (body.isEmpty()) {
            return tooLarge();
        }
        if (body.get().length > 0
                && !JSON.matcher(call.contentType().orElse("")).matches()) {
            return ApiResponse.problem(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body as JSON, with Content-Type: application/json.");
        }
        List<String> given = call.idempotencyKey();
        if (given.size() > 1 || given.stream().anyMatch(key -> !KEY.matcher(key).matches())) {
            throw new InvalidValue(
                    "Idempotency-Key", String.join(" ", given), "one key of 1 to 200 visible characters of ASCII");
        }
        String key = caller.key() + " "
                + given.stream().findFirst().orElseGet(() -> UUID.randomUUID().toString());
        byte[] work = (call.path() + "\n" + new String(body.get(), StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        return answers.answer(key, work, () -> {
            RequestId id = RequestId.derivedFrom("api " + key);
            WorkContext context = match.route() == Route.CREATE_REQUEST
                    ? WorkContext.current().with(id)
                    : WorkContext.current();
            return context.call(() -> change(match, caller, id, body.get()));
        });
    }

    static ApiResponse tooLarge() {
        return ApiResponse.problem(
                ProblemType.TOO_LARGE, "The body has more than " + ApiServer.MOST_BYTES + " bytes. Send less.");
    }

    private static Optional<byte[]> body(ApiCall call) {
        try {
            return call.body().read();
        } catch (IOException _) {
            throw new MalformedBody("The body did not arrive whole. Send the request again.");
        }
    }

    private ApiResponse change(Route.Match match, Caller caller, RequestId id, byte[] body) {
        return switch (match.route()) {
            case CREATE_REQUEST -> requests.create(caller, id, body);
            case EXTEND_GRANT -> grants.extend(caller, id, match.id(), body);
            case END_GRANT -> grants.end(caller, match.id(), body);
            case OPENAPI, READ_REQUEST, WITHDRAW_REQUEST, LIST_GRANTS, READ_GRANT, LIST_ENVIRONMENTS, READ_HISTORY ->
                throw new IllegalStateException(match.route() + " changes nothing");
        };
    }
}
