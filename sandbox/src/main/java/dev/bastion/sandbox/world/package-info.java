/**
 * The whole world on one port: Slack, forge and CI mounted side by side, the AWS emulator beside them, a ledger seeded from
 * the checkout, and the real service as a child process that is told of all this by nothing but its configuration. Knows
 * the service's command line, its configuration keys and the layout of {@code environments/}; none of its classes. A smaller
 * one, in which nothing is applied, is for rehearsals.
 */
@NullMarked
package dev.bastion.sandbox.world;

import org.jspecify.annotations.NullMarked;
