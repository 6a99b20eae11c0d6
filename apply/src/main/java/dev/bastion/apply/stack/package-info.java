/**
 * The input of Terraform: the environment file, the module, and the root stack that Terragrunt or CDKTF makes of them.
 * The only package that knows CDKTF.
 */
@NullMarked
package dev.bastion.apply.stack;

import org.jspecify.annotations.NullMarked;
