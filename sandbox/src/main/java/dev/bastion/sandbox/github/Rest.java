package dev.bastion.sandbox.github;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The REST interface: who comes in, what is wrong today, and the resources. */
final class Rest {
    static final String ROOT = "/api/v3";
    private static final String CALLER = "bastion.caller";

    private static final String APP = "bastion.app";

    private final Identities identities;
    private final AppTokens apps;
    private final Faults faults;
    private final Limits limits;
    private final List<Resource> resources;

    Rest(Identities identities, AppTokens apps, Faults faults, Limits limits, List<Resource> resources) {
        this.identities = identities;
        this.apps = apps;
        this.faults = faults;
        this.limits = limits;
        this.resources = List.copyOf(resources);
    }

    void mount(RoutesConfig routes) {
        routes.before(ROOT + "/*", this::enter);
        routes.after(ROOT + "/*", this::leave);
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

    /** Whether it asks with the token of an installation: then it is nobody's account. */
    static boolean isInstallation(Context request) {
        return Identities.isOfInstallation(Accounts.token(request.header("Authorization")));
    }

    /** The app that asks for itself, not for its installation. */
    static App app(Context request) {
        App app = request.attribute(APP);
        if (app == null) {
            throw new Problem(401, "A JSON web token could not be decoded");
        }
        return app;
    }

    private void enter(Context request) {
        Pause.of(faults.delay());
        if (faults.isDown()) {
            throw new Problem(503, "No server is currently available to service your request.");
        }
        if (faults.takeFailure()) {
            throw new Problem(502, "Server Error");
        }
        request.header(
                "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(limits.now().atOffset(ZoneOffset.UTC)));
        request.header("X-GitHub-Media-Type", "github.v3; format=json");
        String authorization = request.header("Authorization");
        String token = Accounts.token(authorization);
        if (AppTokens.isJwt(token) && isForApps(request.path())) {
            request.attribute(APP, apps.proven(token));
            return;
        }
        Account caller = identities.proven(authorization).orElseThrow(() -> new Problem(401, "Bad credentials"));
        request.attribute(CALLER, caller);
        if (!request.path().equals(ROOT + "/rate_limit")) {
            limits.admit(request, caller);
        }
    }

    private static boolean isForApps(String path) {
        return path.equals(ROOT + "/app") || path.startsWith(ROOT + "/app/") || path.endsWith("/installation");
    }

    private void leave(Context request) {
        Account caller = request.attribute(CALLER);
        if (caller != null) {
            limits.count(request, caller);
        }
    }
}
