package dev.bastion.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bastion.sandbox.emulator.StartupException;
import dev.bastion.sandbox.machine.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceProcessTest {
    @TempDir
    Path folder;

    private Path log;
    private ServiceProcess service;

    @BeforeEach
    void prepare() {
        log = folder.resolve("service.log");
        service = process("trap 'echo goodbye; exit 0' TERM; echo hello $BASTION_WORD; while :; do sleep 0.05; done");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void isToldOfTheWorldByItsVariablesAndStopsGently() {
        service.start();
        await().until(() -> said().contains("hello there"));
        assertThat(service.isRunning()).isTrue();
        service.stop();
        assertThat(service.isRunning()).isFalse();
        assertThat(said()).contains("goodbye");
    }

    @Test
    void aKillIsAKillAndItStaysDeadUntilItIsStarted() {
        service.start();
        await().until(() -> said().contains("hello"));
        long first = service.pid();
        service.kill();
        assertThat(service.isRunning()).isFalse();
        assertThat(said()).doesNotContain("goodbye");
        await().during(Duration.ofMillis(1500)).atMost(Duration.ofSeconds(3)).until(() -> !service.isRunning());

        service.start();
        assertThat(service.pid()).isNotZero().isNotEqualTo(first);
    }

    @Test
    void whoEndsByItselfIsStartedAgain() {
        service = process("echo once; exit 1");
        service.start();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> said().lines().filter("once"::equals).count() >= 2);
    }

    @Test
    void whoEndsAgainAndAgainIsNotWaitedForMuchLonger() {
        service = process("echo wrong settings; exit 2");
        service.start();
        ServiceHealth health = new ServiceHealth(URI.create("http://127.0.0.1:" + Ports.choose(0)));
        assertThatThrownBy(() -> health.awaitReady(service))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("exits right after each start")
                .hasMessageContaining(log.toString());
    }

    private ServiceProcess process(String script) {
        return new ServiceProcess(List.of("sh", "-c", script), Map.of("BASTION_WORD", "there"), log, () -> {});
    }

    private String said() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
