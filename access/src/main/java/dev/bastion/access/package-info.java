/**
 * The rules: who may open which environment, for how long, who must agree, and when it ends. Knows people, time and
 * environments; must not know Slack, git, GitHub, AWS or Terraform. Imports only java.* (and null annotations).
 *
 * <p>Read it in this order:
 *
 * <ol>
 *   <li>What people can have: {@link RequestAccess}, {@link ExtendGrant}, {@link RevokeGrant}, {@link WithdrawProposal},
 *       {@link EndorseGrant}, {@link ReportStatus}.
 *   <li>What happens by itself: {@link ExpireGrants}, {@link SettleProposals}, {@link FollowGrants}, {@link CheckConsent}.
 *   <li>What is allowed: {@link AccessPolicy}, and {@link ReviewCount} for whose approval counts. To change a rule, change it
 *       there. The numbers are {@link EnvironmentRules} and {@link ProposalRules}.
 *   <li>What there is: {@link AccessRequest}, {@link Proposal}, {@link Grant}, {@link PastGrant}; how a thing stands or ends:
 *       {@link Standing}, {@link Decision}, {@link Settlement}, {@link Consent}, {@link End}, {@link Outcome}; every "no" is a
 *       {@link Refusal}, every "not yet" a {@link Wanting}.
 *   <li>What others do for it: the ports {@link GrantLedger}, {@link ProposalBoard}, {@link Announcer}, {@link BastionWatch},
 *       {@link ApplyWatch}, {@link ExpiryTimer}, {@link PolicyReader}, {@link LastResort}.
 * </ol>
 */
@NullMarked
package dev.bastion.access;

import org.jspecify.annotations.NullMarked;
