/**
 * The reconcile pass ({@link Reconcile}) and its steps: the expiry of grants, the review of proposals, and what it
 * observes of bastions, CI, pull requests and files, each with its alarm. Knows the use cases; they must not know it.
 * Must not know Slack, git, GitHub, AWS or Terraform, nor decide a rule: {@code access.policy} does.
 */
@NullMarked
package dev.bastion.access.reconcile;

import org.jspecify.annotations.NullMarked;
