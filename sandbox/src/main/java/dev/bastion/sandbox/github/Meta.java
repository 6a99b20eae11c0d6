package dev.bastion.sandbox.github;

import io.javalin.config.RoutesConfig;
import java.util.Map;

/** {@code /meta}, and {@code /user}: what clients ask to see whether they are welcome. */
final class Meta implements Resource {
    private final Shapes shapes;

    Meta(Shapes shapes) {
        this.shapes = shapes;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        routes.get(
                root + "/meta",
                request -> Answer.send(request, 200, Map.of("verifiable_password_authentication", false)));
        routes.get(root, request -> Answer.send(request, 200, Map.of("rate_limit_url", shapes.api("/rate_limit"))));
        routes.get(root + "/user", request -> Answer.send(request, 200, shapes.account(Rest.caller(request))));
    }
}
