package dev.bastion.slack.message;

import com.slack.api.model.block.LayoutBlock;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.state.StatusReport;
import dev.bastion.access.state.UnexplainedInstance;
import dev.bastion.access.text.FaultText;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMarkup;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The answers to help, status, connect and history. */
public final class StatusMessages {
    private static final int MOST_SECTIONS = 12;
    private static final int MOST_INSTANCES = 3;
    private static final String COMMANDS = """
            `/bastion create dev 2h why you need it` requests access, and asks the approvers where approval is required (duration and reason are optional)
            `/bastion create prod --break-glass INC-12` opens it without waiting for approval, where the policy allows it; everyone concerned is notified
            `/bastion status` · `/bastion status dev` shows what is open, and for whom
            `/bastion connect dev` shows the commands to connect with
            `/bastion extend dev` · `/bastion extend dev 1h` extends access
            `/bastion destroy dev` · `/bastion end dev` ends access now, or withdraws a request
            `/bastion history dev` lists past grants
            `/bastion doctor dev` finds out why nobody can connect, or why it does not end""";

    private final CommitLinks pages;

    public StatusMessages(CommitLinks pages) {
        this.pages = pages;
    }

    public SlackMessage help(StatusReport report) {
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section(
                "I grant temporary database access. Every grant is a git commit and expires automatically."));
        blocks.addAll(all(report.lines()));
        blocks.add(Blocks.actions(List.of(Blocks.button(RequestModal.OPEN_ACTION, "Request access", "help"))));
        blocks.add(Blocks.section(COMMANDS));
        return asOf(new SlackMessage("Commands, and what is open", blocks), report.outages());
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
            remarked = remarked.with(Blocks.context(
                    "⚠️ " + FaultText.asOf(outage.fault(), outage.asOf()).in(SlackMarkup.MRKDWN)));
        }
        return remarked;
    }

    private static List<LayoutBlock> all(List<StatusReport.Line> lines) {
        if (lines.isEmpty()) {
            return List.of(Blocks.section("There are no environments yet."));
        }
        return Blocks.lines(lines.stream().flatMap(StatusMessages::summary).toList(), MOST_SECTIONS);
    }

    public SlackMessage status(StatusReport.Line line) {
        SlackMessage message =
                new SlackMessage(headline(line), Blocks.lines(summary(line).toList(), MOST_SECTIONS));
        return line.state() instanceof EnvironmentState.Open(Grant grant) ? details(message, grant, line) : message;
    }

    private SlackMessage details(SlackMessage message, Grant grant, StatusReport.Line line) {
        String reason =
                grant.reason().isGiven() ? "> " + Mrkdwn.escape(grant.reason().text()) + "\n" : "";
        SlackMessage more = message.with(
                Blocks.section(reason + bastion(line) + "\nOpen since " + Mrkdwn.moment(grant.createdAt()) + "."));
        more = connection(line)
                .map(to -> Blocks.section(ConnectCommands.shown(grant.environment(), to)))
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

    private static Stream<String> summary(StatusReport.Line line) {
        return Stream.of(Stream.of(headline(line)), waiting(line), breakGlass(line))
                .flatMap(Function.identity());
    }

    private static Stream<String> breakGlass(StatusReport.Line line) {
        return line.breakGlass().stream()
                .map(grant -> "🧯 break-glass without approval: " + name(grant.environment()) + ", "
                        + Mrkdwn.bold(grant.holder().name()) + ", " + Mrkdwn.ago(grant.createdAt()));
    }

    private static Stream<String> waiting(StatusReport.Line line) {
        return line.waiting().stream().map(proposal -> waiting(proposal, line.rules()));
    }

    private static String waiting(Proposal proposal, EnvironmentRules rules) {
        ProposedChange change = proposal.change();
        int approvals = rules.approvals();
        String lapse = change.notBefore().isPresent()
                ? "; without enough approvals it lapses " + Mrkdwn.moment(change.lapsesAt())
                : ", lapses " + Mrkdwn.moment(change.lapsesAt());
        return "🔵 " + ProposalMessage.requests(change)
                + (approvals == 0
                        ? "; waiting for its start in " + ProposalMessage.page(proposal)
                        : "; waiting for " + (approvals == 1 ? "approval" : approvals + " approvals") + " in "
                                + ProposalMessage.page(proposal) + lapse);
    }

    public SlackMessage connect(StatusReport.Line line) {
        EnvironmentName environment = line.state().environment();
        return switch (line.state()) {
            case EnvironmentState.Open(Grant grant) ->
                connection(line)
                        .map(to -> SlackMessage.of(headline(line))
                                .with(Blocks.section(ConnectCommands.shown(environment, to))))
                        .orElseGet(() -> SlackMessage.of(name(environment) + " is open until "
                                + Mrkdwn.moment(grant.expiresAt()) + ", but you cannot connect yet: " + bastion(line)));
            case EnvironmentState.Closed _, EnvironmentState.Unclear _ -> SlackMessage.of(headline(line));
        };
    }

    /** @param observations what the ledger has of a request */
    public SlackMessage history(
            EnvironmentName environment, List<PastGrant> past, Function<RequestId, List<Observation>> observations) {
        if (past.isEmpty()) {
            return SlackMessage.of(name(environment) + " has no past grants.");
        }
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section("The last grants of " + name(environment) + ", newest first:"));
        blocks.addAll(Blocks.lines(
                past.stream()
                        .map(one -> line(one, observations.apply(one.grant().request())))
                        .toList(),
                MOST_SECTIONS));
        return new SlackMessage("The last grants of " + name(environment), blocks);
    }

    private String line(PastGrant past, List<Observation> observations) {
        Grant grant = past.grant();
        Duration held = Duration.between(grant.createdAt(), past.endedAt());
        String why =
                grant.reason().isGiven() ? " — " + Mrkdwn.excerpt(grant.reason().text(), 120) : "";
        return "• " + Mrkdwn.bold(grant.holder().name()) + " from " + Mrkdwn.moment(grant.createdAt()) + " for "
                + HumanDuration.of(held) + why + "; " + GrantMessage.how(past)
                + ObservedBastion.of(observations) + " · " + pages.linkTo(grant.openedBy())
                + " → "
                + pages.linkTo(past.closedBy()) + inBrief(grant);
    }

    private static String headline(StatusReport.Line line) {
        return switch (line.state()) {
            case EnvironmentState.Closed(var environment) ->
                "⚫ " + name(environment) + " is closed" + (leftover(line) ? ", but a bastion is still running" : "");
            case EnvironmentState.Open(Grant grant) ->
                (connection(line).isPresent() ? "🟢 " : "🟡 ") + name(grant.environment()) + " is open until "
                        + Mrkdwn.moment(grant.expiresAt()) + " for "
                        + Mrkdwn.bold(grant.holder().name());
            case EnvironmentState.Unclear(var environment, var problem, var _, var _, var _) ->
                "🔴 " + name(environment) + " cannot be read: " + Mrkdwn.excerpt(problem, 300);
        };
    }

    private static boolean leftover(StatusReport.Line line) {
        return line.bastion().isPresent();
    }

    private static String bastion(StatusReport.Line line) {
        if (!line.looked()) {
            return "The state of its bastion is not known.";
        }
        return line.bastion()
                .map(bastion -> "Its bastion " + Mrkdwn.code(bastion.instance()) + " is "
                        + Mrkdwn.excerpt(bastion.state(), 200) + ".")
                .orElse("Its bastion is not running yet; the message in the channel will show when you can connect.");
    }

    /** The way to connect to this grant's own bastion; one that another request left behind does not count. */
    private static Optional<Connection> connection(StatusReport.Line line) {
        return line.state() instanceof EnvironmentState.Open(Grant grant)
                ? line.bastion().filter(bastion -> bastion.belongsTo(grant)).flatMap(BastionObservation::connection)
                : Optional.empty();
    }

    private static String name(EnvironmentName environment) {
        return Mrkdwn.bold(environment.value());
    }
}
