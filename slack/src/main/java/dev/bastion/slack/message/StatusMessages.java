package dev.bastion.slack.message;

import com.slack.api.model.block.LayoutBlock;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.Connection;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.policy.EnvironmentRules;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where things stand, for whoever asks: help, status, connect and history. */
public final class StatusMessages {
    private static final int MOST_SECTIONS = 12;
    private static final String COMMANDS = """
            `/bastion create dev 2h why you need it` opens an environment, or asks those who must approve (duration and reason may be left out)
            `/bastion create prod --break-glass INC-12` does not wait for approval, where the policy lets you: everybody is told
            `/bastion status` · `/bastion status dev` says what is open, and for whom
            `/bastion connect dev` gives the commands to connect with
            `/bastion extend dev` · `/bastion extend dev 1h` moves the end
            `/bastion destroy dev` ends it now, or takes back a request that waits
            `/bastion history dev` lists who had it""";

    private final CommitLinks pages;

    public StatusMessages(CommitLinks pages) {
        this.pages = pages;
    }

    public SlackMessage help(List<ReportStatus.Line> lines) {
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section("I open environments for a while: every door is a commit, and it closes by itself."));
        blocks.addAll(all(lines));
        blocks.add(Blocks.actions(List.of(Blocks.button(RequestModal.OPEN_ACTION, "Request access", "help"))));
        blocks.add(Blocks.section(COMMANDS));
        return new SlackMessage("What I can do, and what is open", blocks);
    }

    public SlackMessage status(List<ReportStatus.Line> lines) {
        return new SlackMessage("What is open", all(lines));
    }

    private static List<LayoutBlock> all(List<ReportStatus.Line> lines) {
        if (lines.isEmpty()) {
            return List.of(Blocks.section("There are no environments yet."));
        }
        return Blocks.lines(
                lines.stream()
                        .flatMap(line -> Stream.concat(Stream.of(headline(line)), waiting(line)))
                        .toList(),
                MOST_SECTIONS);
    }

    public SlackMessage status(ReportStatus.Line line) {
        SlackMessage card = new SlackMessage(
                headline(line),
                Blocks.lines(
                        Stream.concat(Stream.of(headline(line)), waiting(line)).toList(), MOST_SECTIONS));
        return line.state() instanceof EnvironmentState.Open(Grant grant) ? details(card, grant, line) : card;
    }

    private SlackMessage details(SlackMessage card, Grant grant, ReportStatus.Line line) {
        String reason =
                grant.reason().isGiven() ? "> " + Mrkdwn.escape(grant.reason().text()) + "\n" : "";
        SlackMessage more = card.with(
                Blocks.section(reason + seen(line) + "\nOpen since " + Mrkdwn.moment(grant.createdAt()) + "."));
        more = connection(line)
                .map(to -> Blocks.section(ConnectCommands.shown(to)))
                .map(more::with)
                .orElse(more);
        return more.with(Blocks.context("Request " + Mrkdwn.code(grant.request().value()) + " · opened by "
                + pages.linkTo(grant.openedBy()) + inBrief(grant)));
    }

    private static String inBrief(Grant grant) {
        return ApprovalText.inBrief(grant.approvalBasis())
                .map(how -> " · " + how)
                .orElse("");
    }

    private static Stream<String> waiting(ReportStatus.Line line) {
        return line.waiting().stream().map(proposal -> waiting(proposal, line.rules()));
    }

    private static String waiting(Proposal proposal, EnvironmentRules rules) {
        ProposedChange change = proposal.change();
        int approvals = rules.approvals();
        return "🔵 " + ProposalMessage.asks(change) + "; waits for "
                + (approvals == 1 ? "an approval" : approvals + " approvals") + " in " + ProposalMessage.page(proposal)
                + ", lapses " + Mrkdwn.moment(change.lapsesAt());
    }

    public SlackMessage connect(ReportStatus.Line line) {
        EnvironmentName environment = line.state().environment();
        return switch (line.state()) {
            case EnvironmentState.Open(Grant grant) ->
                connection(line)
                        .map(to -> SlackMessage.of(headline(line)).with(Blocks.section(ConnectCommands.shown(to))))
                        .orElseGet(() ->
                                SlackMessage.of(name(environment) + " is open until " + Mrkdwn.moment(grant.expiresAt())
                                        + ", and one cannot connect to it yet: " + seen(line)));
            case EnvironmentState.Closed _, EnvironmentState.Unclear _ -> SlackMessage.of(headline(line));
        };
    }

    public SlackMessage history(EnvironmentName environment, List<PastGrant> past) {
        if (past.isEmpty()) {
            return SlackMessage.of("Nobody has had " + name(environment) + " yet, as far as the ledger goes back.");
        }
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section("The last grants of " + name(environment) + ", newest first:"));
        blocks.addAll(Blocks.lines(past.stream().map(this::line).toList(), MOST_SECTIONS));
        return new SlackMessage("The last grants of " + name(environment), blocks);
    }

    private String line(PastGrant past) {
        Grant grant = past.grant();
        Duration held = Duration.between(grant.createdAt(), past.endedAt());
        String why =
                grant.reason().isGiven() ? " — " + Mrkdwn.excerpt(grant.reason().text(), 120) : "";
        return "• " + Mrkdwn.bold(grant.holder().name()) + " from " + Mrkdwn.moment(grant.createdAt()) + " for "
                + HumanDuration.of(held) + why + "; " + GrantMessage.how(past) + " · " + pages.linkTo(grant.openedBy())
                + " → "
                + pages.linkTo(past.closedBy()) + inBrief(grant);
    }

    private static String headline(ReportStatus.Line line) {
        return switch (line.state()) {
            case EnvironmentState.Closed(var environment) ->
                "⚫ " + name(environment) + " is closed" + (leftover(line) ? ", and a bastion is still seen there" : "");
            case EnvironmentState.Open(Grant grant) ->
                (connection(line).isPresent() ? "🟢 " : "🟡 ") + name(grant.environment()) + " is open until "
                        + Mrkdwn.moment(grant.expiresAt()) + " for "
                        + Mrkdwn.bold(grant.holder().name());
            case EnvironmentState.Unclear(var environment, var problem) ->
                "🔴 " + name(environment) + " cannot be read: " + Mrkdwn.excerpt(problem, 300);
        };
    }

    private static boolean leftover(ReportStatus.Line line) {
        return line.bastion().isPresent();
    }

    private static String seen(ReportStatus.Line line) {
        if (!line.looked()) {
            return "AWS does not answer just now, so I cannot say how its bastion is.";
        }
        return line.bastion()
                .map(bastion -> "Its bastion " + Mrkdwn.code(bastion.instance()) + " is "
                        + Mrkdwn.excerpt(bastion.state(), 200) + ".")
                .orElse("Its bastion is not there yet; the message in the channel says when it is.");
    }

    /** How to connect to this grant's own bastion; one that another request left behind does not count. */
    private static Optional<Connection> connection(ReportStatus.Line line) {
        return line.state() instanceof EnvironmentState.Open(Grant grant)
                ? line.bastion().filter(bastion -> bastion.belongsTo(grant)).flatMap(BastionObservation::connection)
                : Optional.empty();
    }

    private static String name(EnvironmentName environment) {
        return Mrkdwn.bold(environment.value());
    }
}
