package dev.bastion.sandbox.slack;

import dev.bastion.sandbox.slack.model.AppManifest;
import dev.bastion.sandbox.slack.model.SlackTiming;
import io.javalin.Javalin;
import jakarta.servlet.Servlet;
import java.nio.file.Path;

/**
 * A Slack on a port of its own, for tests. {@code ./bastion sandbox} mounts {@link SlackRoutes} beside its other parts. */
public final class SlackServer implements AutoCloseable {
    private final SlackWorkspace workspace;
    private final Javalin server;

    private SlackServer(SlackWorkspace workspace, Javalin server) {
        this.workspace = workspace;
        this.server = server;
    }

    /** The usual people, Slack's own timing and limits, every scope, a free port. */
    public static SlackServer start() {
        return start(SlackWorkspace.seeded(SlackTiming.real()), 0);
    }

    /**
     * The same with the scopes of an app that was made from a manifest.
     *
     * @param manifest in YAML
     */
    public static SlackServer start(Path manifest) {
        return start(SlackWorkspace.seeded(SlackTiming.real(), AppManifest.read(manifest)), 0);
    }

    /** {@code port} 0: a free one. */
    public static SlackServer start(SlackWorkspace workspace, int port) {
        SlackRoutes routes = new SlackRoutes(workspace);
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            routes.mount(config.routes);
        });
        return new SlackServer(workspace, server.start("127.0.0.1", port));
    }

    public SlackWorkspace workspace() {
        return workspace;
    }

    public int port() {
        return server.port();
    }

    /** What a client is to be configured with; ends with a slash. */
    public String apiUrl() {
        return "http://127.0.0.1:" + server.port() + "/slack/api/";
    }

    /** What answers the Web API, for callers in this process. */
    public Servlet servlet() {
        return server.javalinServlet();
    }

    /** Stops answering; messages stay readable. */
    @Override
    public void close() {
        workspace.close();
        server.stop();
    }
}
