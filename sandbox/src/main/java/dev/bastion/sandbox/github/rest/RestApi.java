package dev.bastion.sandbox.github.rest;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Accounts;
import dev.bastion.sandbox.github.account.AppTokenVerifier;
import dev.bastion.sandbox.github.account.GitHubApp;
import dev.bastion.sandbox.github.account.InstallationTokens;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import dev.bastion.sandbox.github.fault.ResponseDelay;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The REST API: authenticates each request, applies faults and rate limits, and passes it to its endpoints. */
public final class RestApi {
    public static final String ROOT = "/api/v3";
    private static final String CALLER = "bastion.caller";

    private static final String APP = "bastion.app";

    private final InstallationTokens identities;
    private final AppTokenVerifier apps;
    private final GitHubFaults faults;
    private final RestFaults refusals;
    private final RateLimits limits;
    private final List<Endpoints> resources;
    private final List<Consumer<RestExchange>> listeners = new CopyOnWriteArrayList<>();

    public RestApi(
            InstallationTokens identities,
            AppTokenVerifier apps,
            GitHubFaults faults,
            ApiJson apiJson,
            RateLimits limits,
            List<Endpoints> resources) {
        this.identities = identities;
        this.apps = apps;
        this.faults = faults;
        this.refusals = new RestFaults(faults, apiJson);
        this.limits = limits;
        this.resources = List.copyOf(resources);
    }

    public void mount(RoutesConfig routes) {
        routes.before(ROOT + "/*", this::enter);
        routes.after(ROOT + "/*", this::leave);
        routes.exception(
                GitHubException.class,
                (problem, request) -> JsonExchange.send(request, problem.status(), problem.body()));
        resources.forEach(resource -> resource.mount(routes, ROOT));
    }

    /** Who asks. */
    public static Account caller(Context request) {
        Account caller = request.attribute(CALLER);
        if (caller == null) {
            throw new GitHubException(401, "Requires authentication");
        }
        return caller;
    }

    /** Whether the request carries an installation token, which has no user. */
    public static boolean isInstallation(Context request) {
        return InstallationTokens.isInstallationToken(Accounts.token(request.header("Authorization")));
    }

    /** The app that asks for itself, not for its installation. */
    public static GitHubApp app(Context request) {
        GitHubApp app = request.attribute(APP);
        if (app == null) {
            throw new GitHubException(401, "A JSON web token could not be decoded");
        }
        return app;
    }

    private void enter(Context request) {
        ResponseDelay.of(faults.delay());
        if (faults.isRestDown()) {
            throw new GitHubException(503, "No server is currently available to service your request.");
        }
        if (faults.takeFailure()) {
            throw new GitHubException(502, "Server Error");
        }
        request.header(
                "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(limits.now().atOffset(ZoneOffset.UTC)));
        request.header("X-GitHub-Media-Type", "github.v3; format=json");
        String authorization = request.header("Authorization");
        String token = Accounts.token(authorization);
        if (AppTokenVerifier.isJwt(token) && isForApps(request.path())) {
            refusals.checkKey(request);
            request.attribute(APP, apps.authenticate(token));
            return;
        }
        Account caller =
                identities.authenticate(authorization).orElseThrow(() -> new GitHubException(401, "Bad credentials"));
        request.attribute(CALLER, caller);
        Optional<Permissions> permissions = identities.permissions(authorization);
        if (identities.isOfApp(authorization)) {
            refusals.checkInstallation();
        }
        refusals.checkRepository(request, permissions.isPresent());
        permissions.ifPresent(own -> requireAllowed(request, own));
        if (!request.path().equals(ROOT + "/rate_limit")) {
            limits.admit(request, caller);
        }
    }

    /** An app may do what its permissions allow. The header says on every answer which ones GitHub accepts. */
    private static void requireAllowed(Context request, Permissions permissions) {
        String path = request.path().substring(ROOT.length()).replaceFirst("/$", "");
        RoutePermissions.Route route =
                RoutePermissions.of(request.method().name(), path).orElseThrow(() -> GitHubException.notAccessible(""));
        if (!route.accepted().isEmpty()) {
            request.header("X-Accepted-GitHub-Permissions", route.accepted());
        }
        if (!permissions.includeAny(route.sets())) {
            throw GitHubException.notAccessible(route.page());
        }
    }

    private static boolean isForApps(String path) {
        return path.equals(ROOT + "/app") || path.startsWith(ROOT + "/app/") || path.endsWith("/installation");
    }

    /** Adds a listener that any thread calls with each exchange. It must not block. */
    public void onExchange(Consumer<RestExchange> listener) {
        listeners.add(listener);
    }

    private void leave(Context request) {
        Account caller = request.attribute(CALLER);
        if (caller != null) {
            limits.count(request, caller);
        }
        if (!listeners.isEmpty()) {
            RestExchange exchange = exchange(request);
            listeners.forEach(listener -> listener.accept(exchange));
        }
    }

    private static RestExchange exchange(Context request) {
        return new RestExchange(
                request.method().name(),
                request.req().getRequestURI().substring(ROOT.length()),
                Optional.ofNullable(request.queryString()).orElse(""),
                request.body(),
                request.statusCode(),
                Optional.ofNullable(request.result()).orElse(""));
    }
}
