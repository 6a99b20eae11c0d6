/**
 * What Terraform runs on: the environment file, the module, and the root stack made from them by Terragrunt or CDKTF.
 * The only package that knows CDKTF.
 */
@NullMarked
package dev.bastion.apply.stack;

import org.jspecify.annotations.NullMarked;
