package dev.bastion.slack.status;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.state.PersonalStatus;
import dev.bastion.access.state.StatusReport;
import dev.bastion.slack.message.Button;
import dev.bastion.slack.message.ConnectCommands;
import dev.bastion.slack.message.ProposalMessage;
import dev.bastion.slack.message.ReviewButton;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The answers to {@code me} and {@code requests}. */
public final class PersonalMessages {
    private static final int MOST_GRANTS = 8;
    private static final int MOST_BUTTONS = 5;
    private static final int MOST_SECTIONS = 4;

    private PersonalMessages() {}

    /**
     * The person's access, each with its commands and buttons, and what of theirs waits.
     *
     * @param waits the environments that they wait for, at most ten blocks
     */
    public static SlackMessage me(StatusReport report, Person person, List<LayoutBlock> waits) {
        PersonalStatus mine = PersonalStatus.of(report, person);
        List<LayoutBlock> blocks = new ArrayList<>();
        if (mine.grants().isEmpty()) {
            blocks.add(Blocks.section("You have no access now. Run `/bastion create` to request it."));
        }
        for (StatusReport.Line line : mine.grants().stream().limit(MOST_GRANTS).toList()) {
            blocks.addAll(grant(line));
        }
        blocks.addAll(more(mine.grants().size() - MOST_GRANTS));
        blocks.addAll(waiting(mine));
        blocks.addAll(waits);
        return StatusMessages.asOf(new SlackMessage("Your access and your requests", blocks), report.outages());
    }

    /** One grant of the person: its end, how to connect, and its buttons. */
    private static List<LayoutBlock> grant(StatusReport.Line line) {
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section(StatusLines.headline(line)));
        StatusLines.connection(line)
                .ifPresentOrElse(
                        to -> blocks.add(Blocks.section(
                                ConnectCommands.shown(line.state().environment(), to))),
                        () -> blocks.add(Blocks.section(StatusLines.bastion(line))));
        line.state().inForce().ifPresent(held -> blocks.add(Blocks.actions(buttons(line, held))));
        return blocks;
    }

    /** What the holder can do with a grant now. */
    public static List<BlockElement> buttons(StatusReport.Line line, Grant grant) {
        Stream<Button> offered = StatusLines.connection(line).isPresent()
                ? Stream.of(Button.CONNECT, Button.EXTEND, Button.END)
                : Stream.of(Button.EXTEND, Button.END);
        return offered.map(button -> button.on(grant)).toList();
    }

    /** What waits for the person, what of theirs waits, and their break-glass access without approval. */
    public static SlackMessage requests(StatusReport report, Person person) {
        PersonalStatus mine = PersonalStatus.of(report, person);
        List<LayoutBlock> blocks = new ArrayList<>(toApprove(report, mine));
        if (blocks.isEmpty()) {
            blocks.add(Blocks.section("Nothing waits for your approval."));
        }
        blocks.addAll(waiting(mine));
        return StatusMessages.asOf(new SlackMessage("What waits for approval", blocks), report.outages());
    }

    /** What this person can approve: by buttons where that counts, else in the pull requests. */
    public static List<LayoutBlock> toApprove(StatusReport report, PersonalStatus mine) {
        List<Grant> unanswered = mine.breakGlassToApprove();
        List<LayoutBlock> blocks = new ArrayList<>();
        if (!mine.toApprove().isEmpty() || !unanswered.isEmpty()) {
            blocks.add(Blocks.section("*Waiting for your approval*"));
        }
        List<Proposal> withButtons = mine.toApprove().stream()
                .filter(proposal -> report.policy()
                        .rulesOf(proposal.environment())
                        .proposals()
                        .inSlack())
                .limit(MOST_BUTTONS)
                .toList();
        for (Proposal proposal : withButtons) {
            blocks.add(Blocks.section(approvable(proposal, "approve or deny it here, or in ")));
            blocks.add(Blocks.actions(Stream.of(ReviewButton.values())
                    .map(button -> button.on(proposal))
                    .toList()));
        }
        blocks.addAll(Blocks.lines(
                mine.toApprove().stream()
                        .filter(proposal -> !withButtons.contains(proposal))
                        .map(proposal -> approvable(proposal, "approve or close "))
                        .toList(),
                MOST_SECTIONS));
        for (Grant grant : unanswered.stream().limit(MOST_BUTTONS).toList()) {
            blocks.add(Blocks.section(StatusLines.breakGlass(grant)));
            blocks.add(Blocks.actions(List.of(Button.APPROVE_RETROACTIVELY.on(grant))));
        }
        blocks.addAll(more(unanswered.size() - MOST_BUTTONS));
        return blocks;
    }

    /** The requests of the person that wait, and their break-glass access that no approver has approved. */
    public static List<LayoutBlock> waiting(PersonalStatus mine) {
        List<LayoutBlock> blocks = new ArrayList<>();
        for (Proposal proposal : mine.requests().stream().limit(MOST_BUTTONS).toList()) {
            blocks.add(Blocks.section("🔵 Your " + what(proposal) + " waits for approval in "
                    + ProposalMessage.page(proposal) + ", and lapses "
                    + Mrkdwn.moment(proposal.change().lapsesAt()) + "."));
            blocks.add(Blocks.actions(List.of(Button.WITHDRAW.on(proposal))));
        }
        blocks.addAll(more(mine.requests().size() - MOST_BUTTONS));
        blocks.addAll(listed(
                "*Your break-glass access without approval*",
                mine.ownBreakGlass().stream().map(StatusLines::breakGlass).toList()));
        return blocks;
    }

    private static String what(Proposal proposal) {
        return ProposalMessage.isExtension(proposal)
                ? "request to extend " + StatusLines.name(proposal.environment())
                : "request for " + StatusLines.name(proposal.environment());
    }

    private static String approvable(Proposal proposal, String how) {
        String reason = Optional.of(proposal.change().reason())
                .filter(given -> given.isGiven())
                .map(given -> " — " + Mrkdwn.excerpt(given.text(), 120))
                .orElse("");
        return "✋ " + ProposalMessage.requests(proposal.change()) + reason + ": " + how + ProposalMessage.page(proposal)
                + ", lapses " + Mrkdwn.moment(proposal.change().lapsesAt());
    }

    private static List<LayoutBlock> listed(String heading, List<String> lines) {
        if (lines.isEmpty()) {
            return List.of();
        }
        return Stream.concat(Stream.of(Blocks.section(heading)), Blocks.lines(lines, MOST_SECTIONS).stream())
                .toList();
    }

    private static List<LayoutBlock> more(int count) {
        return count > 0 ? List.of(Blocks.section("… and " + count + " more in `/bastion status`")) : List.of();
    }
}
