/**
 * The module {@code bastion} on the AWS emulator, with Terraform's calls to AWS counted. Knows Terraform's log and state; nothing of
 * the service.
 */
@NullMarked
package dev.bastion.benchmarks.terraform;

import org.jspecify.annotations.NullMarked;
