package dev.bastion.simulation;

import dev.bastion.sandbox.github.fault.GitHubFault;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.sandbox.slack.fault.SlackFaults;
import dev.bastion.simulation.world.Ci;
import dev.bastion.simulation.world.Ledger;
import dev.bastion.simulation.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The faults of the platforms. */
final class Troubles {
    private static final List<String> METHODS = List.of("chat.postMessage", "chat.update", "conversations.open");

    private final World world;
    private final Machine machine;
    private Instant gitUpSince = Instant.MIN;
    private Instant slackUpSince = Instant.MIN;
    private Instant clockRightSince = Instant.MIN;
    private boolean isGitDown;
    private boolean isSlackDown;

    Troubles(World world, Machine machine) {
        this.world = world;
        this.machine = machine;
    }

    void git(boolean isDown) {
        if (isGitDown && !isDown) {
            gitUpSince = world.clock().instant();
        }
        isGitDown = isDown;
        world.server().faults().turn(GitHubFault.GIT_DOWN, isDown);
    }

    void slack(boolean isDown) {
        if (isSlackDown && !isDown) {
            slackUpSince = world.clock().instant();
        }
        isSlackDown = isDown;
        SlackFaults faults = world.slack().faults();
        if (isDown) {
            faults.fail(SlackFaults.ANY, new ApiFailure.Status(503));
        } else {
            faults.clear(SlackFaults.ANY);
        }
    }

    void loseSlackAnswer(Dice dice) {
        world.slack().faults().fail(dice.oneOf(METHODS), new ApiFailure.AnswerLost(), dice.between(1, 2));
    }

    void slackRefuses(Dice dice) {
        world.slack().faults().fail(dice.oneOf(METHODS), new ApiFailure.Refused("internal_error"), dice.between(1, 5));
    }

    void ci(Dice dice) {
        world.ci().next(dice.oneOf(List.of(Ci.Trouble.values())));
    }

    /** An instance without a grant. */
    void stray(Dice dice) {
        world.instances().stray(dice.oneOf(Ledger.ENVIRONMENTS));
    }

    void slowInstance(Dice dice) {
        world.instances().nextOnlineAfter(dice.seconds(1, 600));
    }

    void clock(Duration skew) {
        machine.skew().set(skew);
        clockRightSince = skew.isZero() ? world.clock().instant() : Instant.MAX;
    }

    /** Ends every fault. */
    void end() {
        git(false);
        slack(false);
        world.slack().faults().clear();
        world.faults().clear();
        world.server().faults().loseAcknowledgements(0);
        world.server().faults().modifyBase(0);
        world.instances().down(false);
        world.ci().hold(false);
        if (!machine.skew().by().isZero()) {
            clock(Duration.ZERO);
        }
    }

    /** Since when git answers and the service's clock is right; far away while it is not so. */
    Instant gitUpSince() {
        if (isGitDown) {
            return Instant.MAX;
        }
        return gitUpSince.isAfter(clockRightSince) ? gitUpSince : clockRightSince;
    }

    /** Since when Slack answers. */
    Instant slackUpSince() {
        return isSlackDown ? Instant.MAX : slackUpSince;
    }
}
