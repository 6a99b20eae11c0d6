package dev.bastion.sandbox.slack.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** A version of a message, shown from {@code at} on; {@code ts} is the same moment in Slack's format. */
public record MessageVersion(Instant at, String ts, String text, ArrayNode blocks, ObjectNode metadata) {}
