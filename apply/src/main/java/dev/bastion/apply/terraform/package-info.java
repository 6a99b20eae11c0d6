/**
 * Running Terraform as a child process: command lines, environment, working directory, events, locks, shutdown. Must not
 * know what is applied.
 */
@NullMarked
package dev.bastion.apply.terraform;

import org.jspecify.annotations.NullMarked;
