package dev.bastion.slack.notify;

import dev.bastion.access.port.AlarmKind;

/**
 * An alarm for the channel that concerns no grant in particular.
 *
 * @param cause what distinguishes it from others of its kind, the same in every process; empty where there is one at a time
 * @param text plain text, which may be hostile
 */
public record ChannelAlarm(AlarmKind kind, String cause, String text) {}
