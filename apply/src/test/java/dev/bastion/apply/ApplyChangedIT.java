package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.apply.source.LayoutSource;
import dev.bastion.apply.stack.DriverChoice;
import dev.bastion.apply.terraform.ShutdownRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pushes that change several environments, with real Terraform against the AWS emulator. */
@Timeout(600)
class ApplyChangedIT {
    private static Workbench workbench;

    @TempDir
    private Path top;

    private final RecordedReports reports = new RecordedReports();
    private EnvironmentFiles dev;
    private EnvironmentFiles prod;
    private EnvironmentFiles staging;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        workbench = Workbench.start();
    }

    @AfterAll
    static void stop() {
        workbench.close();
    }

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        workbench.reset();
        dev = EnvironmentFiles.in(
                top,
                "dev",
                Modules.gated()
                        .replace(
                                "name        = \"bastion\"",
                                "name        = \"bastion-${replace(var.description, \" \", \"-\")}\"")
                        .replace("/bastion/sessions", "/bastion/${replace(var.description, \" \", \"-\")}"));
        prod = open("prod");
        staging = open("staging");
        open("dev");
    }

    private EnvironmentFiles open(String name) {
        return open(name, name);
    }

    private EnvironmentFiles close(String name) {
        return new EnvironmentFiles(top, name)
                .inputs("  deploy_bastion = 0\n  expires_at = \"\"\n  description = \"" + name + "\"\n");
    }

    private EnvironmentFiles open(String name, String description) {
        String end = Instant.now()
                .truncatedTo(ChronoUnit.SECONDS)
                .plus(1, ChronoUnit.HOURS)
                .toString();
        return new EnvironmentFiles(top, name)
                .inputs("  deploy_bastion = 1\n  expires_at = \"" + end + "\"\n  description = \"" + description
                        + "\"\n");
    }

    @Test
    void ofThreeEnvironmentsOneFailsAndTheOthersAreAppliedAndTheNextRunTriesItAgain() {
        open("prod", "no name of a log group: %");
        dev.commit("open three");
        ChangedResult opened = run("");
        assertThat(opened.results()).extracting(RunResult::environment).containsExactly("dev", "prod", "staging");
        assertThat(opened.results()).extracting(RunResult::word).containsExactly("applied", "failed", "applied");
        assertThat(opened.exitCode()).isEqualTo(1);
        assertThat(workbench.lines)
                .anyMatch(line -> line.startsWith("[dev]   ") && line.contains("Creation complete"))
                .anyMatch(line -> line.startsWith("[staging]   ") && line.contains("Creation complete"));

        close("staging").commit("end staging, whose run was superseded");
        String second = staging.head();
        prod = open("prod");
        prod.commit("mend prod");
        ChangedResult mended = run(second);
        assertThat(mended.results()).extracting(RunResult::environment).containsExactly("staging", "prod");
        assertThat(mended.results()).extracting(RunResult::action).containsExactly("close", "open");
        assertThat(mended.exitCode()).as(mended.markdown()).isZero();
        assertThat(run(prod.head()).results()).isEmpty();
    }

    /** As a run whose checkout is older than the branch's head: nothing of the work tree is read. */
    @Test
    void theHeadIsAppliedAndNotTheWorkTree() {
        String opened = dev.commit("open three");
        close("dev");
        close("prod");
        close("staging").commit("end three");
        String head = dev.head();
        dev.git("checkout", "-q", opened);
        dev.write("environments/dev/bastion/terragrunt.hcl", "nonsense");
        ChangedResult closed = apply(repository().due(Optional.empty()).at(head, "", Instant.now()));
        assertThat(closed.results()).extracting(RunResult::action).containsOnly("close");
        assertThat(closed.exitCode()).as(closed.markdown()).isZero();
    }

    private ChangedEnvironments repository() {
        return new ChangedEnvironments(top, System.getenv(), LayoutSource.STANDARD);
    }

    private ChangedResult run(String old) {
        DueEnvironments.Due due = repository().due(Optional.of(reports)).at(dev.head(), old, Instant.now());
        ChangedResult result = apply(due);
        due.newest().ifPresent(commit -> reports.ended(commit, result));
        return result;
    }

    private ChangedResult apply(DueEnvironments.Due due) {
        ShutdownRequest shutdown = new ShutdownRequest();
        ApplyEnvironment runner = workbench.run(shutdown);
        return new ParallelRuns(InstantSource.system(), line -> {}, shutdown, 3)
                .run(
                        due.head(),
                        due.all(),
                        each -> runner.prefixed("[" + each.environment() + "] ")
                                .apply(new ApplyRequest(
                                        top.resolve(each.directory()),
                                        DriverChoice.AUTO,
                                        Duration.ofSeconds(30),
                                        Optional.of(due.head()),
                                        Optional.empty(),
                                        Optional.empty(),
                                        LayoutSource.STANDARD)));
    }
}
