/**
 * The simulated AWS: a process that answers AWS's protocols (moto with corrections; {@code emulator/moto_shim.py}), what an account
 * needs before its first bastion (state bucket, prerequisites by real Terraform), and a reader of the instances. Knows AWS by
 * HTTP alone, and of the service only the instance tags. {@code EmptyAws} stands in where no Terraform runs.
 */
@NullMarked
package dev.bastion.sandbox.emulator;

import org.jspecify.annotations.NullMarked;
