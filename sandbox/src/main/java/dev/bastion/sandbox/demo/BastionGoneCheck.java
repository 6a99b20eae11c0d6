package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.page.CiRun;
import dev.bastion.sandbox.slack.conversation.Message;
import java.time.Duration;
import java.util.List;

/**
 * The checks after a reversion: CI applied it, the instance is terminated, the message says so, and Terraform's state
 * holds nothing of the bastion.
 */
final class BastionGoneCheck {
    private static final Duration MOMENT = Duration.ofSeconds(15);
    private static final Duration APPLY = Duration.ofMinutes(2);

    private final StoryContext cast;

    BastionGoneCheck(StoryContext cast) {
        this.cast = cast;
    }

    void observe(String environment, String request, LedgerCommit end) {
        CiRun run = cast.works().awaitRun(environment, end.id(), APPLY);
        cast.narrator().observed("closed", "CI run " + run.id() + ": " + run.detail());
        cast.works().awaitStatus(environment, end.id(), MOMENT);
        Await.awaitTrue(
                "every bastion of " + environment + " terminated",
                MOMENT,
                () -> cast.works().living(environment).isEmpty());
        Message gone = cast.channel().await(request, "gone", MOMENT);
        Await.require(
                SlackChannel.stages(gone).getLast().equals("gone"),
                "a message that says gone last: " + SlackChannel.stages(gone));
        Await.require(gone.actions().isEmpty(), "no buttons on what is over; there are " + gone.actions());
        cast.narrator().observed("gone", PlainText.firstLine(gone.text()));
        List<String> left = cast.terraform().nothingLeft(environment);
        Await.require(
                cast.world().emulator().hasLogGroup(cast.terraform().logGroup(environment)),
                "the log group of " + environment + " in AWS");
        cast.narrator().observed("state", "nothing of the bastion is left; what stays: " + String.join(", ", left));
    }
}
