/**
 * What Terraform plans, and whether it may be applied: the plan document, the guard and the summary. Must not know how
 * Terraform is started or where the configuration comes from.
 */
@NullMarked
package dev.bastion.apply.plan;

import org.jspecify.annotations.NullMarked;
