/**
 * The conversation in Slack. The only place that knows Bolt and Slack's API.
 */
@NullMarked
package dev.bastion.slack;

import org.jspecify.annotations.NullMarked;
