/**
 * The systems that keep external audiences: GitHub's teams, Slack's user groups and PagerDuty's schedules, and their check. Knows
 * the clients of the three; must not know who decides with the answers.
 */
@NullMarked
package dev.bastion.app.audience;

import org.jspecify.annotations.NullMarked;
