package dev.bastion.sandbox.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.socket_mode.SocketModeApp;
import com.slack.api.methods.MethodsClient;
import com.slack.api.socket_mode.SocketModeClient;
import dev.bastion.sandbox.slack.model.SlackTokens;
import java.io.IOException;
import java.util.function.Consumer;

/** An app as people write them: Bolt over Socket Mode, knowing nothing but tokens and a base URL. */
final class BoltClient implements AutoCloseable {
    private final App app;
    private final SocketModeApp socket;
    private final MethodsClient methods;

    private BoltClient(App app, SocketModeApp socket, MethodsClient methods) {
        this.app = app;
        this.socket = socket;
        this.methods = methods;
    }

    static MethodsClient methods(SlackServer server) {
        return slack(server).methods(server.workspace().tokens().bot());
    }

    private static Slack slack(SlackServer server) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(server.apiUrl());
        return Slack.getInstance(config);
    }

    static BoltClient connect(SlackServer server, Consumer<App> handlers) throws Exception {
        SlackTokens tokens = server.workspace().tokens();
        Slack slack = slack(server);
        App app = new App(AppConfig.builder()
                .slack(slack)
                .singleTeamBotToken(tokens.bot())
                .build());
        handlers.accept(app);
        SocketModeApp socket = new SocketModeApp(tokens.app(), app, SocketModeClient.Backend.Tyrus, 10);
        socket.startAsync();
        Await.until(() -> server.workspace().connections() > 0);
        return new BoltClient(app, socket, slack.methods(tokens.bot()));
    }

    MethodsClient methods() {
        return methods;
    }

    @Override
    public void close() throws IOException {
        try {
            socket.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
        app.stop();
    }
}
