/**
 * The command line: what CI runs ({@code plan}, {@code apply}), policy checks, and {@code serve}. Knows
 * {@code app} and {@code apply}; must not hold a rule or a decision.
 */
@NullMarked
package dev.bastion.cli;

import org.jspecify.annotations.NullMarked;
