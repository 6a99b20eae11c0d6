/**
 * App Home: the page that Slack shows to one person alone. Knows the messages and the status report; holds no rule of the
 * policy, and only remembers who opened it within the last hour.
 */
@NullMarked
package dev.bastion.slack.home;

import org.jspecify.annotations.NullMarked;
