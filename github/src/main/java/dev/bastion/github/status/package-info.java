/**
 * Commit statuses: what CI reported, and what the service and the command line report. Knows {@code github.client}.
 */
@NullMarked
package dev.bastion.github.status;

import org.jspecify.annotations.NullMarked;
