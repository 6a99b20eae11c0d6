package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.app.world.LedgerRemote;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import dev.bastion.sandbox.github.pulls.PullRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An approver who pushes to another person's pull request, and approves it. */
class PusherTest {
    private static final String BRANCH = "change";

    @TempDir
    private Path folder;

    /** In canonical shape. */
    private static String leadingElsewhere(String host) {
        return LedgerRemote.environmentFile("dev")
                .replace(
                        "inputs = {\n",
                        "terraform {\n  source = \"${get_repo_root()}/terraform-modules//bastion\"\n}\n\ninputs = {\n"
                                + "  rds_endpoint = \"" + host + "\"\n");
    }

    private static PullRequest open(ReconcileWorld world) {
        world.remote.push("The root", Map.of("environments/root.hcl", "remote_state {}\n"));
        world.remote.pushNew(BRANCH, "Change", Map.of(LedgerRemote.path("dev"), leadingElsewhere("a.internal")));
        PullRequest pull =
                world.remote.server().github().as("johndoe").open(new NewPullRequest("Change", "", BRANCH, "main"));
        world.passFor(Duration.ofSeconds(20));
        return pull;
    }

    private static String status(ReconcileWorld world, PullRequest pull) {
        return world.remote.server().statuses(pull.head()).stream()
                .filter(status -> status.context().equals("bastion/policy"))
                .findFirst()
                .map(status -> status.state() + " " + status.description())
                .orElse("none");
    }

    private static String approved(ReconcileWorld world, PullRequest pull) {
        world.passFor(Duration.ofSeconds(20));
        world.remote.server().github().as("janeroe").approve(pull.number(), "fine");
        world.passFor(Duration.ofSeconds(20));
        return status(
                world, world.remote.server().github().pullRequest(pull.number()).orElseThrow());
    }

    @Test
    void whoPushedNothingApproves() {
        try (ReconcileWorld world = new ReconcileWorld(folder)) {
            assertThat(approved(world, open(world))).startsWith("success ");
        }
    }

    @Test
    void whoPushedTheHeadDoesNot() {
        try (ReconcileWorld world = new ReconcileWorld(folder)) {
            PullRequest pull = open(world);
            world.remote.pushAsJane(
                    BRANCH, "Mine", Map.of(LedgerRemote.path("dev"), leadingElsewhere("prod.internal")));
            assertThat(approved(world, pull)).startsWith("pending ");
        }
    }

    @Test
    void whoPushedACommitBelowTheHeadDoesNot() {
        try (ReconcileWorld world = new ReconcileWorld(folder)) {
            PullRequest pull = open(world);
            world.remote.pushAsJane(
                    BRANCH, "Mine", Map.of(LedgerRemote.path("dev"), leadingElsewhere("prod.internal")));
            world.remote.pushTo(BRANCH, "A word", Map.of("README.md", "more"));
            assertThat(approved(world, pull)).startsWith("pending ");
        }
    }

    @Test
    void whereGithubDoesNotSayOneApprovalIsNotEnough() {
        try (ReconcileWorld world = new ReconcileWorld(folder)) {
            world.remote.server().faults().hideActivity();
            assertThat(approved(world, open(world))).startsWith("pending ");
        }
    }
}
