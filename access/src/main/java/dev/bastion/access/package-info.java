/**
 * The rules: who may open which environment, for how long, who must agree, and when it ends. Knows people, time and
 * environments; must not know Slack, git, GitHub, AWS or Terraform. Imports only java.* (and null annotations).
 */
@NullMarked
package dev.bastion.access;

import org.jspecify.annotations.NullMarked;
