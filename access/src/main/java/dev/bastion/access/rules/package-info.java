/**
 * The rules as the policy files state them: numbers, people and groups, by environment. Knows the values of grants; must
 * not decide.
 */
@NullMarked
package dev.bastion.access.rules;

import org.jspecify.annotations.NullMarked;
