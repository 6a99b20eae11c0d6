package dev.bastion.slack.socket;

/** An event in the life of a Socket Mode connection. */
enum ConnectionEvent {
    /** Slack will close this connection soon, and the next one is to be opened first. */
    REFRESH,
    /** A connection was closed; not necessarily the one in use. */
    CLOSED,
    /** The service stops. */
    STOP
}
