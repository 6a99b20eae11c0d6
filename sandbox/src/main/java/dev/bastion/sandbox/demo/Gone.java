package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.page.CiRun;
import dev.bastion.sandbox.slack.Message;
import java.time.Duration;
import java.util.List;

/** What is to be seen after a reversion. */
final class Gone {
    private static final Duration MOMENT = Duration.ofSeconds(15);
    private static final Duration APPLY = Duration.ofMinutes(2);

    private final Cast cast;

    Gone(Cast cast) {
        this.cast = cast;
    }

    void observe(String environment, String request, Commit end) {
        CiRun run = cast.works().awaitRun(environment, end.id(), APPLY);
        cast.narrator().observed("closed", "CI run " + run.id() + ": " + run.detail());
        cast.works().awaitStatus(environment, end.id(), MOMENT);
        Eyes.awaitTrue(
                "every bastion of " + environment + " terminated",
                MOMENT,
                () -> cast.works().living(environment).isEmpty());
        Message gone = cast.channel().await(request, "gone", MOMENT);
        Eyes.require(
                Channel.stages(gone).getLast().equals("gone"),
                "a message that says gone last: " + Channel.stages(gone));
        Eyes.require(gone.actions().isEmpty(), "no buttons on what is over; there are " + gone.actions());
        cast.narrator().observed("gone", PlainText.firstLine(gone.text()));
        List<String> left = cast.terraform().nothingLeft(environment);
        Eyes.require(
                cast.world().emulator().hasLogGroup(cast.terraform().logGroup(environment)),
                "the log group of " + environment + " in AWS");
        cast.narrator().observed("state", "nothing of the bastion is left; what stays: " + String.join(", ", left));
    }
}
