/**
 * The AWS of the sandbox: a process that answers AWS's protocols (moto, mended; {@code emulator/moto_shim.py}), what must be
 * there before a bastion can be (state bucket, prerequisites by real Terraform), and a look at the instances. Knows AWS by
 * HTTP alone, and of the service only what stands in instance tags. Beside it, for where no Terraform runs, one that is empty.
 */
@NullMarked
package dev.bastion.sandbox.emulator;

import org.jspecify.annotations.NullMarked;
