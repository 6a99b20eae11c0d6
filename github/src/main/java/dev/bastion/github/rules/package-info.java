/**
 * Rulesets, branch protection and permissions that would refuse the service's work. Knows {@code github.client}; changes nothing.
 */
@NullMarked
package dev.bastion.github.rules;

import org.jspecify.annotations.NullMarked;
