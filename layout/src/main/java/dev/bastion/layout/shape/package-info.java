/**
 * The shapes in which environments are opened: which one a file has, and what a repository may have of it. Must not know git,
 * Terraform or the policy.
 */
@NullMarked
package dev.bastion.layout.shape;

import org.jspecify.annotations.NullMarked;
