package dev.bastion.slack.message;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.review.ApprovalAsk;
import dev.bastion.access.text.RefusalText;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The one-time messages to approvers, and the alarms about access that is not approved. */
public final class ApproverMessages {
    private static final int MOST_REMINDED = 10;

    private final CommitLinks pages;

    public ApproverMessages(CommitLinks pages) {
        this.pages = pages;
    }

    public static SlackMessage asksToApprove(ApprovalAsk ask) {
        Proposal proposal = ask.proposal();
        String headline = (ask.round() == 0 ? "✋ " : "✋ Reminder: ") + ProposalMessage.requests(proposal.change());
        String page = ProposalMessage.page(proposal);
        String what = switch (ask.means()) {
            case REVIEW_ON_GITHUB -> "You can approve " + page + ", or close it to deny the request.";
            case REVIEW_ANYWHERE -> "You can approve or deny the request here, or in " + page + ".";
            case FIND_AN_APPROVER -> "No approver has answered " + page + " yet: please find one.";
        };
        List<BlockElement> buttons = ask.means() == ApprovalAsk.Means.REVIEW_ANYWHERE
                ? Stream.of(ReviewButton.values())
                        .map(button -> button.on(proposal))
                        .toList()
                : List.of();
        return message(
                headline,
                proposal.change().reason(),
                Blocks.ask(
                        what + " It lapses " + Mrkdwn.moment(proposal.change().lapsesAt()) + "."),
                buttons);
    }

    /** The announcement of break-glass access in the channel while it is open. */
    public SlackMessage usedBreakGlass(Grant grant) {
        return usedBreakGlass(grant, Optional.empty(), !isApproved(grant));
    }

    /**
     * The same at any time.
     *
     * @param past how it ended; empty while it is open
     * @param awaitsApproval whether an approver must still approve it
     */
    public SlackMessage usedBreakGlass(Grant grant, Optional<PastGrant> past, boolean awaitsApproval) {
        String rest = "It did not wait for approval"
                + (awaitsApproval ? ". Approvers: " + reviewOf(grant, past.isEmpty()) : "; " + answerOn(grant) + ".");
        return message(
                "🧯 " + Mrkdwn.bold(grant.holder().name()) + " used break-glass access: " + isOrWasOpen(grant, past),
                grant.reason(),
                awaitsApproval ? Blocks.ask(rest) : Blocks.section(rest),
                buttons(grant, past.isEmpty(), awaitsApproval));
    }

    public SlackMessage asksToApprove(Grant grant) {
        return asksToApprove(grant, Optional.empty(), true);
    }

    /** The private message to an approver at any time; the parameters are those of {@link #usedBreakGlass}. */
    public SlackMessage asksToApprove(Grant grant, Optional<PastGrant> past, boolean awaitsApproval) {
        String headline = "🧯 " + Mrkdwn.bold(grant.holder().name())
                + " used break-glass access without waiting for your approval: " + isOrWasOpen(grant, past);
        return awaitsApproval
                ? message(
                        headline,
                        grant.reason(),
                        Blocks.ask("Please " + reviewOf(grant, past.isEmpty())),
                        buttons(grant, past.isEmpty(), true))
                : message(
                        headline,
                        grant.reason(),
                        Blocks.section("Nothing is left to do: " + answerOn(grant) + "."),
                        List.of());
    }

    private String reviewOf(Grant grant, boolean isOpen) {
        return "review " + pages.linkTo(grant.openedBy()) + ", then approve it retroactively"
                + (isOpen ? " or end it." : ".");
    }

    /** Why it awaits no approval, as a clause. */
    private String answerOn(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.BreakGlass(var by, var _) && by.isPresent()
                ? Mrkdwn.bold(by.get().name()) + " approved " + pages.linkTo(grant.openedBy()) + " retroactively"
                : "the policy asks for no approval any more";
    }

    private static List<BlockElement> buttons(Grant grant, boolean isOpen, boolean awaitsApproval) {
        return Stream.of(
                        awaitsApproval ? Optional.of(Button.APPROVE_RETROACTIVELY) : Optional.<Button>empty(),
                        isOpen ? Optional.of(Button.END) : Optional.<Button>empty())
                .flatMap(Optional::stream)
                .map(button -> button.on(grant))
                .toList();
    }

    public static boolean isApproved(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.BreakGlass(var by, var _) && by.isPresent();
    }

    /** The reminder once one of its grants awaits no approval any more; empty when it does not ask about that one. */
    public Optional<SlackMessage> answered(SlackMessage reminder, Grant grant) {
        String request = grant.request().value();
        if (reminder.blocks().stream().noneMatch(block -> Blocks.hasButton(block, request))) {
            return Optional.empty();
        }
        List<LayoutBlock> blocks = reminder.blocks().stream()
                .map(block -> Blocks.hasButton(block, request)
                        ? Blocks.context("✅ Nothing is left to do: " + answerOn(grant) + ".")
                        : block)
                .toList();
        return Optional.of(
                blocks.stream().anyMatch(Blocks::hasButtons)
                        ? new SlackMessage(reminder.text(), blocks)
                        : headed("🧯 Break-glass access no longer waits for your approval", blocks));
    }

    /** The alarm about access against the policy, once the policy allows it. */
    public static SlackMessage allowed(SlackMessage alarm, Grant grant) {
        return headed(
                "✅ The policy allows that " + Mrkdwn.bold(grant.environment().title()) + " is open for "
                        + Mrkdwn.bold(grant.holder().name()) + ": what was wrong is repaired",
                alarm.blocks());
    }

    /** The alarm about access against the policy, once it has ended. */
    public static SlackMessage ended(SlackMessage alarm, PastGrant past) {
        return headed(
                "⚪ " + Mrkdwn.bold(past.grant().environment().title()) + " was open against the policy: "
                        + EndedGrantMessage.howItEnded(past),
                alarm.blocks());
    }

    /** With another headline, and without what the message asks. */
    private static SlackMessage headed(String headline, List<LayoutBlock> blocks) {
        return new SlackMessage(
                headline,
                Stream.concat(
                                Stream.of(Blocks.section(headline)),
                                blocks.stream().skip(1).filter(block -> !Blocks.isOffer(block)))
                        .toList());
    }

    public SlackMessage withoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        return againstThePolicy("🚨 " + isOpen(grant) + " against the policy", grant, by, evaluation)
                .with(Blocks.ask("End it unless you know why it is open."))
                .with(Blocks.actions(List.of(Button.END.on(grant))));
    }

    public SlackMessage endedWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        String environment = grant.environment().value();
        String headline =
                "🛑 I ended the access of " + Mrkdwn.bold(grant.holder().name()) + " to " + Mrkdwn.bold(environment)
                        + ", because it was opened or extended against the policy";
        return againstThePolicy(headline, grant, by, evaluation)
                .with(Blocks.section(
                        "If access is needed, request it with " + Mrkdwn.code("/bastion create " + environment)
                                + ". Otherwise find out who made that commit."));
    }

    public SlackMessage endedInactiveHolder(Grant grant, InactiveAccount why) {
        String headline =
                "🛑 I ended the access of " + Mrkdwn.bold(grant.holder().name()) + " to "
                        + Mrkdwn.bold(grant.environment().title()) + ", because " + RefusalText.accountOf(why);
        return new SlackMessage(headline, List.of(Blocks.section(headline + quoted(grant.reason()))))
                .with(Blocks.section("If they left, remove them from " + Mrkdwn.code("people.yaml")
                        + " and from the repository. A person who takes over their work must request access."))
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
        return message.with(Blocks.ask(
                "Review each and approve it retroactively; until then its holder has no other break-glass access."
                        + rest));
    }

    private static String isOpen(Grant grant) {
        return Mrkdwn.bold(grant.environment().title()) + " is open until " + Mrkdwn.moment(grant.expiresAt());
    }

    private static String isOrWasOpen(Grant grant, Optional<PastGrant> past) {
        return past.map(over ->
                        Mrkdwn.bold(grant.environment().title()) + " was open; " + EndedGrantMessage.howItEnded(over))
                .orElseGet(() -> isOpen(grant));
    }

    private static SlackMessage message(String headline, Reason reason, LayoutBlock text, List<BlockElement> buttons) {
        SlackMessage message = new SlackMessage(headline, List.of(Blocks.section(headline + quoted(reason)), text));
        return buttons.isEmpty() ? message : message.with(Blocks.actions(buttons));
    }

    private static String quoted(Reason reason) {
        return reason.isGiven() ? "\n> " + Mrkdwn.escape(reason.text()) : "";
    }
}
