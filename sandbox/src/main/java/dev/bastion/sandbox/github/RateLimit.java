package dev.bastion.sandbox.github;

import io.javalin.config.RoutesConfig;
import java.util.Map;

/** {@code /rate_limit}: what is left of a caller's allowance; asking costs nothing. */
final class RateLimit implements Resource {
    private final Limits limits;

    RateLimit(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        routes.get(root + "/rate_limit", request -> {
            Map<String, Object> core = limits.of(Rest.caller(request)).json();
            Answer.send(
                    request,
                    200,
                    Map.of("resources", Map.of("core", core, "search", core, "graphql", core), "rate", core));
        });
    }
}
