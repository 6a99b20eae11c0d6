package dev.bastion.sandbox.slack.model;

/**
 * The tokens of the workspace's one app.
 *
 * @param app app-level token, {@code xapp-…}: for {@code apps.connections.open} alone
 * @param bot bot token, {@code xoxb-…}: for every other method
 */
public record SlackTokens(String app, String bot) {
    public SlackTokens {
        if (!app.startsWith("xapp-") || !bot.startsWith("xoxb-")) {
            throw new IllegalArgumentException("an app token starts with xapp-, a bot token with xoxb-");
        }
    }

    public static SlackTokens usual() {
        return new SlackTokens("xapp-1-A0BASTION-sandbox", "xoxb-sandbox-bastion");
    }

    @Override
    public String toString() {
        return "SlackTokens[Secret]";
    }
}
