/**
 * The use cases. Each decides by the policy and acts through ports. Must not know Slack, git, GitHub, AWS, Terraform or the
 * reconcile pass.
 *
 * <p>What people do: {@link RequestAccess}, {@link ExtendGrant}, {@link EndGrant}, {@link WithdrawProposal}, {@link
 * ApproveRetroactively}, {@link ReportStatus}. What follows: {@link SubmitForApproval}, {@link ReviewProposals}, {@link
 * StartGrant}, {@link ExpireGrants}, {@link CheckPullRequests}. The rules: {@link AccessPolicy}. The words: {@link
 * RefusalText}.
 */
@NullMarked
package dev.bastion.access;

import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.text.RefusalText;
import org.jspecify.annotations.NullMarked;
