/**
 * The whole sandbox on one port: Slack, GitHub and CI mounted side by side, the AWS emulator beside them, a ledger made from the
 * checkout, and the real service as a child process that learns all addresses from its configuration alone. Knows the service's
 * command line, its configuration keys and the layout of {@code environments/}; none of its classes. A smaller sandbox without
 * CI serves rehearsals.
 */
@NullMarked
package dev.bastion.sandbox.world;

import org.jspecify.annotations.NullMarked;
