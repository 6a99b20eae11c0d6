package dev.bastion.slack.status;

import com.slack.api.model.block.LayoutBlock;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.state.StatusReport;
import dev.bastion.access.state.UnexplainedInstance;
import dev.bastion.access.text.FaultText;
import dev.bastion.slack.message.ApprovalText;
import dev.bastion.slack.message.CommitLinks;
import dev.bastion.slack.message.ConnectCommands;
import dev.bastion.slack.message.EndedGrantMessage;
import dev.bastion.slack.message.HumanDuration;
import dev.bastion.slack.message.InventoryMessages;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMarkup;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The answers to status, connect and history. */
public final class StatusMessages {
    private static final int MOST_SECTIONS = 12;
    private static final int MOST_INSTANCES = 3;

    private final CommitLinks pages;

    public StatusMessages(CommitLinks pages) {
        this.pages = pages;
    }

    /** @param unexplained the instances without a grant */
    public SlackMessage status(StatusReport report, List<UnexplainedInstance> unexplained) {
        List<LayoutBlock> blocks = new ArrayList<>();
        if (!unexplained.isEmpty()) {
            blocks.addAll(Blocks.lines(
                    unexplained.stream().map(InventoryMessages::line).toList(), MOST_INSTANCES));
        }
        blocks.addAll(all(report.lines()));
        return asOf(new SlackMessage("What is open", blocks), report.outages());
    }

    /** The same message with a remark for each system that does not answer: as of when the answer is. */
    public static SlackMessage asOf(SlackMessage message, List<Outage> outages) {
        SlackMessage remarked = message;
        for (Outage outage : outages) {
            remarked =
                    remarked.with(Blocks.context("⚠️ " + FaultText.asOf(outage).in(SlackMarkup.MRKDWN)));
        }
        return remarked;
    }

    private static List<LayoutBlock> all(List<StatusReport.Line> lines) {
        return lines.isEmpty()
                ? List.of(Blocks.section("There are no environments yet."))
                : EnvironmentList.of(lines, MOST_SECTIONS);
    }

    /** @param now for the time that is left */
    public SlackMessage status(StatusReport.Line line, Instant now) {
        SlackMessage message = new SlackMessage(
                StatusLines.headline(line),
                Blocks.lines(StatusLines.summary(line).toList(), MOST_SECTIONS));
        return line.state() instanceof EnvironmentState.Open(Grant grant)
                ? details(message, grant, line, now)
                : message;
    }

    private SlackMessage details(SlackMessage message, Grant grant, StatusReport.Line line, Instant now) {
        String reason =
                grant.reason().isGiven() ? "> " + Mrkdwn.escape(grant.reason().text()) + "\n" : "";
        SlackMessage more = message.with(Blocks.section(reason + StatusLines.bastion(line) + "\nOpen since "
                + Mrkdwn.moment(grant.createdAt()) + "; " + left(grant, now) + "."));
        more = StatusLines.connection(line)
                .map(to -> Blocks.section(ConnectCommands.shown(grant.environment(), to)))
                .map(more::with)
                .orElse(more);
        return more.with(Blocks.context("Request " + Mrkdwn.code(grant.request().value()) + " · opened by "
                + pages.linkTo(grant.openedBy()) + inBrief(grant) + pullRequest(grant)));
    }

    private static String left(Grant grant, Instant now) {
        return grant.hasEnded(now)
                ? "it should have ended " + HumanDuration.growing(Duration.between(grant.expiresAt(), now)) + " ago"
                : HumanDuration.growing(Duration.between(now, grant.expiresAt())) + " left";
    }

    /** The pull request in which it was approved. */
    private String pullRequest(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.Approved(var approvals, var _, var _, var _)
                ? approvals.stream()
                        .findFirst()
                        .map(approval -> " in " + pages.linkToPullRequest(approval.proposal()))
                        .orElse("")
                : "";
    }

    private static String inBrief(Grant grant) {
        return ApprovalText.inBrief(grant.approvalBasis())
                .map(how -> " · " + how)
                .orElse("");
    }

    public SlackMessage connect(StatusReport.Line line) {
        EnvironmentName environment = line.state().environment();
        return switch (line.state()) {
            case EnvironmentState.Open(Grant grant) ->
                StatusLines.connection(line)
                        .map(to -> SlackMessage.of(StatusLines.headline(line))
                                .with(Blocks.section(ConnectCommands.shown(environment, to))))
                        .orElseGet(() -> SlackMessage.of(StatusLines.name(environment) + " is open until "
                                + Mrkdwn.moment(grant.expiresAt()) + ", but you cannot connect yet: "
                                + StatusLines.bastion(line)));
            case EnvironmentState.Closed _, EnvironmentState.Unclear _ -> SlackMessage.of(StatusLines.headline(line));
        };
    }

    /**
     * @param slots of one environment, or the only one; what is open comes first
     * @param past of all of them, newest first
     * @param observations what the ledger has of a request
     */
    public SlackMessage history(
            List<EnvironmentState> slots, List<PastGrant> past, Function<RequestId, List<Observation>> observations) {
        boolean isOne = slots.size() == 1;
        EnvironmentName first = slots.getFirst().environment();
        String name = StatusLines.name(isOne ? first : first.withoutSlot());
        List<String> open = slots.stream()
                .flatMap(state -> state.inForce().stream())
                .map(grant -> StatusLines.name(grant.environment()) + " is open until "
                        + Mrkdwn.moment(grant.expiresAt()) + " for "
                        + Mrkdwn.bold(grant.holder().name()))
                .toList();
        if (past.isEmpty()) {
            return SlackMessage.of(
                    open.isEmpty()
                            ? name + " has no past grants."
                            : String.join(", ", open) + ", and has no earlier grants.");
        }
        List<LayoutBlock> blocks =
                new ArrayList<>(Blocks.lines(open.stream().map(now -> now + ".").toList(), MOST_SECTIONS));
        blocks.add(Blocks.section("The last grants of " + name + ", newest first:"));
        blocks.addAll(Blocks.lines(
                past.stream()
                        .map(one -> (isOne ? "" : StatusLines.name(one.grant().environment()) + " ")
                                + line(one, observations.apply(one.grant().request())))
                        .toList(),
                MOST_SECTIONS));
        return new SlackMessage("The last grants of " + name, blocks);
    }

    private String line(PastGrant past, List<Observation> observations) {
        Grant grant = past.grant();
        Duration held = Duration.between(grant.createdAt(), past.endedAt());
        String why =
                grant.reason().isGiven() ? " — " + Mrkdwn.excerpt(grant.reason().text(), 120) : "";
        return "• " + Mrkdwn.bold(grant.holder().name()) + " from " + Mrkdwn.moment(grant.createdAt()) + " for "
                + HumanDuration.of(held) + why + "; " + EndedGrantMessage.howItEnded(past)
                + ObservedBastion.of(observations) + " · " + pages.linkTo(grant.openedBy())
                + " → "
                + pages.linkTo(past.closedBy()) + inBrief(grant);
    }
}
