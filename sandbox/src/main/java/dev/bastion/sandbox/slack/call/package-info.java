/**
 * Calls of the Web API: arguments, rate limits, and the transcript of all that happened. Knows no method.
 */
@NullMarked
package dev.bastion.sandbox.slack.call;

import org.jspecify.annotations.NullMarked;
