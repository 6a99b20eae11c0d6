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

/** A run whose process is stopped or killed in the middle of an apply, and the run after it. */
@Timeout(180)
class EndedRunIT {
    private static final String STATE = Emulator.BUCKET + "/dev/bastion/terraform.tfstate";

    private static Workbench bench;

    @TempDir
    private Path top;

    private EnvironmentFiles files;
    private final List<String> said = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        bench = Workbench.start();
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        bench.reset();
        files = EnvironmentFiles.in(top, "dev", Modules.slow())
                .openUntil(Instant.now()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .plus(1, ChronoUnit.HOURS)
                        .toString());
    }

    @Test
    void stoppedItEndsWhatItIsInTheMiddleOfAndGivesItsLockBack() throws Exception {
        Process process = inTheMiddleOfAnApply();
        process.toHandle().destroy();
        restOf(process);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said)
                .contains("stopping: waiting for what runs to end and to give its lock back")
                .anyMatch(line -> line.startsWith("dev: apply to open failed at apply after "));
        assertThat(bench.emulator.has(STATE)).isTrue();
        assertThat(bench.emulator.has(STATE + ".tflock")).isFalse();
        assertThat(bench.apply(files.closed()).succeeded()).isTrue();
    }

    @Test
    void killedItLeavesALockThatTheNextRunExplains() throws Exception {
        Process process = inTheMiddleOfAnApply();
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.addFirst(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        restOf(process);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(bench.emulator.has(STATE + ".tflock")).isTrue();

        RunResult next = bench.apply(files.closed());
        assertThat(next.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(next.failedStep()).hasValue("plan");
        assertThat(next.message().orElseThrow())
                .contains("The state is locked by ")
                .contains("If it is dead, take its lock away: aws s3 rm s3://" + STATE + ".tflock");

        bench.emulator.delete(STATE + ".tflock");
        assertThat(bench.apply(files).succeeded()).isTrue();
    }

    private Process inTheMiddleOfAnApply() throws IOException {
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ApplyProgram.class.getName(),
                        files.directory().toString())
                .redirectErrorStream(true);
        program.environment().clear();
        program.environment().putAll(Workbench.environment(bench.emulator));
        Process process = program.start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            if (line.contains("slow[0]: Provisioning") || line.contains("slow[0]: Creating")) {
                return process;
            }
        }
        throw new AssertionError("it ended before it was in the middle: " + said);
    }

    private void restOf(Process process) {
        process.inputReader().lines().forEach(said::add);
    }
}
