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

/** What is said, once, to those who approve and about what nobody has approved. */
public final class ApproverMessages {
    private final CommitLinks pages;

    public ApproverMessages(CommitLinks pages) {
        this.pages = pages;
    }

    /** @param round 0 when it is new, then 1, 2, … for the reminders */
    public static SlackMessage asksToApprove(Proposal proposal, int round) {
        String headline = (round == 0 ? "✋ " : "✋ Still waiting: ") + ProposalMessage.asks(proposal.change());
        return card(
                headline,
                proposal.change().reason(),
                "You may approve it in " + ProposalMessage.page(proposal) + ", or close it there to say no. It lapses "
                        + Mrkdwn.moment(proposal.change().lapsesAt()) + ".",
                List.of());
    }

    public SlackMessage usedBreakGlass(Grant grant) {
        return card(
                "🧯 " + Mrkdwn.bold(grant.holder().name()) + " broke the glass: " + isOpen(grant),
                grant.reason(),
                "Nobody's approval was waited for. "
                        + (isApproved(grant) ? "Somebody has approved " : "Approvers, please look at ")
                        + pages.linkTo(grant.openedBy())
                        + (isApproved(grant) ? " afterwards." : ", and approve it afterwards or end it."),
                buttons(grant));
    }

    public SlackMessage asksToApprove(Grant grant) {
        return card(
                "🧯 " + Mrkdwn.bold(grant.holder().name()) + " broke the glass, and you were not waited for: "
                        + isOpen(grant),
                grant.reason(),
                "Please look at " + pages.linkTo(grant.openedBy()) + ", and approve it afterwards or end it.",
                buttons(grant));
    }

    /** Once somebody has approved it there is nothing left to approve. */
    private static List<BlockElement> buttons(Grant grant) {
        BlockElement end = Button.END.on(grant);
        return isApproved(grant) ? List.of(end) : List.of(Button.ENDORSE.on(grant), end);
    }

    public static boolean isApproved(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.BreakGlass(var by) && by.isPresent();
    }

    public SlackMessage withoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        String headline = "🚨 " + isOpen(grant) + ", and the policy does not allow it";
        String came = by.equals(grant.openedBy())
                ? "It came with " + pages.linkTo(by) + (grant.madeByHand() ? ", by hand" : "")
                : "Its end was moved by " + pages.linkTo(by);
        String how = came + ", for " + Mrkdwn.bold(grant.holder().name()) + ". What is wrong:";
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section(headline + quoted(grant.reason())));
        blocks.addAll(RequirementList.of(how, evaluation));
        blocks.add(Blocks.section("If it should not be open, end it."));
        blocks.add(Blocks.actions(List.of(Button.END.on(grant))));
        return new SlackMessage(headline, blocks);
    }

    private static String isOpen(Grant grant) {
        return Mrkdwn.bold(grant.environment().value()) + " is open until " + Mrkdwn.moment(grant.expiresAt());
    }

    private static SlackMessage card(String headline, Reason reason, String text, List<BlockElement> buttons) {
        SlackMessage card =
                new SlackMessage(headline, List.of(Blocks.section(headline + quoted(reason)), Blocks.section(text)));
        return buttons.isEmpty() ? card : card.with(Blocks.actions(buttons));
    }

    private static String quoted(Reason reason) {
        return reason.isGiven() ? "\n> " + Mrkdwn.escape(reason.text()) : "";
    }
}
