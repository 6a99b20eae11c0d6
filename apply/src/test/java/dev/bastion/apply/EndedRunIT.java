package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.apply.run.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are stopped or killed during an apply, and the next run. */
@Timeout(180)
class EndedRunIT {
    private static final String STATE = Emulator.BUCKET + "/dev/bastion/terraform.tfstate";

    private static Workbench workbench;

    @TempDir
    private Path top;

    private EnvironmentFiles files;
    private final List<String> lines = new ArrayList<>();

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
        files = EnvironmentFiles.in(top, "dev", Modules.slow())
                .openUntil(Instant.now()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .plus(1, ChronoUnit.HOURS)
                        .toString());
    }

    @Test
    void aStoppedRunFinishesItsOperationAndReleasesTheLock() throws Exception {
        Process process = startApply();
        process.toHandle().destroy();
        readToEnd(process);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(lines)
                .contains("stopping: waiting for Terraform to finish and release the state lock")
                .anyMatch(line -> line.startsWith("dev: apply to open failed at apply after "));
        assertThat(workbench.emulator.has(STATE)).isTrue();
        assertThat(workbench.emulator.has(STATE + ".tflock")).isFalse();
        assertThat(workbench.apply(files.closed()).succeeded()).isTrue();
    }

    @Test
    void aKilledRunLeavesALockThatTheNextRunReports() throws Exception {
        Process process = startApply();
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.addFirst(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        readToEnd(process);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(workbench.emulator.has(STATE + ".tflock")).isTrue();

        RunResult next = workbench.apply(files.closed());
        assertThat(next.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(next.failedStep()).hasValue("plan");
        assertThat(next.message().orElseThrow())
                .contains("The state is locked by ")
                .contains("If it is dead, remove its lock: aws s3 rm s3://" + STATE + ".tflock");

        workbench.emulator.delete(STATE + ".tflock");
        assertThat(workbench.apply(files).succeeded()).isTrue();
    }

    private Process startApply() throws IOException {
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ApplyProgram.class.getName(),
                        files.committed().directory().toString())
                .redirectErrorStream(true);
        program.environment().clear();
        program.environment().putAll(Workbench.environment(workbench.emulator));
        Process process = program.start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.contains("slow[0]: Provisioning") || line.contains("slow[0]: Creating")) {
                return process;
            }
        }
        throw new AssertionError("it ended before it was in the middle: " + lines);
    }

    private void readToEnd(Process process) {
        process.inputReader().lines().forEach(lines::add);
    }
}
