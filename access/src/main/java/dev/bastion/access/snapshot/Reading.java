package dev.bastion.access.snapshot;

import java.time.Instant;

/**
 * A value and when it was read.
 *
 * @param at when the read began; for one answer of an {@link AnswersPart} when it was first given
 */
public record Reading<T>(T value, Instant at) {}
