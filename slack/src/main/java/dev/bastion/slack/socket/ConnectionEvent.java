package dev.bastion.slack.socket;

/** What happens to a Socket Mode connection. */
enum ConnectionEvent {
    /** Slack is about to close this connection and wants the next one opened first. */
    REFRESH,
    /** A connection was closed; not necessarily the one in use. */
    CLOSED,
    /** We are to stop. */
    STOP
}
