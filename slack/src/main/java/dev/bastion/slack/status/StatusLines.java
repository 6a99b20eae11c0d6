package dev.bastion.slack.status;

import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.state.StatusReport;
import dev.bastion.slack.message.ProposalMessage;
import dev.bastion.slack.web.Mrkdwn;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The lines about environments: each environment's state, what waits for approval, and its bastion. */
public final class StatusLines {
    private static final int EXCERPT = 300;

    private StatusLines() {}

    /** What is open or unclear first, then what waits, then what is closed; each by name. */
    public static List<StatusReport.Line> byUrgency(List<StatusReport.Line> lines) {
        return lines.stream()
                .sorted(Comparator.comparingInt(StatusLines::urgency))
                .toList();
    }

    private static int urgency(StatusReport.Line line) {
        if (isOfNote(line)) {
            return line.state() instanceof EnvironmentState.Closed ? 1 : 0;
        }
        return 2;
    }

    /** Whether there is more to say than that the environment is closed. */
    public static boolean isOfNote(StatusReport.Line line) {
        return !(line.state() instanceof EnvironmentState.Closed)
                || isLeftover(line)
                || !line.waiting().isEmpty()
                || !line.breakGlass().isEmpty();
    }

    /** The environment's state, and a line for each request that waits and each break-glass access without approval. */
    static Stream<String> summary(StatusReport.Line line) {
        return Stream.of(
                        Stream.of(headline(line)),
                        line.waiting().stream().map(proposal -> waiting(proposal, line.rules())),
                        line.breakGlass().stream().map(StatusLines::breakGlass))
                .flatMap(all -> all);
    }

    /** The environment's state in one line. */
    public static String headline(StatusReport.Line line) {
        return switch (line.state()) {
            case EnvironmentState.Closed(var environment) ->
                "⚫ " + name(environment) + " is closed" + (isLeftover(line) ? ", but a bastion is still running" : "");
            case EnvironmentState.Open(Grant grant) ->
                (connection(line).isPresent() ? "🟢 " : "🟡 ") + name(grant.environment()) + " is open until "
                        + Mrkdwn.moment(grant.expiresAt()) + " for "
                        + Mrkdwn.bold(grant.holder().name());
            case EnvironmentState.Unclear(var environment, var problem, var _, var _, boolean mayBeOpen) ->
                "🔴 " + name(environment) + (mayBeOpen ? " cannot be read: " : " cannot be opened: ")
                        + Mrkdwn.excerpt(problem, EXCERPT);
        };
    }

    static String breakGlass(Grant grant) {
        return "🧯 break-glass without approval: " + name(grant.environment()) + ", "
                + Mrkdwn.bold(grant.holder().name()) + ", " + Mrkdwn.ago(grant.createdAt());
    }

    static String waiting(Proposal proposal, EnvironmentRules rules) {
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

    static String bastion(StatusReport.Line line) {
        if (!line.looked()) {
            return "The state of its bastion is not known.";
        }
        return line.bastion()
                .map(bastion -> "Its bastion " + Mrkdwn.code(bastion.instance()) + " is "
                        + Mrkdwn.excerpt(bastion.state(), EXCERPT) + ".")
                .orElse("Its bastion is not running yet; the message in the channel will show when you can connect.");
    }

    /** The way to connect to this grant's own bastion; one that another request left behind does not count. */
    public static Optional<Connection> connection(StatusReport.Line line) {
        return line.state() instanceof EnvironmentState.Open(Grant grant)
                ? line.bastion().filter(bastion -> bastion.belongsTo(grant)).flatMap(BastionObservation::connection)
                : Optional.empty();
    }

    private static boolean isLeftover(StatusReport.Line line) {
        return line.state() instanceof EnvironmentState.Closed && line.bastion().isPresent();
    }

    static String name(EnvironmentName environment) {
        return Mrkdwn.bold(environment.title());
    }
}
