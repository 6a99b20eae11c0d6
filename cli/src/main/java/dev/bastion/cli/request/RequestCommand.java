package dev.bastion.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code bastion request}: asks for access, and waits where it is told to until one can connect. */
@Command(
        name = "request",
        mixinStandardHelpOptions = true,
        description = "Asks for access to an environment through the API.",
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.DONE_TEXT,
            ExitCodes.REFUSED_TEXT,
            ExitCodes.USAGE_TEXT,
            ExitCodes.UNAVAILABLE_TEXT,
            ExitCodes.NOT_READY_TEXT
        })
public final class RequestCommand extends ApiCommand {
    private static final String READY = "ready";

    private final InstantSource clock;
    private final Pause pause;

    @Parameters(index = "0", paramLabel = "ENVIRONMENT")
    private EnvironmentName name = new EnvironmentName("dev");

    @Parameters(index = "1", paramLabel = "DURATION", description = "Like 90m, 2h or 1h30m.")
    private GrantDuration duration = new GrantDuration(Duration.ofHours(1));

    @Parameters(index = "2..*", paramLabel = "REASON")
    private List<String> reason = List.of();

    @Option(names = "--break-glass", description = "Open at once in an emergency, where the policy allows it.")
    private boolean breakGlass;

    @Option(
            names = "--from",
            paramLabel = "MOMENT",
            description = "Access starts then, like 2026-01-15T10:30Z or 2026-01-15T11:30+01:00 (default: at once).")
    private Optional<OffsetDateTime> from = Optional.empty();

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description =
                    "One for each request, and the same one to repeat it. In GitHub Actions the default is the run, its"
                            + " attempt, the job and the environment.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--wait", description = "Wait until it is approved and one can connect.")
    private boolean isWaiting;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long --wait waits, of a request for later from its start on (default: 30m).")
    private GrantDuration timeout = new GrantDuration(Duration.ofMinutes(30));

    private final Map<String, String> environment;

    /** The time between two looks. */
    interface Pause {
        void take() throws InterruptedException;
    }

    public RequestCommand(InstantSource clock, Map<String, String> environment) {
        this(clock, environment, () -> Thread.sleep(Duration.ofSeconds(5)));
    }

    RequestCommand(InstantSource clock, Map<String, String> environment, Pause pause) {
        super(environment);
        this.clock = clock;
        this.environment = environment;
        this.pause = pause;
    }

    @Override
    JsonNode ask(ApiConnection api) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("environment", name.value());
        body.put("duration", ApiDuration.of(duration));
        body.put("reason", String.join(" ", reason));
        body.put("break_glass", breakGlass);
        start().ifPresent(start -> body.put("not_before", start.toString()));
        JsonNode answer = api.post("/v1/requests", body, key.or(this::keyOfRun)).body();
        return isWaiting ? awaitReady(api, answer) : answer;
    }

    private Optional<Instant> start() {
        return from.map(OffsetDateTime::toInstant).map(Timestamps::wholeSeconds);
    }

    /** A job that is run again by hand is a new request; a repeated call of one attempt is not. */
    private Optional<String> keyOfRun() {
        return Optional.ofNullable(environment.get("GITHUB_RUN_ID"))
                .map(run -> String.join(
                                "-",
                                run,
                                environment.getOrDefault("GITHUB_RUN_ATTEMPT", "1"),
                                environment.getOrDefault("GITHUB_JOB", "job"),
                                name.value() + start().map(start -> "-" + start).orElse(""))
                        .replaceAll("[^!-~]", "-"));
    }

    private JsonNode awaitReady(ApiConnection api, JsonNode asked) {
        Instant now = clock.instant();
        Instant end = Timestamps.later(now, start().orElse(now)).plus(timeout.length());
        JsonNode request = asked;
        String before = "";
        while (!isReady(request)) {
            String state = AnswerText.of(request);
            if (!state.equals(before)) {
                tell(state);
                before = state;
            }
            requireHope(request, end);
            request = api.get("/v1/requests/" + request.path("id").asText()).body();
        }
        return request;
    }

    private void requireHope(JsonNode request, Instant end) {
        String state = request.path("state").asText();
        if (!List.of("open", "waiting", "approved").contains(state)) {
            throw ApiFailed.notReady(
                    "The request is " + state + ", so there is no access. Its message in Slack says more.", request);
        }
        if (clock.instant().isAfter(end)) {
            throw ApiFailed.notReady(
                    "It was not ready within " + timeout + " and is still " + state + ". bastion status " + name
                            + " shows it; bastion end ends it.",
                    request);
        }
        try {
            pause.take();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ApiFailed.notReady("The wait was interrupted; the request is still " + state + ".", request);
        }
    }

    private static boolean isReady(JsonNode request) {
        return request.path("state").asText().equals("open")
                && request.at("/grant/bastion/state").asText().equals(READY);
    }
}
