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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applies as the project's workflow runs them: one run for each push, one at a time. */
final class CiPushTest {
    /** apply --changed BEFORE..AFTER --result FILE; goes on only once the file "go" is there. */
    private static final String LAUNCHER = """
            #!/bin/bash
            echo "$1 $2 $3 at $(git rev-parse HEAD)"
            while [ ! -e "$NOTES/go" ]; do sleep 0.02; done
            echo '{"summary": "done: all"}' > "$5"
            """;

    @TempDir
    Path folder;

    private GitHubServer server;
    private TestClone clone;
    private Ci ci;
    private String before = "";

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
                4,
                ApplyScope.PUSH);
        ci = new Ci(settings, server.repository());
        clone = TestClone.of(server, folder.resolve("clone"), "secret");
        before = clone.commit("README", "empty");
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
    void aPushIsOneRunWithItsRange() throws Exception {
        go();
        write("dev", "1");
        String head = write("prod/orders", "1");
        clone.push();
        CiRun run = ended(1).getFirst();
        assertThat(run.title()).isEqualTo("apply dev, prod/orders");
        assertThat(run.detail()).isEqualTo("done: all");
        assertThat(ci.output("1")).isEqualTo("apply --changed " + before + ".." + head + " at " + head + "\n");
    }

    @Test
    void runsFollowOneAnotherAndEachHasTheBranchAsItIsAtItsTurn() throws Exception {
        String first = write("dev", "1");
        clone.push();
        await().until(() -> ci.output("1").contains("--changed"));
        write("staging", "1");
        clone.push();
        String last = write("prod/orders", "1");
        clone.push();
        await().until(() -> ci.runs().size() == 3);
        assertThat(ci.runs())
                .extracting(CiRun::state)
                .containsExactly(CiRun.State.QUEUED, CiRun.State.QUEUED, CiRun.State.RUNNING);
        go();
        ended(3);
        assertThat(ci.output("1")).endsWith(" at " + first + "\n");
        assertThat(ci.output("2")).endsWith(" at " + last + "\n");
        assertThat(ci.output("3")).endsWith(" at " + last + "\n");
    }

    @Test
    void aPushWithoutAnEnvironmentHasNoRun() throws Exception {
        go();
        clone.commit("README", "words");
        clone.push();
        write("dev", "1");
        clone.push();
        assertThat(ended(1)).hasSize(1);
    }

    private String write(String environment, String value) throws Exception {
        return clone.commit("environments/" + environment + "/bastion/terragrunt.hcl", value);
    }

    private void go() throws Exception {
        Files.writeString(folder.resolve("go"), "");
    }

    private List<CiRun> ended(int count) {
        await().until(() ->
                ci.runs().stream().filter(run -> run.ended() != null).count() == count);
        return ci.runs();
    }
}
