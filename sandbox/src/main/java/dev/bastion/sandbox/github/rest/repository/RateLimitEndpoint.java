package dev.bastion.sandbox.github.rest.repository;

import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rest.RateLimits;
import dev.bastion.sandbox.github.rest.RestApi;
import io.javalin.config.RoutesConfig;
import java.util.Map;

/** The endpoint {@code /rate_limit}: the caller's remaining requests. It is not counted itself. */
public final class RateLimitEndpoint implements Endpoints {
    private final RateLimits limits;

    public RateLimitEndpoint(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        routes.get(root + "/rate_limit", request -> {
            Map<String, Object> core = limits.of(RestApi.caller(request)).json();
            JsonExchange.send(
                    request,
                    200,
                    Map.of("resources", Map.of("core", core, "search", core, "graphql", core), "rate", core));
        });
    }
}
