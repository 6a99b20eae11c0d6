/**
 * The layout of environments in the repository: the path of each file, and the name that it gives the environment. Shared
 * by ledger and apply. Must not know git, Terraform or the policy.
 */
@NullMarked
package dev.bastion.layout;

import org.jspecify.annotations.NullMarked;
