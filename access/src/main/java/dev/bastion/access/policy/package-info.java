/**
 * The rules, and the only place where a rule stands. Decides from its arguments alone; must not know the ports, the use
 * cases, a clock or where the policy is stored.
 */
@NullMarked
package dev.bastion.access.policy;

import org.jspecify.annotations.NullMarked;
