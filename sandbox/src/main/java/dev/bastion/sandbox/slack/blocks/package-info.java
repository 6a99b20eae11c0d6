/**
 * Block Kit: finding elements, and validating blocks and views as Slack does, with its error texts; and mrkdwn. Knows only
 * JSON.
 */
@NullMarked
package dev.bastion.sandbox.slack.blocks;

import org.jspecify.annotations.NullMarked;
