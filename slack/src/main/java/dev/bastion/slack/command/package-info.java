/**
 * What people type and click, parsed and answered. Knows messages and the use cases; must not hold a rule of the policy.
 */
@NullMarked
package dev.bastion.slack.command;

import org.jspecify.annotations.NullMarked;
