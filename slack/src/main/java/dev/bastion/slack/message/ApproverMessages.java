package dev.bastion.slack.message;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.util.ArrayList;
import java.util.List;

/** The one-time messages to approvers, and the alarms about access that is not approved. */
public final class ApproverMessages {
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
        String headline = "🚨 " + isOpen(grant) + " against the policy";
        String opened = by.equals(grant.openedBy())
                ? "Opened by " + pages.linkTo(by) + (grant.madeByHand() ? ", by hand" : "")
                : "Extended by " + pages.linkTo(by);
        String heading = opened + ", for " + Mrkdwn.bold(grant.holder().name()) + ". What is wrong:";
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section(headline + quoted(grant.reason())));
        blocks.addAll(RequirementList.of(heading, evaluation));
        blocks.add(Blocks.section("End it unless you know why it is open."));
        blocks.add(Blocks.actions(List.of(Button.END.on(grant))));
        return new SlackMessage(headline, blocks);
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
