package dev.bastion.benchmarks.subject;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.socket_mode.SocketModeApp;
import com.slack.api.socket_mode.SocketModeClient;

/**
 * The alternative to the service: Bolt's app and Socket Mode as its documentation shows, with a handler that only
 * acknowledges.
 */
public final class BoltAckOnly {
    private BoltAckOnly() {}

    public static void main(String[] arguments) throws Exception {
        SlackConfig slack = new SlackConfig();
        slack.setMethodsEndpointUrlPrefix(System.getenv("BASTION_SLACK_API_URL"));
        App app = new App(AppConfig.builder()
                .slack(Slack.getInstance(slack))
                .singleTeamBotToken(System.getenv("BASTION_SLACK_BOT_TOKEN"))
                .build());
        app.command("/bastion", (_, context) -> context.ack());
        new SocketModeApp(System.getenv("BASTION_SLACK_APP_TOKEN"), SocketModeClient.Backend.Tyrus, app).start();
    }
}
