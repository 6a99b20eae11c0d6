/**
 * The decisions that approvers make in Slack. Asks the policy and the rules of reviews; must not know Slack or git.
 */
@NullMarked
package dev.bastion.access.approval;

import org.jspecify.annotations.NullMarked;
