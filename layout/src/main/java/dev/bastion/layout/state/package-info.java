/**
 * Where the state of each environment's resources is kept, as far as literals say. Must not know git, Terraform or the policy.
 */
@NullMarked
package dev.bastion.layout.state;

import org.jspecify.annotations.NullMarked;
