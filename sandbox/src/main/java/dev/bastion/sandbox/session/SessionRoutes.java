package dev.bastion.sandbox.session;

import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.NotFoundResponse;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The routes that the stand-in for session-manager-plugin calls: a session begins, is still open, has ended. */
public final class SessionRoutes {
    private final SessionPlugin plugin;

    public SessionRoutes(SessionPlugin plugin) {
        this.plugin = plugin;
    }

    public void mount(RoutesConfig routes) {
        String path = "/sandbox/sessions/{id}";
        routes.post(path, this::begin);
        routes.get(path, request -> {
            if (!plugin.isOpen(id(request))) {
                throw new NotFoundResponse("the session has ended");
            }
        });
        routes.delete(path, request -> plugin.close(id(request)));
    }

    private void begin(Context request) {
        try {
            InetSocketAddress database =
                    plugin.carried(id(request), parameter(request, "instance"), parameter(request, "port"));
            request.result(database.getAddress().getHostAddress() + " " + database.getPort());
        } catch (IllegalArgumentException refused) {
            throw new BadRequestResponse(String.valueOf(refused.getMessage()));
        }
    }

    /** A header of its own keeps the pages of other sites away. */
    private static String id(Context request) {
        if (request.header("X-Sandbox-Plugin") == null) {
            throw new ForbiddenResponse("only the stand-in for session-manager-plugin asks here");
        }
        return request.pathParam("id");
    }

    private static String parameter(Context request, String name) {
        return Optional.ofNullable(request.queryParam(name))
                .orElseThrow(() -> new BadRequestResponse("the parameter " + name + " is missing"));
    }
}
