/**
 * Socket Mode: connection, envelopes, acknowledgement, deduplication. Must not know what a command means.
 */
@NullMarked
package dev.bastion.slack.socket;

import org.jspecify.annotations.NullMarked;
