package dev.bastion.access.rules;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * The pattern that a reason must contain. Foreign text is matched against it, so an implementation uses an engine whose time
 * grows with the length of the text alone.
 *
 * @param pattern as the policy has it
 * @param help what the policy says about it; empty for the pattern itself
 * @param occursIn whether a reason contains it
 */
public record ReasonPattern(String pattern, Optional<String> help, Predicate<String> occursIn) {}
