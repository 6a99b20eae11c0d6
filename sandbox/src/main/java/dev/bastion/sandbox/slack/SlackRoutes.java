package dev.bastion.sandbox.slack;

import dev.bastion.sandbox.slack.api.ResponseUrlHandler;
import dev.bastion.sandbox.slack.api.WebApi;
import dev.bastion.sandbox.slack.workspace.WorkspaceState;
import io.javalin.config.RoutesConfig;
import io.javalin.http.NotFoundResponse;
import io.javalin.websocket.WsContext;

/**
 * The HTTP and WebSocket routes of a workspace: {@code /slack/api/<method>},
 * {@code /slack/socket/<ticket>} (WebSocket), {@code /slack/response/<token>}.
 */
public final class SlackRoutes {
    private final WorkspaceState workspace;
    private final WebApi api;
    private final ResponseUrlHandler responses;

    public SlackRoutes(SlackWorkspace workspace) {
        this.workspace = workspace.parts();
        this.api = new WebApi(this.workspace);
        this.responses = new ResponseUrlHandler(this.workspace);
    }

    /** To be called while the server is configured: {@code Javalin.create(config -> slack.mount(config.routes))}. */
    public void mount(RoutesConfig routes) {
        routes.post("/slack/api/{method}", api::handle);
        routes.get("/slack/api/{method}", api::handle);
        routes.post("/slack/response/{token}", responses::handle);
        routes.wsBeforeUpgrade("/slack/socket/{ticket}", context -> {
            if (!workspace.connections().redeem(context.pathParam("ticket"))) {
                throw new NotFoundResponse("unknown ticket; call apps.connections.open for a new url");
            }
        });
        routes.ws("/slack/socket/{ticket}", socket -> {
            socket.onConnect(this::opened);
            socket.onMessage(context -> workspace.socketMode().received(context.message()));
            socket.onClose(this::closed);
            socket.onError(this::closed);
        });
    }

    private void opened(WsContext socket) {
        workspace.connections().add(socket);
        workspace.feed().changed();
    }

    private void closed(WsContext socket) {
        workspace.connections().remove(socket);
        workspace.feed().changed();
    }
}
