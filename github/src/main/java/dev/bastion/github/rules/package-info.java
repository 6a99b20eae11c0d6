/**
 * What GitHub's rulesets and branch protection would refuse the service. Knows {@code github.client}; changes nothing.
 */
@NullMarked
package dev.bastion.github.rules;

import org.jspecify.annotations.NullMarked;
