package dev.bastion.app.slack;

import com.slack.api.model.block.LayoutBlock;
import dev.bastion.access.Connection;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.EnvironmentRules;
import dev.bastion.access.Grant;
import dev.bastion.access.PastGrant;
import dev.bastion.access.Proposal;
import dev.bastion.access.ProposedChange;
import dev.bastion.access.ReportStatus;
import dev.bastion.access.Sighting;
import dev.bastion.access.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where things stand, for whoever asks: help, status, connect and history. */
final class StatusCards {
    private static final int MOST_SECTIONS = 12;
    private static final String COMMANDS = """
            `/bastion create dev 2h why you need it` opens an environment, or asks those who must approve (duration and reason may be left out)
            `/bastion create prod --break-glass INC-12` does not wait for approval, where the policy lets you: everybody is told
            `/bastion status` · `/bastion status dev` says what is open, and for whom
            `/bastion connect dev` gives the commands to connect with
            `/bastion extend dev` · `/bastion extend dev 1h` moves the end
            `/bastion destroy dev` ends it now, or takes back a request that waits
            `/bastion history dev` lists who had it""";

    private final CommitPages pages;

    StatusCards(CommitPages pages) {
        this.pages = pages;
    }

    Card help(List<ReportStatus.Line> lines) {
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section("I open environments for a while: every door is a commit, and it closes by itself."));
        blocks.addAll(all(lines));
        blocks.add(Blocks.actions(List.of(Blocks.button(FormDesk.BUTTON, "Request access", "help"))));
        blocks.add(Blocks.section(COMMANDS));
        return new Card("What I can do, and what is open", blocks);
    }

    Card status(List<ReportStatus.Line> lines) {
        return new Card("What is open", all(lines));
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

    Card status(ReportStatus.Line line) {
        Card card = new Card(
                headline(line),
                Blocks.lines(
                        Stream.concat(Stream.of(headline(line)), waiting(line)).toList(), MOST_SECTIONS));
        return line.standing() instanceof Standing.Open(Grant grant) ? details(card, grant, line) : card;
    }

    private Card details(Card card, Grant grant, ReportStatus.Line line) {
        String reason =
                grant.reason().isGiven() ? "> " + Mrkdwn.escape(grant.reason().text()) + "\n" : "";
        Card more = card.with(
                Blocks.section(reason + seen(line) + "\nOpen since " + Mrkdwn.moment(grant.createdAt()) + "."));
        more = connection(line)
                .map(to -> Blocks.section(ConnectCommands.shown(to)))
                .map(more::with)
                .orElse(more);
        return more.with(Blocks.context("Request " + Mrkdwn.code(grant.request().value()) + " · opened by "
                + pages.linkTo(grant.openedBy()) + inBrief(grant)));
    }

    private static String inBrief(Grant grant) {
        return Consents.inBrief(grant.consent()).map(how -> " · " + how).orElse("");
    }

    private static Stream<String> waiting(ReportStatus.Line line) {
        return line.waiting().stream().map(proposal -> waiting(proposal, line.rules()));
    }

    private static String waiting(Proposal proposal, EnvironmentRules rules) {
        ProposedChange change = proposal.change();
        int approvals = rules.approvals();
        return "🔵 " + ProposalCard.asks(change) + "; waits for "
                + (approvals == 1 ? "an approval" : approvals + " approvals") + " in " + ProposalCard.page(proposal)
                + ", lapses " + Mrkdwn.moment(change.lapsesAt());
    }

    Card connect(ReportStatus.Line line) {
        EnvironmentName environment = line.standing().environment();
        return switch (line.standing()) {
            case Standing.Open(Grant grant) ->
                connection(line)
                        .map(to -> Card.of(headline(line)).with(Blocks.section(ConnectCommands.shown(to))))
                        .orElseGet(
                                () -> Card.of(name(environment) + " is open until " + Mrkdwn.moment(grant.expiresAt())
                                        + ", and one cannot connect to it yet: " + seen(line)));
            case Standing.Closed _, Standing.Unclear _ -> Card.of(headline(line));
        };
    }

    Card history(EnvironmentName environment, List<PastGrant> past) {
        if (past.isEmpty()) {
            return Card.of("Nobody has had " + name(environment) + " yet, as far as the ledger goes back.");
        }
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section("The last grants of " + name(environment) + ", newest first:"));
        blocks.addAll(Blocks.lines(past.stream().map(this::line).toList(), MOST_SECTIONS));
        return new Card("The last grants of " + name(environment), blocks);
    }

    private String line(PastGrant past) {
        Grant grant = past.grant();
        Duration held = Duration.between(grant.createdAt(), past.endedAt());
        String why =
                grant.reason().isGiven() ? " — " + Mrkdwn.excerpt(grant.reason().text(), 120) : "";
        return "• " + Mrkdwn.bold(grant.holder().name()) + " from " + Mrkdwn.moment(grant.createdAt()) + " for "
                + Spans.of(held) + why + "; " + GrantCard.how(past) + " · " + pages.linkTo(grant.openedBy()) + " → "
                + pages.linkTo(past.closedBy()) + inBrief(grant);
    }

    private static String headline(ReportStatus.Line line) {
        return switch (line.standing()) {
            case Standing.Closed(var environment) ->
                "⚫ " + name(environment) + " is closed" + (leftover(line) ? ", and a bastion is still seen there" : "");
            case Standing.Open(Grant grant) ->
                (connection(line).isPresent() ? "🟢 " : "🟡 ") + name(grant.environment()) + " is open until "
                        + Mrkdwn.moment(grant.expiresAt()) + " for "
                        + Mrkdwn.bold(grant.holder().name());
            case Standing.Unclear(var environment, var problem) ->
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
        return line.standing() instanceof Standing.Open(Grant grant)
                ? line.bastion().filter(bastion -> bastion.belongsTo(grant)).flatMap(Sighting::connection)
                : Optional.empty();
    }

    private static String name(EnvironmentName environment) {
        return Mrkdwn.bold(environment.value());
    }
}
