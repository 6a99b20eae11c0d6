package dev.bastion.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import java.io.IOException;
import java.time.Duration;
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
                "pushing to main", "GH013: Repository rule violations", "allow the service's account to bypass the rules"));
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
}
