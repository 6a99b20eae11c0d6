package dev.bastion.sandbox.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** What a message said from {@code at} on; {@code ts} is that moment in Slack's form. */
public record MessageVersion(Instant at, String ts, String text, ArrayNode blocks, ObjectNode metadata) {}
