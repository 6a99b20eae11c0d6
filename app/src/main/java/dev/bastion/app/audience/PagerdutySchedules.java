package dev.bastion.app.audience;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bastion.access.audience.AudienceListing;
import dev.bastion.access.audience.AudienceListing.Member;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.app.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who is on call by PagerDuty's schedules. Read alone: it needs a read-only API key.
 *
 * @see <a href="https://developer.pagerduty.com/api-reference/3a6b910f11050-list-all-of-the-on-calls">List all of the
 *     on-calls</a>
 */
final class PagerdutySchedules implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** An answer holds for a minute, in which a shift may begin or end. */
    private static final Duration AHEAD = Duration.ofMinutes(2);

    private static final int PAGE = 100;
    private static final int MOST_PAGES = 10;
    private static final int MOST_BYTES = 2 * 1024 * 1024;
    private static final JsonMapper JSON = new JsonMapper();

    private final Settings.Pagerduty settings;
    private final InstantSource clock;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(LONGEST_WAIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    PagerdutySchedules(Settings.Pagerduty settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    AudienceListing list(ExternalAudience schedule) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<Member> members = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode answer = ask(schedule, address(schedule.id(), now, page * PAGE));
            answer.path("oncalls").forEach(shift -> shift(schedule, shift).ifPresent(members::add));
            if (!answer.path("more").asBoolean()) {
                return new AudienceListing(now, members);
            }
        }
        throw later(schedule, "the list has no end", Optional.empty(), new IOException("too many pages"));
    }

    private URI address(String schedule, Instant now, int offset) {
        String query = "schedule_ids%5B%5D=" + encoded(schedule) + "&since=" + encoded(now.toString()) + "&until="
                + encoded(now.plus(AHEAD).toString()) + "&limit=" + PAGE + "&offset=" + offset;
        return URI.create(settings.apiUrl().toString().replaceAll("/+$", "") + "/oncalls?" + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode ask(ExternalAudience schedule, URI address) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LONGEST_WAIT)
                .header("Authorization", "Token token=" + settings.token().value())
                .header("Accept", "application/json")
                .GET()
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return answer(schedule, response, body.readNBytes(MOST_BYTES));
            }
        } catch (IOException e) {
            throw later(schedule, Objects.toString(e.getMessage(), e.toString()), Optional.empty(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw later(schedule, "the service stops", Optional.empty(), e);
        }
    }

    private static JsonNode answer(ExternalAudience schedule, HttpResponse<?> response, byte[] body)
            throws IOException {
        int status = response.statusCode();
        if (status == 200) {
            JsonNode answer = JSON.readTree(body);
            if (!answer.path("oncalls").isArray()) {
                throw new IOException("the answer has no list of on-calls");
            }
            return answer;
        }
        IOException cause = new IOException("status " + status);
        if (status == 429 || status >= 500) {
            throw later(schedule, "status " + status, retryAfter(response), cause);
        }
        throw AudienceSystems.refused(schedule, "status " + status, remedy(status, schedule), cause);
    }

    private static String remedy(int status, ExternalAudience schedule) {
        return status == 401 || status == 403
                ? "set pagerduty.token or pagerduty.token_file to a valid read-only API key"
                : "check that the schedule " + schedule.id() + " is there, and pagerduty.api_url";
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .or(() -> response.headers().firstValue("ratelimit-reset"))
                .filter(seconds -> seconds.matches("\\d{1,5}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /** One person's shift; empty for one of another schedule, and for one whose times cannot be read. */
    private static Optional<Member> shift(ExternalAudience schedule, JsonNode shift) {
        String user = shift.at("/user/id").asText("");
        if (user.isEmpty() || !shift.at("/schedule/id").asText("").equals(schedule.id())) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Member(user, moment(shift.path("start"), Instant.MIN), moment(shift.path("end"), Instant.MAX)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Instant moment(JsonNode text, Instant otherwise) {
        return text.isTextual() ? OffsetDateTime.parse(text.asText()).toInstant() : otherwise;
    }

    private static ObservationFailed later(
            ExternalAudience schedule, String answered, Optional<Duration> pause, Throwable cause) {
        return new ObservationFailed(
                new Fault.Later(ExternalSystem.PAGERDUTY, AudienceSystems.attempted(schedule), answered, pause), cause);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
