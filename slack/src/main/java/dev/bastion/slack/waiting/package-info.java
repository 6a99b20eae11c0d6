/**
 * The people who wait for an environment that another has. Their private messages are the only memory of it. Knows the ledger
 * and Slack's messages; must not know the commands.
 */
@NullMarked
package dev.bastion.slack.waiting;

import org.jspecify.annotations.NullMarked;
