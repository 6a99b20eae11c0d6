package dev.bastion.sandbox.github;

import static dev.bastion.sandbox.github.TestForge.BOT;
import static dev.bastion.sandbox.github.TestForge.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RateLimitTest {
    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-15T10:30:00Z"));
    private TestForge forge;

    @BeforeEach
    void start() throws Exception {
        forge = new TestForge(folder, now::get);
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    @Test
    void eachCallerHasAnAllowanceWhichComesBackWithTheHour() {
        assertThat(remaining(forge.get(BOT, ""))).isEqualTo(4999);
        assertThat(remaining(forge.get(BOT, ""))).isEqualTo(4998);
        assertThat(remaining(forge.get(JANE, ""))).isEqualTo(4999);
        now.set(now.get().plus(Duration.ofHours(1)));
        assertThat(remaining(forge.get(BOT, ""))).isEqualTo(4999);
    }

    @Test
    void whatWasNotModifiedIsFree() {
        HttpResponse<String> first = forge.get(BOT, "/pulls");
        HttpResponse<String> again = forge.send(HttpRequest.newBuilder(
                        URI.create(forge.server.api() + "/repos/acme/environments/pulls"))
                .header("Authorization", "Bearer " + BOT.token())
                .header("If-None-Match", first.headers().firstValue("ETag").orElseThrow())
                .build());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(remaining(again)).isEqualTo(remaining(first));
    }

    @Test
    void nothingRemainsUntilItIsReset() {
        Instant reset = now.get().plusSeconds(90);
        forge.github().faults().exhaustAllowance(reset);
        HttpResponse<String> refused = forge.get(BOT, "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("API rate limit exceeded");
        assertThat(remaining(refused)).isZero();
        assertThat(refused.headers().firstValueAsLong("X-RateLimit-Reset").orElseThrow())
                .isEqualTo(reset.getEpochSecond());
        assertThat(refused.headers().firstValue("Date")).contains("Thu, 15 Jan 2026 10:30:00 GMT");
        now.set(reset);
        assertThat(forge.get(BOT, "").statusCode()).isEqualTo(200);
    }

    @Test
    void aSecondaryLimitSaysHowLongToWaitOrDoesNot() {
        forge.github().faults().secondaryLimit(429, Optional.of(Duration.ofSeconds(30)), 1);
        HttpResponse<String> refused = forge.get(BOT, "");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("30");
        assertThat(refused.body()).contains("You have exceeded a secondary rate limit");

        forge.github().faults().secondaryLimit(403, Optional.empty(), 1);
        HttpResponse<String> silent = forge.get(BOT, "");
        assertThat(silent.statusCode()).isEqualTo(403);
        assertThat(silent.headers().firstValue("Retry-After")).isEmpty();
        assertThat(forge.get(BOT, "").statusCode()).isEqualTo(200);
    }

    private static long remaining(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("X-RateLimit-Remaining").orElseThrow();
    }
}
