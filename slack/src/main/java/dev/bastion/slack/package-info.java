/**
 * The conversation in Slack, wired together. This module is the only one that knows Bolt and Slack's API.
 */
@NullMarked
package dev.bastion.slack;

import org.jspecify.annotations.NullMarked;
