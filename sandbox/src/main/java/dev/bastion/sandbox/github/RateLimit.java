package dev.bastion.sandbox.github;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** {@code /rate_limit}: an allowance nobody uses up. */
final class RateLimit implements Resource {
    private static final int LIMIT = 5000;

    @Override
    public void mount(RoutesConfig routes, String root) {
        routes.get(root + "/rate_limit", request -> {
            Map<String, Object> core = Map.of("limit", LIMIT, "remaining", LIMIT, "used", 0, "reset", reset());
            Answer.send(
                    request,
                    200,
                    Map.of("resources", Map.of("core", core, "search", core, "graphql", core), "rate", core));
        });
    }

    static void headers(Context request) {
        request.header("X-RateLimit-Limit", String.valueOf(LIMIT));
        request.header("X-RateLimit-Remaining", String.valueOf(LIMIT));
        request.header("X-RateLimit-Reset", String.valueOf(reset()));
    }

    private static long reset() {
        return Instant.now()
                .truncatedTo(ChronoUnit.HOURS)
                .plus(1, ChronoUnit.HOURS)
                .getEpochSecond();
    }
}
