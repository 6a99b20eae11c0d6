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
    private final boolean isListening;

    private SlackServer(SlackWorkspace workspace, Javalin server, boolean isListening) {
        this.workspace = workspace;
        this.server = server;
        this.isListening = isListening;
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
        return new SlackServer(workspace, server(workspace).start("127.0.0.1", port), true);
    }

    /** The same without a socket: {@link #servlet} answers the Web API. */
    public static SlackServer withoutSocket(SlackWorkspace workspace) {
        return new SlackServer(workspace, server(workspace), false);
    }

    private static Javalin server(SlackWorkspace workspace) {
        SlackRoutes routes = new SlackRoutes(workspace);
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            routes.mount(config.routes);
        });
    }

    public SlackWorkspace workspace() {
        return workspace;
    }

    /** The port that it listens on; 80 without a socket. */
    public int port() {
        return isListening ? server.port() : 80;
    }

    /** What a client is to be configured with; ends with a slash. */
    public String apiUrl() {
        return "http://127.0.0.1:" + port() + "/slack/api/";
    }

    /** What answers the Web API, for callers in this process. */
    public Servlet servlet() {
        return server.javalinServlet();
    }

    /** Stops answering; messages stay readable. */
    @Override
    public void close() {
        workspace.close();
        if (isListening) {
            server.stop();
        }
    }
}
