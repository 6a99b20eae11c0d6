package dev.bastion.sandbox.slack.fault;

import dev.bastion.sandbox.fault.LastingFault;

/** A fault of Slack that lasts until it is switched off. */
public enum SlackFault implements LastingFault {
    DOWN("Slack is down", "Each Web API call answers 503; open connections stay."),
    SLOW("Slack is slow", "Each Web API call takes 3 seconds."),
    RATE_LIMITED("Rate limited", "Each Web API call answers 429 and asks the client to wait for 30 seconds."),
    TOKEN_REVOKED("Bot token revoked", "Each call with the bot token answers token_revoked."),
    NO_CONNECTIONS("No new connections", "apps.connections.open answers internal_error; open connections stay."),
    TRIPLE("Deliveries repeat", "Slack delivers each command, click and event 3 times.");

    private final String title;
    private final String effect;

    SlackFault(String title, String effect) {
        this.title = title;
        this.effect = effect;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String effect() {
        return effect;
    }
}
