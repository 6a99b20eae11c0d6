/**
 * The reading of external audiences: who asks when, how old an answer may be, and the ledger whose policy has the answers. Knows
 * the policy and the snapshot's parts; must not know GitHub, Slack or PagerDuty.
 */
@NullMarked
package dev.bastion.access.audience;

import org.jspecify.annotations.NullMarked;
