/** The sandbox's Slack, tried with Slack's own SDK as an honest client. */
@NullMarked
package dev.bastion.sandbox.slack;

import org.jspecify.annotations.NullMarked;
