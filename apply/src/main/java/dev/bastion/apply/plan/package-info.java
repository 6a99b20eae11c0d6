/**
 * Terraform plans: the plan document, the guard that decides whether it may be applied, and the summary. Must not know how
 * Terraform is started or where the configuration comes from.
 */
@NullMarked
package dev.bastion.apply.plan;

import org.jspecify.annotations.NullMarked;
