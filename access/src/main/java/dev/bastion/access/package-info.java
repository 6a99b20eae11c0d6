/**
 * The use cases: one class for each thing that people ask for, and for what follows from it. Each decides by the policy
 * and acts through ports, whose {@link LedgerUnreachable}, {@link LedgerRejected} and {@link ObservationFailed} reach
 * the caller. Must not know Slack, git, GitHub, AWS, Terraform or the reconcile pass. Imports only java.*.
 *
 * <p>Reading order:
 *
 * <ol>
 *   <li>What people do: {@link RequestAccess}, {@link ExtendGrant}, {@link EndGrant}, {@link WithdrawProposal}, {@link
 *       ApproveRetroactively}, {@link ReportStatus}.
 *   <li>What follows: {@link SubmitForApproval}, {@link ReviewProposals}, {@link StartGrant}, {@link ExpireGrants},
 *       {@link CheckPullRequests}.
 *   <li>The rules: {@link AccessPolicy}, and {@code PolicyEvaluator} for every check. To change a rule, change it
 *       there.
 *   <li>The words of every refusal: {@link RefusalText}.
 *   <li>The values: {@link Grant}, {@link Proposal}, {@link Refusal}.
 *   <li>The ports: {@link GrantLedger}, {@link ProposalRepository}, {@link Notifier}.
 *   <li>What happens by itself: {@code access.reconcile}.
 * </ol>
 */
@NullMarked
package dev.bastion.access;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.text.RefusalText;
import org.jspecify.annotations.NullMarked;
