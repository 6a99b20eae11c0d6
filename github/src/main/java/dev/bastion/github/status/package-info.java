/**
 * Commit statuses: CI's reports, and the statuses that the service and the command line post. Knows {@code github.client}.
 */
@NullMarked
package dev.bastion.github.status;

import org.jspecify.annotations.NullMarked;
