/**
 * Faults that tests and the page switch on. Knows nothing else of Slack.
 */
@NullMarked
package dev.bastion.sandbox.slack.fault;

import org.jspecify.annotations.NullMarked;
