package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people read when another system refuses, does not answer, or wants the call later. */
class OutcomeConversationTest {
    private final SlackWorld world = SlackWorld.open();

    @AfterEach
    void stop() {
        world.close();
    }

    private void type(String person, String text) {
        world.workspace().as(person).command("/bastion", text);
    }

    @Test
    void aGrantWhosePushHasNoAnswerIsShownAsUnknownAndThenAsItIs() {
        world.ledger.lose(MemoryLedger.Lost.ANSWER);
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "Git did not answer, so it is not known whether this was done");
        world.messageSays("it is not known whether the request was recorded");
        assertThat(world.message().readable()).doesNotContain("Nothing was opened");
        assertThat(world.message().metadata("stage")).hasValue("requested");
        // as the reconcile pass does when it sees the grant
        world.show(new GrantStage.Applying(Optional.empty()));
        world.messageSays("is being opened for *john.doe*");
        assertThat(world.message().readable()).doesNotContain("not known");
    }

    @Test
    void aRequestWhosePushNeverArrivedIsShownAsFailedOnceThatIsCertain() {
        world.clockOffset = Duration.ofMinutes(3);
        world.ledger.lose(MemoryLedger.Lost.WITH_THE_CHANGE);
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "it is not known whether this was done");
        world.messageSays("failed: it was not recorded; please request again. Nothing was opened.");
        assertThat(world.message().metadata("stage")).hasValue("not_recorded");
    }

    @Test
    void aRefusalSaysTheOtherSidesWordsAndTheSettingAndNotToTryAgain() {
        world.ledger.failWrites(new LedgerRejected(
                "pushing to main",
                "GH013: Repository rule violations",
                "allow the service's account to bypass the rules"));
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "Git refuses this: GH013: Repository rule violations.");
        world.ephemeralSays("john.doe", "ask the platform team to change this: allow the service's account");
        world.messageSays("failed: git refuses it (GH013: Repository rule violations)");
        assertThat(world.message().readable()).contains("Nothing was opened.").doesNotContain("again");
    }

    @Test
    void aLimitSaysUntilWhenAndThatNothingWasDone() {
        world.ledger.failWrites(new LedgerUnreachable(
                new Fault.Later(
                        ExternalSystem.GITHUB, "opening a pull request", "429", Optional.of(Duration.ofMinutes(12))),
                new IOException("429")));
        type("john.doe", "create dev");
        world.ephemeralSays(
                "john.doe",
                "GitHub limits my calls, and nothing was done. Please run the command again in 12 minutes.");
        world.messageSays("failed: GitHub limits my calls; please request again in 12 minutes. Nothing was opened.");
    }

    @Test
    void aMissingScopeOfUsersInfoIsARefusalAndNoReasonToTryAgain() {
        world.workspace().faults().fail("users.info", new ApiFailure.Refused("missing_scope"));
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "I could not check who you are: Slack refuses this: missing_scope.");
        world.ephemeralSays("john.doe", "add the scopes of slack-manifest.yaml and install the app again");
    }

    @Test
    void whileGitIsDownTheInstanceIsTerminatedAndTheCommitFollows() {
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "is being opened");
        world.bastions.add(Samples.leaving(world.grant("dev").request()));
        world.ledger.failWith(LedgerUnreachable.later("fetching main", new IOException("connection refused")));
        type("jane.roe", "destroy dev");
        world.ephemeralSays("jane.roe", "Git is not answering, and nothing was done.");
        type("john.doe", "destroy dev");
        world.ephemeralSays(
                "john.doe", "Git is not answering, so I terminated the bastion of *dev* now: `i-0123456789abcdef0`.");
        world.ephemeralSays("john.doe", "until then git still says that *dev* is open.");
        assertThat(world.bastions).isEmpty();
        world.ledger.heal();
        world.cases().end().retry();
        assertThat(world.past().end()).isEqualTo(new End.EndedBy(Samples.JOHN));
    }

    /** A person who is told to try again in a minute is limited again with everybody else. */
    @Test
    void aLimitOfUsersInfoIsWaitedOut() {
        world.workspace().faults().fail("users.info", new ApiFailure.RateLimited(Duration.ofSeconds(1)), 1);
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "*dev* is being opened for you");
        assertThat(world.calls("users.info")).hasSize(2);
    }

    @Test
    void aLongLimitOfUsersInfoIsSaidWithItsTime() {
        world.workspace().faults().fail("users.info", new ApiFailure.RateLimited(Duration.ofMinutes(5)));
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "Slack limits my calls, and nothing was done.");
        world.ephemeralSays("john.doe", "in 5 minutes");
    }

    @Test
    void whileGitIsDownWhatIsKnownIsAnsweredWithItsTime() {
        type("john.doe", "create dev");
        world.ephemeralSays("john.doe", "is being opened");
        world.readAt = Optional.of(Instant.parse("2026-11-26T10:58:00Z"));
        world.ledger.failWith(LedgerUnreachable.later("fetching main", new IOException("connection refused")));
        for (String command : List.of("status", "status dev", "connect dev", "help")) {
            type("john.doe", command);
            world.ephemeralSays("john.doe", "As of <!date^1795690680^");
            world.ephemeralSays("john.doe", "Git is not answering.");
            world.ephemeralSays("john.doe", "is open until");
        }
        type("john.doe", "history dev");
        world.ephemeralSays("john.doe", "for *john.doe*, and has no earlier grants.");
        world.ephemeralSays("john.doe", "Git is not answering.");
        type("john.doe", "create staging");
        world.ephemeralSays("john.doe", "Git is not answering, and nothing was done.");
    }

    @Test
    void whileAwsRefusesTheLastSightIsAnsweredWithTheSetting() {
        world.awsFault = Optional.of(new ObservationFailed(
                new Fault.Refused(
                        ExternalSystem.AWS,
                        "describing the bastion instances",
                        "UnauthorizedOperation",
                        "allow ec2:DescribeInstances to the service's role"),
                new IOException("denied")));
        type("john.doe", "status dev");
        world.ephemeralSays("john.doe", "AWS has told me nothing since I started.");
        world.readAt = Optional.of(Instant.parse("2026-11-26T10:58:00Z"));
        type("john.doe", "status dev");
        world.ephemeralSays("john.doe", "As of <!date^1795690680^");
        world.ephemeralSays(
                "john.doe", "AWS refuses my calls (UnauthorizedOperation); ask the platform team to change");
    }

    @Test
    void whileGithubIsDownWaitingRequestsAreAnsweredWithTheirTime() {
        world.githubOutage = Optional.of(new Outage(
                new Fault.Later(ExternalSystem.GITHUB, "listing pull requests", "502"),
                Optional.of(Instant.parse("2026-11-26T10:58:00Z"))));
        type("john.doe", "status");
        world.ephemeralSays("john.doe", "GitHub is not answering.");
        world.ephemeralSays("john.doe", "As of <!date^1795690680^");
    }
}
