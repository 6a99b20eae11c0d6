/**
 * How people write a request: durations and times anywhere around the reason, flags, and what is asked about because it could be
 * one of them. Pure; knows {@code access.grant}.
 */
@NullMarked
package dev.bastion.slack.grammar;

import org.jspecify.annotations.NullMarked;
