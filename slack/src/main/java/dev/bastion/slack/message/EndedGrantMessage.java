package dev.bastion.slack.message;

import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.GrantStage.Wait;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.text.RefusalText;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The live message of a grant that the ledger says is over, until its bastion is gone. */
public final class EndedGrantMessage {
    private final GrantLayout layout;

    EndedGrantMessage(GrantLayout layout) {
        this.layout = layout;
    }

    SlackMessage closing(PastGrant past, Wait waitsFor, Optional<Instant> presumedGoneAt) {
        String next = presumedGoneAt
                .map(at -> "No bastion is there now; without a report from CI, it counts as gone from "
                        + Mrkdwn.moment(at) + " on.")
                .orElse("I'll update this message when it is gone.");
        return layout.over(
                past,
                "⚪ " + GrantLayout.subject(past.grant()) + " is being closed: " + howItEnded(past),
                List.of(cause(waitsFor) + ". " + next));
    }

    private String cause(Wait waitsFor) {
        return switch (waitsFor) {
            case Wait.NoReport _ -> "CI has not reported yet that it removes the bastion";
            case Wait.Running(Optional<URI> run) -> link(run, "CI is removing the bastion");
            case Wait.Failed(String what, Optional<URI> run) ->
                "🔴 " + link(run, "CI failed to remove the bastion") + " (" + Mrkdwn.excerpt(what, GrantLayout.EXCERPT)
                        + "): run CI again";
            case Wait.EarlierRun(CommitId commit, Optional<URI> run) ->
                link(run, "CI has not " + (run.isPresent() ? "finished" : "reported on") + " the earlier commit")
                        + " " + layout.commit(commit)
                        + ", which can still create the bastion";
            case Wait.Removal _ -> "CI has applied the reversion";
            case Wait.Listing _ ->
                "CI has applied the reversion, and AWS takes up to a minute to show what an earlier run created";
            case Wait.Unobserved _ ->
                "🔴 AWS does not answer, so I cannot see whether the bastion is there: check it in AWS, and the"
                        + " service's log";
            case Wait.ObservationRefused(String answered, String remedy) ->
                "🔴 AWS refuses to show me whether the bastion is there ("
                        + Mrkdwn.excerpt(answered, GrantLayout.EXCERPT)
                        + "): check it in AWS, and ask the platform team to change this: "
                        + Mrkdwn.excerpt(remedy, GrantLayout.EXCERPT);
        };
    }

    private static String link(Optional<URI> run, String text) {
        return run.map(at -> Mrkdwn.link(at, text)).orElse(text);
    }

    SlackMessage lingering(PastGrant past, Duration since, BastionObservation bastion) {
        return layout.over(
                past,
                "🔴 " + GrantLayout.subject(past.grant()) + " is closed in git, but its bastion is still running after "
                        + HumanDuration.growing(since),
                List.of("Seen: " + Mrkdwn.code(bastion.instance()) + ", "
                        + Mrkdwn.excerpt(bastion.state(), GrantLayout.EXCERPT)
                        + ". Please check CI; if CI does not remove it, I will terminate it."));
    }

    SlackMessage gone(PastGrant past, Instant seenAt, Optional<ApplyStatus.Failed> failure) {
        Duration held = Duration.between(past.grant().createdAt(), past.endedAt());
        return layout.over(
                past,
                "⚫ " + GrantLayout.subject(past.grant()) + " is closed: " + howItEnded(past),
                Stream.concat(
                                Stream.of(Mrkdwn.bold(past.grant().holder().name()) + " had access for "
                                        + HumanDuration.of(held) + ". The bastion is gone (" + Mrkdwn.moment(seenAt)
                                        + ")."),
                                failure.map(EndedGrantMessage::leftBehind).stream())
                        .toList());
    }

    private static String leftBehind(ApplyStatus.Failed failure) {
        return "🔴 " + link(failure.run(), "CI failed") + " (" + Mrkdwn.excerpt(failure.what(), GrantLayout.EXCERPT)
                + "), so the bastion's security group and other parts may be left. Run CI again.";
    }

    /** How and when it ended, as a clause. */
    public static String howItEnded(PastGrant past) {
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
