/** The rules. Decides from its arguments alone; must not know ports, use cases, a clock or how the policy is stored. */
@NullMarked
package dev.bastion.access.policy;

import org.jspecify.annotations.NullMarked;
