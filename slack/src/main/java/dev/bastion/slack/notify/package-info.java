/**
 * Messages that change by themselves: posted once, edited in place, retried. Knows messages and the Slack client; must not
 * know commands.
 */
@NullMarked
package dev.bastion.slack.notify;

import org.jspecify.annotations.NullMarked;
