package dev.bastion.sandbox.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.sandbox.github.GitHubServer;
import dev.bastion.sandbox.github.TestClone;
import dev.bastion.sandbox.page.CiRun;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applies in a CI that runs one job for each environment. */
final class CiTest {
    /** Notes its beginning and its end; goes on only once the file "go" is there. */
    private static final String LAUNCHER = """
            #!/bin/sh
            name=$(echo "$2" | sed 's|environments/\\(.*\\)/bastion|\\1|')
            value=$(cat "$2/terragrunt.hcl")
            echo "begin $name $value" >> "$NOTES/log"
            echo "applying $2 of $(git config remote.origin.url) at $GITHUB_SHA as run $GITHUB_RUN_ID"
            if [ "$value" = push ]; then
              git -c user.name=job -c user.email=job@example.org commit -q --allow-empty -m "by the job"
              git -c http.extraHeader="Authorization: bearer $GITHUB_TOKEN" push origin HEAD:refs/heads/main 2>&1
            fi
            while [ ! -e "$NOTES/go" ]; do sleep 0.02; done
            echo "end $name $value" >> "$NOTES/log"
            echo "{\\"summary\\": \\"applied $value\\"}" > "$4"
            [ "$value" != broken ]
            """;

    @TempDir
    Path folder;

    private GitHubServer server;
    private TestClone clone;
    private Ci ci;

    @BeforeEach
    void start() throws Exception {
        Path launcher = Files.writeString(folder.resolve("launcher"), LAUNCHER);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        server = GitHubServer.start(folder.resolve("ledger.git"), "acme/environments", "secret");
        CiSettings settings = new CiSettings(
                "acme/environments",
                server.repository().folder().toString(),
                List.of(launcher.toString()),
                folder.resolve("ci"),
                URI.create(server.base()),
                server.github().jobTokens(),
                Map.of("NOTES", folder.toString()),
                2,
                ApplyScope.ENVIRONMENT);
        ci = new Ci(settings, server.repository());
        clone = TestClone.of(server, folder.resolve("clone"), "secret");
        clone.commit("README", "empty");
        clone.push();
        server.onPush(ci::pushed);
    }

    @AfterEach
    void stop() {
        clone.close();
        ci.close();
        server.close();
    }

    @Test
    void appliesWhatThePushChangedInAFreshCloneAtItsHead() throws Exception {
        go();
        String head = write("dev", "open");
        clone.push();

        CiRun run = finished(1).getFirst();
        assertThat(run.state()).isEqualTo(CiRun.State.SUCCEEDED);
        assertThat(run.title()).isEqualTo("apply dev");
        assertThat(run.detail()).isEqualTo("applied open");
        assertThat(ci.output("1"))
                .isEqualTo("applying environments/dev/bastion of " + server.remote() + " at " + head + " as run 1\n");
        assertThat(folder.resolve("ci/1/checkout")).doesNotExist();
        assertThat(folder.resolve("ci/1/result.json")).exists();
    }

    @Test
    void aPushOfSeveralCommitsIsLookedAtFromOldHeadToNewHead() throws Exception {
        go();
        write("dev", "1");
        write("prod/orders", "1");
        write("dev", "2");
        String head = clone.commit("environments/people.yaml", "people: []");
        clone.push();

        List<CiRun> runs = finished(2);
        assertThat(runs).extracting(CiRun::title).containsExactlyInAnyOrder("apply dev", "apply prod/orders");
        assertThat(notes()).contains("begin dev 2", "begin prod/orders 1").doesNotContain("begin dev 1");
        assertThat(runs).allMatch(run -> run.commit().equals(head));
    }

    @Test
    void runsOfOneEnvironmentFollowOneAnotherAndEachAppliesTheBranchAsItIsAtItsTurn() throws Exception {
        for (String value : List.of("1", "2", "3", "4")) {
            write("dev", value);
            clone.push();
        }
        await().until(() -> notes().contains("begin dev 1"));
        assertThat(ci.runs()).hasSize(4);
        assertThat(ci.runs().getFirst().state()).isEqualTo(CiRun.State.QUEUED);
        go();

        assertThat(finished(4)).allMatch(run -> run.state() == CiRun.State.SUCCEEDED);
        assertThat(notes())
                .containsExactly(
                        "begin dev 1",
                        "end dev 1",
                        "begin dev 4",
                        "end dev 4",
                        "begin dev 4",
                        "end dev 4",
                        "begin dev 4",
                        "end dev 4");
    }

    @Test
    void aJobCannotPushToTheBranchWithTheTokenOfItsWorkflow() throws Exception {
        go();
        String head = write("dev", "push");
        clone.push();
        finished(1);
        assertThat(ci.output("1"))
                .contains("Permission to acme/environments.git denied to github-actions[bot].", "403");
        assertThat(server.repository().resolve("main")).isEqualTo(head);
    }

    private CiRun newest() {
        return ci.runs().getFirst();
    }

    @Test
    void aHeldRunWaitsAtItsMoment() throws Exception {
        go();
        ci.faults().hold("dev", CiFaults.Moment.QUEUED);
        write("dev", "1");
        clone.push();
        await().until(() -> !ci.runs().isEmpty());
        assertThat(newest().state()).isEqualTo(CiRun.State.QUEUED);
        ci.faults().hold("dev", CiFaults.Moment.CHECKED_OUT);
        ci.faults().release("dev");
        finished(1);
        ci.faults().hold("dev", CiFaults.Moment.CHECKED_OUT);
        write("dev", "2");
        clone.push();
        await().until(() -> newest().state() == CiRun.State.RUNNING);
        write("dev", "3");
        clone.push();
        ci.faults().release("dev");
        finished(3);
        assertThat(notes()).containsSubsequence("begin dev 2", "end dev 2", "begin dev 3", "end dev 3");
    }

    @Test
    void aNewerRunCancelsTheOneThatWaits() throws Exception {
        go();
        ci.faults().cancelWaiting("dev");
        ci.faults().hold("dev", CiFaults.Moment.QUEUED);
        write("dev", "1");
        clone.push();
        await().until(() -> !ci.runs().isEmpty());
        write("dev", "2");
        clone.push();
        await().until(() -> ci.runs().size() == 2);
        ci.faults().release("dev");
        assertThat(finished(2)).extracting(CiRun::detail).containsExactly("applied 2", "cancelled");
    }

    @Test
    void aRunThatIsStartedAgainAppliesItsCommitOrTheBranch() throws Exception {
        go();
        write("dev", "1");
        clone.push();
        finished(1);
        write("dev", "2");
        clone.push();
        finished(2);
        ci.startAgain("1");
        finished(3);
        assertThat(newest().detail()).isEqualTo("applied 2");
        ci.faults().checkOutThePush("dev");
        ci.startAgain("1");
        finished(4);
        assertThat(newest().detail()).isEqualTo("applied 1");
    }

    @Test
    void environmentsDoNotWaitForOneAnother() throws Exception {
        write("dev", "1");
        clone.push();
        write("staging", "1");
        clone.push();
        await().until(() -> notes().containsAll(List.of("begin dev 1", "begin staging 1")));
        go();
        finished(2);
    }

    @Test
    void aRunThatFailsIsToldAndTheNextOneIsDone() throws Exception {
        go();
        write("dev", "broken");
        clone.push();
        write("dev", "whole");
        clone.push();

        assertThat(finished(2)).extracting(CiRun::state).containsExactly(CiRun.State.SUCCEEDED, CiRun.State.FAILED);
    }

    @Test
    void otherBranchesAndOtherFilesAreNotApplied() throws Exception {
        go();
        clone.commit("environments/access-policy.yaml", "defaults: {}");
        clone.push();
        write("dev", "1");
        clone.push();
        assertThat(finished(1)).hasSize(1);
    }

    private String write(String environment, String value) throws Exception {
        return clone.commit("environments/" + environment + "/bastion/terragrunt.hcl", value);
    }

    private void go() throws Exception {
        Files.writeString(folder.resolve("go"), "");
    }

    private List<CiRun> finished(int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        ci.runs().stream().filter(run -> run.ended() != null).count() == count);
        return ci.runs();
    }

    private List<String> notes() throws Exception {
        Path log = folder.resolve("log");
        if (!Files.exists(log)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.toList();
        }
    }
}
