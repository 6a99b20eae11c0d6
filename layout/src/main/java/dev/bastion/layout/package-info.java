/**
 * What an environment is: the place of its file in the repository, and the name that place gives it. Used by ledger and
 * apply alike, so that both mean the same. Must not know git, Terraform or the policy.
 */
@NullMarked
package dev.bastion.layout;

import org.jspecify.annotations.NullMarked;
