package dev.bastion.apply.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.apply.Child;
import dev.bastion.apply.run.StepFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandRunnerTest {
    private final ShutdownRequest shutdown = new ShutdownRequest();
    private final CommandRunner runner = new CommandRunner(shutdown);
    private final List<String> output = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void argumentsAndEnvironmentArriveUnchanged() {
        int code = runner.run(child("echo", "$(id) ; `id` \"quoted\" ${x}"), output::add, errors::add);
        assertThat(code).isEqualTo(7);
        assertThat(output).containsExactly("$(id) ; `id` \"quoted\" ${x}", "variables: ONLY");
        assertThat(errors).containsExactly("to the standard error");
    }

    @Test
    void largeOutputOnBothStreamsIsRead() {
        assertThat(runner.run(child("flood"), output::add, errors::add)).isZero();
        assertThat(output).hasSize(50_000);
        assertThat(errors).hasSize(50_000);
    }

    @Test
    void aShutdownRequestIsPassedOnAndWaitsForTheProgram() {
        int code = runner.run(child("wait"), line -> Thread.ofVirtual().start(shutdown::request), errors::add);
        assertThat(code).isEqualTo(143);
        assertThatThrownBy(() -> runner.run(child("echo", "x"), output::add, errors::add))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("stopped by a signal before");
    }

    @Test
    void aProgramThatAcknowledgesTheSignalGetsNoSecondOne() {
        int code = runner.run(
                child("acknowledge"),
                line -> {
                    if (line.equals("started")) {
                        Thread.ofVirtual().start(shutdown::request);
                    }
                },
                errors::add);
        assertThat(code).isZero();
    }

    @Test
    void aShutdownRequestReachesEveryRunningProgram() throws Exception {
        CountDownLatch started = new CountDownLatch(3);
        List<Future<Integer>> codes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int each = 0; each < 3; each++) {
                codes.add(threads.submit(
                        () -> runner.run(child("wait"), _ -> started.countDown(), line -> started.countDown())));
            }
            started.await();
            shutdown.request();
        }
        for (Future<Integer> code : codes) {
            assertThat(code.get()).isEqualTo(143);
        }
    }

    @Test
    void aMissingProgramIsNamed() {
        assertThatThrownBy(() -> runner.run(
                        new Command(List.of("/no/such/program"), directory, Map.of()), output::add, errors::add))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("/no/such/program");
    }

    /** The child of the program holds the pipe open, as git's helper for HTTP does. */
    @Test
    void aProgramThatTakesTooLongIsEndedWithThoseItStarted() {
        Command slow = new Command(
                List.of("/bin/sh", "-c", "sleep 600 & wait"), directory, Map.of("PATH", System.getenv("PATH")));
        assertThatThrownBy(() -> runner.output(slow, 100, Duration.ofMillis(300)))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("it took longer than");
        Command quick = new Command(List.of("/bin/sh", "-c", "echo done"), directory, Map.of());
        assertThat(runner.output(quick, 100, Duration.ofMinutes(1))).isEqualTo("done\n".getBytes(UTF_8));
        assertThatThrownBy(() -> runner.output(quick, 2, Duration.ofMinutes(1)))
                .isInstanceOf(StepFailed.class)
                .hasMessageContaining("more than 2 bytes");
    }

    private Command child(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Command(
                        List.of(
                                java,
                                "-Xshare:auto",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName()),
                        directory,
                        Map.of("ONLY", "this"))
                .with(arguments);
    }
}
