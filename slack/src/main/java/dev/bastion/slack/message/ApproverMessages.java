package dev.bastion.slack.message;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.text.RefusalText;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.util.ArrayList;
import java.util.List;

/** The one-time messages to approvers, and the alarms about access that is not approved. */
public final class ApproverMessages {
    private static final int MOST_REMINDED = 10;

    private final CommitLinks pages;

    public ApproverMessages(CommitLinks pages) {
        this.pages = pages;
    }

    /** @param round 0 when it is new, then 1, 2, … for the reminders */
    public static SlackMessage asksToApprove(Proposal proposal, int round) {
        String headline = (round == 0 ? "✋ " : "✋ Reminder: ") + ProposalMessage.requests(proposal.change());
        return message(
                headline,
                proposal.change().reason(),
                "You can approve " + ProposalMessage.page(proposal) + ", or close it to deny the request. It lapses "
                        + Mrkdwn.moment(proposal.change().lapsesAt()) + ".",
                List.of());
    }

    public SlackMessage usedBreakGlass(Grant grant) {
        return message(
                "🧯 " + Mrkdwn.bold(grant.holder().name()) + " used break-glass access: " + isOpen(grant),
                grant.reason(),
                isApproved(grant)
                        ? "It did not wait for approval; an approver has approved " + pages.linkTo(grant.openedBy())
                                + " retroactively."
                        : "It did not wait for approval. Approvers: " + reviewOf(grant),
                buttons(grant));
    }

    public SlackMessage asksToApprove(Grant grant) {
        return message(
                "🧯 " + Mrkdwn.bold(grant.holder().name())
                        + " used break-glass access without waiting for your approval: " + isOpen(grant),
                grant.reason(),
                "Please " + reviewOf(grant),
                buttons(grant));
    }

    private String reviewOf(Grant grant) {
        return "review " + pages.linkTo(grant.openedBy()) + ", then approve it retroactively or end it.";
    }

    /** An approved grant has nothing left to approve. */
    private static List<BlockElement> buttons(Grant grant) {
        BlockElement end = Button.END.on(grant);
        return isApproved(grant) ? List.of(end) : List.of(Button.APPROVE_RETROACTIVELY.on(grant), end);
    }

    public static boolean isApproved(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.BreakGlass(var by) && by.isPresent();
    }

    public SlackMessage withoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        return againstThePolicy("🚨 " + isOpen(grant) + " against the policy", grant, by, evaluation)
                .with(Blocks.section("End it unless you know why it is open."))
                .with(Blocks.actions(List.of(Button.END.on(grant))));
    }

    public SlackMessage endedWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        String environment = grant.environment().value();
        String headline =
                "🛑 I ended the access of " + Mrkdwn.bold(grant.holder().name()) + " to " + Mrkdwn.bold(environment)
                        + ", because the policy does not allow it";
        return againstThePolicy(headline, grant, by, evaluation)
                .with(Blocks.section("If it is needed, request it with " + Mrkdwn.code("/bastion create " + environment)
                        + "; if nobody knows why it was open, find out who made that commit."));
    }

    public SlackMessage endedInactiveHolder(Grant grant, InactiveAccount why) {
        String headline =
                "🛑 I ended the access of " + Mrkdwn.bold(grant.holder().name()) + " to "
                        + Mrkdwn.bold(grant.environment().value()) + ", because " + RefusalText.accountOf(why);
        return new SlackMessage(headline, List.of(Blocks.section(headline + quoted(grant.reason()))))
                .with(Blocks.section("If they left, remove them from " + Mrkdwn.code("people.yaml")
                        + " and from the repository; a person who takes over their work requests access of their own."))
                .with(Blocks.context("Request " + Mrkdwn.code(grant.request().value()) + " · opened by "
                        + pages.linkTo(grant.openedBy())));
    }

    private SlackMessage againstThePolicy(String headline, Grant grant, CommitId by, Evaluation evaluation) {
        String opened = by.equals(grant.openedBy())
                ? "Opened by " + pages.linkTo(by) + (grant.madeByHand() ? ", by hand" : "")
                : "Extended by " + pages.linkTo(by);
        String heading = opened + ", for " + Mrkdwn.bold(grant.holder().name()) + ". What is wrong:";
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section(headline + quoted(grant.reason())));
        blocks.addAll(RequirementList.of(heading, evaluation));
        return new SlackMessage(headline, blocks);
    }

    /** The oldest of them, each with its button. */
    public SlackMessage remindsOfBreakGlass(List<Grant> grants) {
        String headline = "🧯 Break-glass access still waits for your approval";
        SlackMessage message = SlackMessage.of(headline);
        for (Grant grant : grants.subList(0, Math.min(MOST_REMINDED, grants.size()))) {
            message = message.with(Blocks.section(Mrkdwn.bold(
                                    grant.environment().value()) + " was opened for "
                            + Mrkdwn.bold(grant.holder().name()) + " at " + Mrkdwn.moment(grant.createdAt()) + " by "
                            + pages.linkTo(grant.openedBy()) + quoted(grant.reason())))
                    .with(Blocks.actions(List.of(Button.APPROVE_RETROACTIVELY.on(grant))));
        }
        int more = grants.size() - MOST_REMINDED;
        String rest = more > 0 ? " " + more + " more are in " + Mrkdwn.code("/bastion status") + "." : "";
        return message.with(Blocks.section(
                "Review each and approve it retroactively; until then its holder has no other break-glass access."
                        + rest));
    }

    private static String isOpen(Grant grant) {
        return Mrkdwn.bold(grant.environment().value()) + " is open until " + Mrkdwn.moment(grant.expiresAt());
    }

    private static SlackMessage message(String headline, Reason reason, String text, List<BlockElement> buttons) {
        SlackMessage message =
                new SlackMessage(headline, List.of(Blocks.section(headline + quoted(reason)), Blocks.section(text)));
        return buttons.isEmpty() ? message : message.with(Blocks.actions(buttons));
    }

    private static String quoted(Reason reason) {
        return reason.isGiven() ? "\n> " + Mrkdwn.escape(reason.text()) : "";
    }
}
