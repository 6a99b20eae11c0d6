package dev.bastion.sandbox.github;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** The REST interface: who comes in, what is wrong today, and the resources. */
final class Rest {
    static final String ROOT = "/api/v3";
    private static final String CALLER = "bastion.caller";

    private final Accounts accounts;
    private final Faults faults;
    private final List<Resource> resources;

    Rest(Accounts accounts, Faults faults, List<Resource> resources) {
        this.accounts = accounts;
        this.faults = faults;
        this.resources = List.copyOf(resources);
    }

    void mount(RoutesConfig routes) {
        routes.before(ROOT + "/*", this::enter);
        routes.exception(Problem.class, (problem, request) -> Answer.send(request, problem.status(), problem.body()));
        resources.forEach(resource -> resource.mount(routes, ROOT));
    }

    /** Who asks. */
    static Account caller(Context request) {
        Account caller = request.attribute(CALLER);
        if (caller == null) {
            throw new Problem(401, "Requires authentication");
        }
        return caller;
    }

    private void enter(Context request) {
        Pause.of(faults.delay());
        if (faults.isDown()) {
            throw new Problem(503, "No server is currently available to service your request.");
        }
        if (faults.takeFailure()) {
            throw new Problem(502, "Server Error");
        }
        Account caller =
                accounts.proven(request.header("Authorization")).orElseThrow(() -> new Problem(401, "Bad credentials"));
        request.attribute(CALLER, caller);
        request.header("X-GitHub-Media-Type", "github.v3; format=json");
        RateLimit.headers(request);
    }
}
