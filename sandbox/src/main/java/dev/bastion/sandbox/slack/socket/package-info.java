/**
 * Socket Mode: WebSocket connections, envelopes, acknowledgements and redeliveries. Knows nothing of what an envelope
 * contains.
 */
@NullMarked
package dev.bastion.sandbox.slack.socket;

import org.jspecify.annotations.NullMarked;
