package dev.bastion.slack.message;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Reason;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The layout of a live message: headline with the reason, details, buttons, and where git has it. */
record GrantLayout(CommitLinks pages) {
    /** The longest excerpt of text from CI or AWS; escaping may make it five times as long. */
    static final int EXCERPT = 400;

    SlackMessage open(Grant grant, String headline, List<String> details, Button... buttons) {
        return message(
                headline,
                grant.reason(),
                withApproval(grant, details),
                List.of(buttons).stream().map(b -> b.on(grant)).toList(),
                trace(grant));
    }

    SlackMessage over(PastGrant past, String headline, List<String> details) {
        return message(
                headline,
                past.grant().reason(),
                withApproval(past.grant(), details),
                List.of(),
                trace(past.grant()) + " · closed by " + commit(past.closedBy()));
    }

    private static List<String> withApproval(Grant grant, List<String> details) {
        return Stream.concat(ApprovalText.remarkOn(grant.approvalBasis()).stream(), details.stream())
                .toList();
    }

    static SlackMessage message(
            String headline, Reason reason, List<String> details, List<BlockElement> buttons, String trace) {
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section(headline + (reason.isGiven() ? "\n> " + Mrkdwn.escape(reason.text()) : "")));
        details.forEach(detail -> blocks.add(Blocks.section(detail)));
        if (!buttons.isEmpty()) {
            blocks.add(Blocks.actions(buttons));
        }
        blocks.add(Blocks.context(trace));
        return new SlackMessage(headline, blocks);
    }

    private String trace(Grant grant) {
        return "Request " + Mrkdwn.code(grant.request().value()) + " · opened by " + commit(grant.openedBy())
                + (grant.madeByHand() ? " (by hand)" : "")
                + (grant.approvalBasis() instanceof ApprovalBasis.Approved(var approvals, var _, var _, var _)
                                && !approvals.isEmpty()
                        ? " · approved by " + ApprovalText.names(approvals)
                        : "");
    }

    String commit(CommitId commit) {
        return pages.linkTo(commit);
    }

    static String subject(Grant grant) {
        return Mrkdwn.bold(grant.environment().title());
    }
}
