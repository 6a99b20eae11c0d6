package dev.bastion.slack.message;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStage.Wait;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.text.FaultText;
import dev.bastion.access.text.RefusalText;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMarkup;
import dev.bastion.slack.web.SlackMessage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The live message of a grant in the channel, at each stage. Its text depends on the status alone: an equal status gives
 * equal bytes, so that a message is edited only when it changes.
 */
public final class GrantMessage {
    /** The longest excerpt of text from CI or AWS; escaping may make it five times as long. */
    private static final int EXCERPT = 400;

    private final CommitLinks pages;

    public GrantMessage(CommitLinks pages) {
        this.pages = pages;
    }

    public SlackMessage requested(LedgerChange.Open change) {
        String headline = Mrkdwn.bold(change.environment().title()) + ": "
                + Mrkdwn.bold(change.request().requester().name()) + " requests access until "
                + Mrkdwn.moment(change.expiresAt());
        String breakGlass =
                change.request().breakGlass() ? "🧯 Break-glass access, without waiting for approval. " : "";
        return message(
                "🟡 " + headline,
                change.request().reason(),
                List.of(breakGlass + "Recording it in git…"),
                List.of(),
                "Request " + Mrkdwn.code(change.request().id().value()));
    }

    /** @param environment empty when the message does not name it */
    public static SlackMessage notRecorded(RequestId request, Optional<EnvironmentName> environment, String why) {
        String what = "⚪ A request for "
                + environment.map(name -> Mrkdwn.bold(name.title())).orElse("an environment")
                + " failed: " + Mrkdwn.excerpt(why, EXCERPT);
        return SlackMessage.of(what + ". Nothing was opened.")
                .with(Blocks.context("Request " + Mrkdwn.code(request.value())));
    }

    /** For a request, of a grant or of a proposal, of which it is not known whether it was recorded. */
    public static SlackMessage unknown(RequestId request, EnvironmentName environment, Fault.Unknown fault) {
        return SlackMessage.of("🟠 The request for " + Mrkdwn.bold(environment.title()) + ": "
                        + FaultText.unknownRequest(fault).in(SlackMarkup.MRKDWN))
                .with(Blocks.context("Request " + Mrkdwn.code(request.value())));
    }

    public SlackMessage of(GrantStatus status) {
        Grant grant = status.grant();
        return switch (status.stage()) {
            case GrantStage.Applying(Optional<URI> run, boolean isSlow) ->
                isSlow ? applyingSlowly(grant, run) : applying(grant, run);
            case GrantStage.ApplyFailed(String what, Optional<URI> run) -> failed(grant, what, run);
            case GrantStage.Ready(Connection connection) -> ready(grant, connection);
            case GrantStage.EndsSoon(Optional<Connection> connection) -> endsSoon(grant, connection);
            case GrantStage.Overdue overdue -> overdue(grant, overdue);
            case GrantStage.Unreadable(String problem) -> unreadable(grant, problem);
            case GrantStage.Closing(PastGrant past, Wait waitsFor, Optional<Instant> presumedGoneAt) ->
                closing(past, waitsFor, presumedGoneAt);
            case GrantStage.Lingering(PastGrant past, Duration since, BastionObservation bastion) ->
                lingering(past, since, bastion);
            case GrantStage.Gone(PastGrant past, Instant seenAt, Optional<ApplyStatus.Failed> failure) ->
                gone(past, seenAt, failure);
        };
    }

    private SlackMessage applying(Grant grant, Optional<URI> run) {
        String next = run.map(at -> Mrkdwn.link(at, "CI is applying it")).orElse("CI will apply it next")
                + ". I'll update this message when you can connect.";
        return open(grant, "🟡 " + subject(grant) + " is being opened" + holderUntil(grant), List.of(next), Button.END);
    }

    private SlackMessage applyingSlowly(Grant grant, Optional<URI> run) {
        String slow = "Its bastion is not online, more than "
                + GrantStage.Applying.SLOW_AFTER.toMinutes() + " minutes after access was granted"
                + run.map(at -> " (" + Mrkdwn.link(at, "CI's run") + ")").orElse("") + ".";
        String next = Mrkdwn.bold("Doctor") + " looks for the cause. I'll update this message when you can connect.";
        return open(
                grant,
                "🟠 " + subject(grant) + " is not ready yet" + holderUntil(grant),
                List.of(slow, next),
                Button.END,
                Button.DOCTOR);
    }

    private SlackMessage failed(Grant grant, String what, Optional<URI> run) {
        String step = "CI failed: " + Mrkdwn.excerpt(what, EXCERPT)
                + run.map(at -> " (" + Mrkdwn.link(at, "log") + ")").orElse("") + ".";
        String next = "Fix the cause and run CI again, or end the access; otherwise it expires as planned.";
        return open(
                grant,
                "🔴 " + subject(grant) + " could not be opened for "
                        + Mrkdwn.bold(grant.holder().name()),
                List.of(step, next),
                Button.END,
                Button.DOCTOR);
    }

    private SlackMessage ready(Grant grant, Connection connection) {
        return open(
                grant,
                "🟢 " + subject(grant) + " is open" + holderUntil(grant),
                List.of(ConnectCommands.shown(grant.environment(), connection)),
                Button.EXTEND,
                Button.END,
                Button.CONNECT);
    }

    private SlackMessage endsSoon(Grant grant, Optional<Connection> connection) {
        String headline = "🟠 " + subject(grant) + " expires soon: "
                + Mrkdwn.bold(grant.holder().name()) + " has access until " + Mrkdwn.moment(grant.expiresAt());
        String next = "Extend it if you need more time.";
        return connection.isPresent()
                ? open(grant, headline, List.of(next), Button.EXTEND, Button.END, Button.CONNECT)
                : open(
                        grant,
                        headline,
                        List.of(next, "Its bastion is offline."),
                        Button.EXTEND,
                        Button.END,
                        Button.DOCTOR);
    }

    private SlackMessage overdue(Grant grant, GrantStage.Overdue overdue) {
        if (!overdue.isAlarming()) {
            return open(
                    grant,
                    "🟠 " + subject(grant) + " has expired: "
                            + Mrkdwn.bold(grant.holder().name()) + " had access until "
                            + Mrkdwn.moment(grant.expiresAt()),
                    List.of("Reverting the environment file…"));
        }
        return open(
                grant,
                "🔴 " + subject(grant) + " should have expired " + HumanDuration.growing(overdue.by())
                        + " ago, but git still says that it is open",
                List.of("I keep trying to revert the environment file. Please check the service's log and the git"
                        + " remote."),
                Button.END);
    }

    /** The alarm for an environment that may be open although its file cannot be read. */
    public SlackMessage unreadable(EnvironmentState.Unclear environment, boolean isAtItsEnd) {
        String name = Mrkdwn.bold(environment.environment().title());
        String headline = isAtItsEnd
                ? "🚨 " + name + " has expired, and its file can be neither read nor reverted"
                : "🚨 " + name + " may be open, but its file cannot be read";
        String next = isAtItsEnd
                ? "I terminate its bastion. Correct or restore the file, and run CI."
                : environment
                        .grant()
                        .map(grant -> "I will end what can be found of it " + Mrkdwn.moment(grant.expiresAt())
                                + "; `/bastion destroy "
                                + environment.environment().value() + "` ends it now.")
                        .orElse("I cannot end it: correct the file, or set `deploy_bastion` to 0 in it and run CI.");
        String origin = environment
                .edit()
                .map(edit -> "Changed by " + Mrkdwn.excerpt(edit.by().name(), EXCERPT) + " in " + commit(edit.commit()))
                .orElse("No commit is known that made it so.");
        return new SlackMessage(
                headline,
                List.of(
                        Blocks.section(headline + "\n" + Mrkdwn.excerpt(environment.problem(), EXCERPT)),
                        Blocks.section(next),
                        Blocks.context(origin)));
    }

    private SlackMessage unreadable(Grant grant, String problem) {
        return open(
                grant,
                "🔴 " + subject(grant) + " may be open" + holderUntil(grant) + ", but its file cannot be read",
                List.of(Mrkdwn.excerpt(problem, EXCERPT), "I'll end it at that time; *End now* ends it at once."),
                Button.END);
    }

    private SlackMessage closing(PastGrant past, Wait waitsFor, Optional<Instant> presumedGoneAt) {
        String next = presumedGoneAt
                .map(at -> "No bastion is there now; without a report from CI, it counts as gone from "
                        + Mrkdwn.moment(at) + " on.")
                .orElse("I'll update this message when it is gone.");
        return over(
                past,
                "⚪ " + subject(past.grant()) + " is being closed: " + how(past),
                List.of(cause(waitsFor) + ". " + next));
    }

    private String cause(Wait waitsFor) {
        return switch (waitsFor) {
            case Wait.NoReport _ -> "CI has not reported yet that it removes the bastion";
            case Wait.Running(Optional<URI> run) -> link(run, "CI is removing the bastion");
            case Wait.Failed(String what, Optional<URI> run) ->
                "🔴 " + link(run, "CI failed to remove the bastion") + " (" + Mrkdwn.excerpt(what, EXCERPT)
                        + "): run CI again";
            case Wait.EarlierRun(CommitId commit, Optional<URI> run) ->
                link(run, "CI has not " + (run.isPresent() ? "finished" : "reported on") + " the earlier commit")
                        + " " + commit(commit)
                        + ", which can still create the bastion";
            case Wait.Removal _ -> "CI has applied the reversion";
            case Wait.Listing _ ->
                "CI has applied the reversion, and AWS takes up to a minute to show what an earlier run created";
            case Wait.Unobserved _ ->
                "🔴 AWS does not answer, so I cannot see whether the bastion is there: check it in AWS, and the"
                        + " service's log";
            case Wait.ObservationRefused(String answered, String remedy) ->
                "🔴 AWS refuses to show me whether the bastion is there (" + Mrkdwn.excerpt(answered, EXCERPT)
                        + "): check it in AWS, and ask the platform team to change this: "
                        + Mrkdwn.excerpt(remedy, EXCERPT);
        };
    }

    private static String link(Optional<URI> run, String text) {
        return run.map(at -> Mrkdwn.link(at, text)).orElse(text);
    }

    private SlackMessage lingering(PastGrant past, Duration since, BastionObservation bastion) {
        return over(
                past,
                "🔴 " + subject(past.grant()) + " is closed in git, but its bastion is still running after "
                        + HumanDuration.growing(since),
                List.of("Seen: " + Mrkdwn.code(bastion.instance()) + ", " + Mrkdwn.excerpt(bastion.state(), EXCERPT)
                        + ". Please check CI; if CI does not remove it, I will terminate it."));
    }

    private SlackMessage gone(PastGrant past, Instant seenAt, Optional<ApplyStatus.Failed> failure) {
        Duration held = Duration.between(past.grant().createdAt(), past.endedAt());
        return over(
                past,
                "⚫ " + subject(past.grant()) + " is closed: " + how(past),
                Stream.concat(
                                Stream.of(Mrkdwn.bold(past.grant().holder().name()) + " had access for "
                                        + HumanDuration.of(held) + ". The bastion is gone (" + Mrkdwn.moment(seenAt)
                                        + ")."),
                                failure.map(GrantMessage::leftBehind).stream())
                        .toList());
    }

    private static String leftBehind(ApplyStatus.Failed failure) {
        return "🔴 " + link(failure.run(), "CI failed") + " (" + Mrkdwn.excerpt(failure.what(), EXCERPT)
                + "), so the bastion's security group and other parts may be left. Run CI again.";
    }

    private SlackMessage open(Grant grant, String headline, List<String> details, Button... buttons) {
        return message(
                headline,
                grant.reason(),
                withApproval(grant, details),
                List.of(buttons).stream().map(b -> b.on(grant)).toList(),
                trace(grant));
    }

    private SlackMessage over(PastGrant past, String headline, List<String> details) {
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

    private static SlackMessage message(
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

    private String commit(CommitId commit) {
        return pages.linkTo(commit);
    }

    private static String subject(Grant grant) {
        return Mrkdwn.bold(grant.environment().title());
    }

    private static String holderUntil(Grant grant) {
        return " for " + Mrkdwn.bold(grant.holder().name()) + " until " + Mrkdwn.moment(grant.expiresAt());
    }

    public static String how(PastGrant past) {
        return switch (past.end()) {
            case End.Expired _ -> "it expired (" + Mrkdwn.moment(past.endedAt()) + ")";
            case End.Unapproved _ ->
                "the service ended it, because it was opened or extended against the policy ("
                        + Mrkdwn.moment(past.endedAt()) + ")";
            case End.HolderInactive(var why) ->
                "the service ended it, because " + RefusalText.accountOf(why) + " (" + Mrkdwn.moment(past.endedAt())
                        + ")";
            case End.EndedBy(var by, var _) ->
                Mrkdwn.escape(by.name()) + " ended it (" + Mrkdwn.moment(past.endedAt()) + ")";
        };
    }
}
