/**
 * The rules: who may open which environment, for how long, who must agree, and when it ends. Knows people, time and
 * environments; must not know Slack, git, GitHub, AWS or Terraform. Imports only java.* (and null annotations).
 *
 * <p>Read it in this order:
 *
 * <ol>
 *   <li>What people can have: {@link RequestAccess}, {@link ExtendGrant}, {@link EndGrant}, {@link WithdrawProposal},
 *       {@link ApproveRetroactively}, {@link ReportStatus}.
 *   <li>What happens by itself: {@link Reconcile} takes a snapshot, made of {@link SnapshotPart}s, and hands it to {@link
 *       ExpireGrants}, {@link ReviewProposals}, {@link CheckPullRequests}, {@link MonitorGrants} and {@link
 *       DetectUnapprovedGrants}.
 *   <li>What is allowed: {@link AccessPolicy}, and {@link ReviewTally} for whose approval counts. To change a rule, change it
 *       there. The numbers are {@link EnvironmentRules} and {@link ApprovalRules}.
 *   <li>What there is: {@link AccessRequest}, {@link Proposal}, {@link Grant}, {@link PastGrant}; how a thing stands or ends:
 *       {@link EnvironmentState}, {@link Decision}, {@link ProposalDecision}, {@link ApprovalBasis}, {@link End}, {@link Outcome}; every "no" is a
 *       {@link Refusal}, every "not yet" a {@link UnmetRequirement}.
 *   <li>What others do for it: the ports {@link GrantLedger}, {@link ProposalRepository}, {@link Notifier}, {@link BastionMonitor},
 *       {@link ApplyMonitor}, {@link ExpiryTimer}, {@link PolicyParser}, {@link BastionTerminator}.
 * </ol>
 */
@NullMarked
package dev.bastion.access;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.policy.EnvironmentRules;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.PolicyParser;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.snapshot.SnapshotPart;
import org.jspecify.annotations.NullMarked;
