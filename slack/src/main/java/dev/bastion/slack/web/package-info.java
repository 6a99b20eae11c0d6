/**
 * Slack's Web API: client, rate limits, failures, Block Kit and message metadata. Must not know grants' stages in words.
 */
@NullMarked
package dev.bastion.slack.web;

import org.jspecify.annotations.NullMarked;
