package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.PlainText;
import dev.bastion.sandbox.page.CiRun;
import dev.bastion.sandbox.slack.conversation.Message;
import java.time.Duration;
import java.util.List;

/**
 * The checks after a reversion: CI applied it, the instance is terminated, the message says so, and Terraform's state
 * holds nothing that opens access.
 */
final class BastionGoneCheck {
    private static final Duration MOMENT = Duration.ofSeconds(15);
    private static final Duration APPLY = Duration.ofMinutes(2);

    private final StoryContext context;

    BastionGoneCheck(StoryContext context) {
        this.context = context;
    }

    void check(String environment, String request, LedgerCommit end) {
        CiRun run = context.ciAndAws().awaitRun(environment, end.id(), APPLY);
        context.narrator().observed("applied", "CI run " + run.id() + ": " + run.detail());
        context.ciAndAws().awaitStatus(environment, end.id(), MOMENT);
        Await.awaitTrue(
                "every bastion of " + environment + " terminated",
                MOMENT,
                () -> context.ciAndAws().notTerminated(environment).isEmpty());
        Message gone = context.channel().awaitStage(request, "gone", MOMENT);
        Await.require(
                SlackChannel.stages(gone).getLast().equals("gone"),
                "\"gone\" as the last stage of the message: " + SlackChannel.stages(gone));
        Await.require(
                gone.actions().isEmpty(), "no buttons on the message of an ended grant; there are " + gone.actions());
        context.narrator().observed("gone", PlainText.firstLine(gone.text()));
        List<String> standing = context.terraform().nothingOpen(environment);
        Await.require(
                context.world()
                        .emulator()
                        .home()
                        .hasLogGroup(context.terraform().logGroup(environment)),
                "the log group of " + environment + " in AWS");
        context.narrator()
                .observed(
                        "state",
                        "no instance, no rule and no schedule; " + standing.size()
                                + " resources that open nothing stand in Terraform's state");
    }
}
