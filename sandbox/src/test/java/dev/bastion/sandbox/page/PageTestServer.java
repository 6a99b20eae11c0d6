package dev.bastion.sandbox.page;

import static org.awaitility.Awaitility.await;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.socket_mode.SocketModeApp;
import com.slack.api.socket_mode.SocketModeClient;
import dev.bastion.sandbox.slack.SlackRoutes;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.model.SlackTiming;
import io.javalin.Javalin;

/** The page, a Slack and a small app, on one port. */
final class PageTestServer implements AutoCloseable {
    final SlackWorkspace slack = SlackWorkspace.seeded(SlackTiming.real());
    final PageTestSource source = new PageTestSource();
    private final Page page = new Page(slack, source);
    private final Javalin server = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                new SlackRoutes(slack).mount(config.routes);
                page.mount(config.routes);
            })
            .start("127.0.0.1", 0);
    private final SocketModeApp app = connect();

    String url() {
        return "http://127.0.0.1:" + server.port() + "/";
    }

    private SocketModeApp connect() {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(url() + "slack/api/");
        App bolt = new App(AppConfig.builder()
                .slack(Slack.getInstance(config))
                .singleTeamBotToken(slack.tokens().bot())
                .build());
        PageTestApp.handlers(bolt);
        try {
            SocketModeApp socket = new SocketModeApp(slack.tokens().app(), bolt, SocketModeClient.Backend.Tyrus, 10);
            socket.startAsync();
            await().until(() -> slack.connections() > 0);
            return socket;
        } catch (Exception e) {
            throw new IllegalStateException("the small app cannot connect", e);
        }
    }

    @Override
    public void close() {
        try {
            app.close();
        } catch (Exception e) {
            throw new IllegalStateException("the small app cannot be closed", e);
        }
        page.close();
        slack.close();
        server.stop();
    }
}
