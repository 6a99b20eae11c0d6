package dev.bastion.sandbox.github;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** {@code /meta}, {@code /user} and {@code /users/{login}}: what clients ask to see whether they are welcome, and who is who. */
final class Meta implements Resource {
    private final Shapes shapes;

    private final Accounts accounts;

    Meta(Shapes shapes, Accounts accounts) {
        this.accounts = accounts;
        this.shapes = shapes;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        routes.get(
                root + "/meta",
                request -> Answer.send(request, 200, Map.of("verifiable_password_authentication", false)));
        routes.get(root, request -> Answer.send(request, 200, Map.of("rate_limit_url", shapes.api("/rate_limit"))));
        routes.get(
                root + "/users/{login}",
                request -> Answer.send(
                        request,
                        200,
                        shapes.account(
                                accounts.named(request.pathParam("login")).orElseThrow(Problem::notFound))));
        routes.get(
                root + "/repos/{owner}/{name}/collaborators/{login}/permission",
                request -> Answer.send(request, 200, permission(request.pathParam("login"))));
        routes.get(root + "/user", this::user);
    }

    private void user(Context request) {
        if (Rest.isInstallation(request)) {
            throw new Problem(403, "Resource not accessible by integration");
        }
        Answer.send(request, 200, shapes.account(Rest.caller(request)));
    }

    /** Whoever has an account here may write. */
    private Map<String, Object> permission(String login) {
        Account account = accounts.named(login).orElseThrow(Problem::notFound);
        return Map.of("permission", "write", "role_name", "write", "user", shapes.account(account));
    }
}
