package dev.bastion.sandbox.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.sandbox.github.GitHubServer;
import dev.bastion.sandbox.github.TestClone;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import dev.bastion.sandbox.page.CiRun;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What CI does with pull requests. */
final class CiPlanTest {
    /** plan --changed HEAD...SHA --pull-request NUMBER --result FILE; waits where dev's file says "slow". */
    private static final String LAUNCHER = """
        #!/bin/bash
        echo "$1 $2 $3 $4 $5 for $GITHUB_EVENT_NAME $GITHUB_REF, modules $(cat terraform-modules/main.tf)"
        value=$(git show "${3#HEAD...}:environments/dev/bastion/terragrunt.hcl")
        while [ "$value" = slow ]; do sleep 0.05; done
        echo "{\\"summary\\": \\"would do $value\\"}" > "$7"
        [ "$value" != broken ]
        """;

    private static final String FILE = "environments/dev/bastion/terragrunt.hcl";

    @TempDir
    Path folder;

    private GitHubServer server;
    private TestClone clone;
    private Ci ci;

    @BeforeEach
    void start() throws Exception {
        Path launcher = Files.writeString(folder.resolve("launcher"), LAUNCHER);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        Account actions = Account.bot("github-actions[bot]", "secret");
        server = GitHubServer.start(folder.resolve("ledger.git"), "acme/environments", InstantSource.system(), actions);
        ci = new Ci(
                new CiSettings(
                        "acme/environments",
                        server.repository().folder().toString(),
                        List.of(launcher.toString()),
                        folder.resolve("ci"),
                        URI.create(server.base()),
                        server.github().jobTokens(),
                        Map.of(),
                        2,
                        ApplyScope.PUSH),
                server.repository());
        clone = TestClone.of(server, folder.resolve("clone"), "secret");
        clone.commit("terraform-modules/main.tf", "trusted");
        clone.commit(FILE, "closed");
        clone.push();
        server.github().onPullRequest(ci::pullRequest);
    }

    @AfterEach
    void stop() {
        clone.close();
        ci.close();
        server.close();
    }

    @Test
    void oneRunPlansAllThatTheHeadChangesWithTheBranchsModules() throws Exception {
        clone.startAt("origin/main");
        clone.commit("terraform-modules/main.tf", "evil");
        clone.commit("environments/prod/orders/bastion/terragrunt.hcl", "open");
        String head = clone.commit(FILE, "open");
        open("one");

        CiRun run = ended(1).getFirst();
        assertThat(run.title()).isEqualTo("plan dev, prod/orders #1");
        assertThat(run.state()).isEqualTo(CiRun.State.SUCCEEDED);
        assertThat(run.detail()).isEqualTo("would do open");
        assertThat(ci.output("1"))
                .isEqualTo("plan --changed HEAD..." + head
                        + " --pull-request 1 for pull_request_target refs/heads/main, modules trusted\n");
    }

    @Test
    void aPlanIsMadeWithTheBranchAsItIsWhenTheRunBegins() throws Exception {
        clone.startAt("origin/main");
        clone.commit(FILE, "open");
        ci.faults().hold("dev", CiFaults.Moment.QUEUED);
        open("one");
        clone.startAt("origin/main");
        clone.commit("terraform-modules/main.tf", "newer");
        clone.push();
        ci.faults().release("dev");
        ended(1);
        assertThat(ci.output("1")).endsWith("modules newer\n");
    }

    @Test
    void aPlanThatFailsIsARunThatFailed() throws Exception {
        clone.startAt("origin/main");
        clone.commit(FILE, "open");
        open("one");
        ended(1);
        clone.commit(FILE, "broken");
        clone.push("one");
        assertThat(ended(2)).extracting(CiRun::state).containsExactly(CiRun.State.FAILED, CiRun.State.SUCCEEDED);
    }

    @Test
    void aNewHeadCancelsThePlanOfTheOld() throws Exception {
        clone.startAt("origin/main");
        clone.commit(FILE, "slow");
        open("one");
        await().until(() -> ci.output("1").contains("plan"));
        clone.commit(FILE, "open");
        clone.push("one");

        List<CiRun> runs = ended(2);
        assertThat(runs).extracting(CiRun::detail).containsExactly("would do open", "cancelled");
    }

    @Test
    void whatTouchesNoEnvironmentIsNotPlanned() throws Exception {
        clone.startAt("origin/main");
        clone.commit("README", "hello");
        open("one");
        assertThat(ci.runs()).isEmpty();
    }

    private void open(String branch) throws Exception {
        clone.push(branch);
        server.github().as("github-actions[bot]").open(new NewPullRequest(branch, "", branch, "main"));
    }

    private List<CiRun> ended(int count) {
        await().until(() ->
                ci.runs().stream().filter(run -> run.ended() != null).count() == count);
        return ci.runs();
    }
}
