package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.apply.source.LayoutSource;
import dev.bastion.apply.stack.DriverChoice;
import dev.bastion.apply.terraform.ShutdownRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
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

    @TempDir
    private Path job;

    @TempDir
    private Path signals;

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
        Files.writeString(signals.resolve("go"), "");
        dev = EnvironmentFiles.in(
                top,
                "dev",
                Modules.gated()
                                .replace(
                                        "name        = \"bastion\"",
                                        "name        = \"bastion-${replace(var.description, \" \", \"-\")}\"")
                                .replace("/bastion/sessions", "/bastion/${replace(var.description, \" \", \"-\")}")
                        + slowUntil(signals.resolve("go")));
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

    @Test
    void aClosingThatIsPushedDuringASlowOpeningIsAppliedAtOnceAndTheQueuedRunChangesNothing() throws Exception {
        dev = close("dev").remove("environments/prod/bastion/terragrunt.hcl");
        String first = open("staging").commit("open staging");
        dev.git("clone", "-q", "--bare", ".", "origin.git");
        dev.git("remote", "add", "origin", top.resolve("origin.git").toString());
        dev.git("clone", "-q", "origin.git", job.toString());
        assertThat(follow(first, "").result().exitCode()).isZero();

        Files.delete(signals.resolve("go"));
        String slow = push(open("dev"), "open dev");
        CompletableFuture<ParallelRuns.Followed> run = CompletableFuture.supplyAsync(() -> follow(slow, first));
        await("[dev] apply");
        String closed = push(close("staging"), "end staging");
        await("[staging] staging: apply to close done");
        String again = push(close("dev"), "end dev, which is still being opened");
        await("pushed meanwhile: commit " + again.substring(0, 12) + ", to apply: dev");
        assertThat(run).isNotDone();
        Files.writeString(signals.resolve("go"), "");

        ParallelRuns.Followed followed = run.join();
        assertThat(followed.result().exitCode())
                .as(followed.result().markdown())
                .isZero();
        assertThat(followed.result().results())
                .extracting(each -> each.environment() + " " + each.action() + " " + each.word())
                .containsExactly("dev close applied", "staging close applied");
        assertThat(followed.last().head()).isEqualTo(again);
        for (String queuedFrom : List.of(slow, closed)) {
            assertThat(follow(again, queuedFrom).result().results())
                    .isNotEmpty()
                    .extracting(RunResult::word)
                    .containsOnly("unchanged");
        }
    }

    private String push(EnvironmentFiles files, String message) {
        String head = files.git("add", "environments") + files.commit(message);
        files.git("push", "-q", "origin", "main");
        return head;
    }

    private static void await(String line) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> workbench.lines.stream().anyMatch(each -> each.startsWith(line)));
    }

    /** As a job of CI: in a clone of its own, at the branch's head. */
    private ParallelRuns.Followed follow(String pushed, String old) {
        ChangedEnvironments clone = new ChangedEnvironments(job, System.getenv(), LayoutSource.STANDARD);
        Optional<String> branch = Optional.of("main");
        DueEnvironments.Due due = clone.due(Optional.empty()).at(clone.headOf(branch, pushed), old, Instant.now());
        ShutdownRequest shutdown = new ShutdownRequest();
        return new ParallelRuns(InstantSource.system(), workbench::note, shutdown, 1)
                .follow(
                        due,
                        new BranchPushes(clone, branch, Optional.empty(), InstantSource.system()),
                        new ParallelRuns.TakingUp(Duration.ofMillis(500), Duration.ofHours(1), Duration.ofMinutes(1)),
                        operation(workbench.run(shutdown), job));
    }

    private static ParallelRuns.Operation operation(ApplyEnvironment runner, Path clone) {
        return (head, each) -> runner.prefixed("[" + each.environment() + "] ")
                .apply(new ApplyRequest(
                        clone.resolve(each.directory()),
                        DriverChoice.AUTO,
                        Duration.ofSeconds(30),
                        Optional.of(head),
                        Optional.empty(),
                        Optional.empty(),
                        LayoutSource.STANDARD));
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
        return new ParallelRuns(InstantSource.system(), line -> {}, shutdown, 3)
                .run(due.head(), due.all(), operation(workbench.run(shutdown), top));
    }

    /** A resource by which an opening of dev goes on once the file is there. */
    private static String slowUntil(Path file) {
        return """

                resource "terraform_data" "slow" {
                  count = local.is_open && var.description == "dev" ? 1 : 0
                  provisioner "local-exec" { command = "while [ ! -e '%s' ]; do sleep 0.1; done" }
                }
                """.formatted(file);
    }
}
