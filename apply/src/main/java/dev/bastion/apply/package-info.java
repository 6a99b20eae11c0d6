/**
 * What CI runs: plan, guard, apply, report. Knows Terraform, Terragrunt and CDKTF; must not know Slack or the ledger.
 */
@NullMarked
package dev.bastion.apply;

import org.jspecify.annotations.NullMarked;
