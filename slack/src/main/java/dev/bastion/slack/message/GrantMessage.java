package dev.bastion.slack.message;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStage.Wait;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.text.FaultText;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMarkup;
import dev.bastion.slack.web.SlackMessage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The live message of a grant in the channel, at each stage. Its text depends on the status alone: an equal status gives
 * equal bytes, so that a message is edited only when it changes.
 */
public final class GrantMessage {
    private final GrantLayout layout;
    private final EndedGrantMessage ended;

    public GrantMessage(CommitLinks pages) {
        this.layout = new GrantLayout(pages);
        this.ended = new EndedGrantMessage(layout);
    }

    public SlackMessage requested(LedgerChange.Open change) {
        String headline = Mrkdwn.bold(change.environment().title()) + ": "
                + Mrkdwn.bold(change.request().requester().name()) + " requests access until "
                + Mrkdwn.moment(change.expiresAt());
        String breakGlass =
                change.request().breakGlass() ? "🧯 Break-glass access, without waiting for approval. " : "";
        return GrantLayout.message(
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
                + " failed: " + Mrkdwn.excerpt(why, GrantLayout.EXCERPT);
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
                ended.closing(past, waitsFor, presumedGoneAt);
            case GrantStage.Lingering(PastGrant past, Duration since, BastionObservation bastion) ->
                ended.lingering(past, since, bastion);
            case GrantStage.Gone(PastGrant past, Instant seenAt, Optional<ApplyStatus.Failed> failure) ->
                ended.gone(past, seenAt, failure);
        };
    }

    private SlackMessage applying(Grant grant, Optional<URI> run) {
        String next = run.map(at -> Mrkdwn.link(at, "CI is applying it")).orElse("CI will apply it next")
                + ". I'll update this message when you can connect.";
        return layout.open(
                grant,
                "🟡 " + GrantLayout.subject(grant) + " is being opened" + holderUntil(grant),
                List.of(next),
                Button.END);
    }

    private SlackMessage applyingSlowly(Grant grant, Optional<URI> run) {
        String slow = "Its bastion is not online, more than "
                + GrantStage.Applying.SLOW_AFTER.toMinutes() + " minutes after access was granted"
                + run.map(at -> " (" + Mrkdwn.link(at, "CI's run") + ")").orElse("") + ".";
        String next = Mrkdwn.bold("Doctor") + " looks for the cause. I'll update this message when you can connect.";
        return layout.open(
                grant,
                "🟠 " + GrantLayout.subject(grant) + " is not ready yet" + holderUntil(grant),
                List.of(slow, next),
                Button.END,
                Button.DOCTOR);
    }

    private SlackMessage failed(Grant grant, String what, Optional<URI> run) {
        String step = "CI failed: " + Mrkdwn.excerpt(what, GrantLayout.EXCERPT)
                + run.map(at -> " (" + Mrkdwn.link(at, "log") + ")").orElse("") + ".";
        String next = "Fix the cause and run CI again, or end the access; otherwise it expires as planned.";
        return layout.open(
                grant,
                "🔴 " + GrantLayout.subject(grant) + " could not be opened for "
                        + Mrkdwn.bold(grant.holder().name()),
                List.of(step, next),
                Button.END,
                Button.DOCTOR);
    }

    private SlackMessage ready(Grant grant, Connection connection) {
        return layout.open(
                grant,
                "🟢 " + GrantLayout.subject(grant) + " is open" + holderUntil(grant),
                List.of(ConnectCommands.shown(grant.environment(), connection)),
                Button.EXTEND,
                Button.END,
                Button.CONNECT);
    }

    private SlackMessage endsSoon(Grant grant, Optional<Connection> connection) {
        String headline = "🟠 " + GrantLayout.subject(grant) + " expires soon: "
                + Mrkdwn.bold(grant.holder().name()) + " has access until " + Mrkdwn.moment(grant.expiresAt());
        String next = "Extend it if you need more time.";
        return connection.isPresent()
                ? layout.open(grant, headline, List.of(next), Button.EXTEND, Button.END, Button.CONNECT)
                : layout.open(
                        grant,
                        headline,
                        List.of(next, "Its bastion is offline."),
                        Button.EXTEND,
                        Button.END,
                        Button.DOCTOR);
    }

    private SlackMessage overdue(Grant grant, GrantStage.Overdue overdue) {
        if (!overdue.isAlarming()) {
            return layout.open(
                    grant,
                    "🟠 " + GrantLayout.subject(grant) + " has expired: "
                            + Mrkdwn.bold(grant.holder().name()) + " had access until "
                            + Mrkdwn.moment(grant.expiresAt()),
                    List.of("Reverting the environment file…"));
        }
        return layout.open(
                grant,
                "🔴 " + GrantLayout.subject(grant) + " should have expired " + HumanDuration.growing(overdue.by())
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
                        .map(grant -> "I will end what I can find of this access " + Mrkdwn.moment(grant.expiresAt())
                                + "; `/bastion destroy "
                                + environment.environment().value() + "` ends it now.")
                        .orElse("I cannot end it: correct the file, or set `deploy_bastion` to 0 in it and run CI.");
        String origin = environment
                .edit()
                .map(edit -> "Changed by " + Mrkdwn.excerpt(edit.by().name(), GrantLayout.EXCERPT) + " in "
                        + layout.commit(edit.commit()))
                .orElse("I do not know which commit caused this.");
        return new SlackMessage(
                headline,
                List.of(
                        Blocks.section(headline + "\n" + Mrkdwn.excerpt(environment.problem(), GrantLayout.EXCERPT)),
                        Blocks.section(next),
                        Blocks.context(origin)));
    }

    private SlackMessage unreadable(Grant grant, String problem) {
        return layout.open(
                grant,
                "🔴 " + GrantLayout.subject(grant) + " may be open" + holderUntil(grant)
                        + ", but its file cannot be read",
                List.of(
                        Mrkdwn.excerpt(problem, GrantLayout.EXCERPT),
                        "I'll end it at that time; *End now* ends it at once."),
                Button.END);
    }

    private static String holderUntil(Grant grant) {
        return " for " + Mrkdwn.bold(grant.holder().name()) + " until " + Mrkdwn.moment(grant.expiresAt());
    }
}
