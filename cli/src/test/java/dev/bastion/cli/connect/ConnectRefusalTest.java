package dev.bastion.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.app.aws.PersonalAccessFailed.Reason;
import dev.bastion.app.aws.PersonalBastion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why one cannot connect, what to do about it, and the exit code. */
class ConnectRefusalTest {
    private static final Instant END = Laptop.NOON.plus(Duration.ofHours(1));

    @TempDir
    Path programs;

    private Laptop laptop;

    @BeforeEach
    void open() {
        laptop = new Laptop(programs).withPlugin();
    }

    private void isRefused(ConnectRequest request, int code, String... words) {
        assertThat(laptop.run(request)).isEqualTo(code);
        assertThat(laptop.output.lines)
                .last()
                .asString()
                .startsWith("refused: ")
                .contains(words);
        assertThat(laptop.access.terminated).hasSameSizeAs(laptop.access.started);
    }

    private static ConnectRequest dev() {
        return Laptop.dev(Optional.empty());
    }

    private void isOpen() {
        laptop.access.bastions.add(FakeAccess.bastion("i-1", "john.doe", END));
    }

    @Test
    void whatIsNotOpen() {
        isRefused(
                dev(),
                69,
                "dev has no running bastion in eu-central-1 of account 123456789012, as arn:",
                "/bastion create dev",
                "--wait 5m",
                "--profile");
    }

    @Test
    void whatIsNotOpenIsWaitedForWhenAsked() {
        ConnectRequest plain = dev();
        ConnectRequest patient = new ConnectRequest(
                plain.environment(),
                plain.instance(),
                plain.target(),
                plain.port(),
                Duration.ofMinutes(5),
                true,
                plain.user(),
                plain.database(),
                false,
                plain.client());
        var code = laptop.start(patient);
        laptop.until("waiting: dev has no bastion yet");
        isOpen();
        laptop.until("connected");
        laptop.stop();
        assertThat(code.join()).isZero();
    }

    @Test
    void whatStillStarts() {
        PersonalBastion starting = FakeAccess.bastion("i-1", "john.doe", END);
        laptop.access.bastions.add(
                new PersonalBastion(starting.connection(), false, starting.holder(), starting.expiresAt()));
        var code = laptop.start(dev());
        laptop.until("waiting: i-1 starts");
        laptop.passes(Duration.ofMinutes(3));
        assertThat(code.join()).isEqualTo(75);
        assertThat(laptop.output.has("still starts. | wait longer")).isTrue();
    }

    @Test
    void aGrantThatIsOver() {
        laptop.access.bastions.add(FakeAccess.bastion("i-1", "john.doe", Laptop.NOON));
        isRefused(dev(), 69, "The grant of dev of john.doe has ended at 2026-01-15T12:00:00Z");
    }

    @Test
    void severalBastionsAreNamedAndOneCanBeChosen() {
        isOpen();
        laptop.access.bastions.add(FakeAccess.bastion("i-2", "max.mustermann", END));
        isRefused(dev(), 69, "several bastions: i-1 of john.doe, i-2 of max.mustermann", "--instance");
        ConnectRequest plain = dev();
        var code = laptop.connected(new ConnectRequest(
                plain.environment(),
                Optional.of("i-2"),
                plain.target(),
                plain.port(),
                plain.patience(),
                false,
                plain.user(),
                plain.database(),
                false,
                plain.client()));
        assertThat(laptop.output.connected.orElseThrow().instance()).isEqualTo("i-2");
        laptop.stop();
        code.join();
    }

    @Test
    void somebodyElsesGrant() {
        isOpen();
        laptop.access.startFailures.add(FakeAccess.failure(Reason.DENIED));
        isRefused(dev(), 77, "The grant is john.doe's. AWS says DENIED.", "if you are john.doe, do what DENIED needs");
    }

    @Test
    void anAgentThatDoesNotCome() {
        isOpen();
        for (int i = 0; i < 10_000; i++) {
            laptop.access.startFailures.add(FakeAccess.failure(Reason.NOT_CONNECTED));
        }
        var code = laptop.start(dev());
        laptop.until("waiting: the agent");
        laptop.passes(Duration.ofMinutes(3));
        assertThat(code.join()).isEqualTo(75);
    }

    @Test
    void credentialsThatHaveExpired() {
        laptop.access.readFailure = Optional.of(FakeAccess.failure(Reason.CONFIGURATION));
        isRefused(dev(), 78, "AWS says CONFIGURATION.", "do what CONFIGURATION needs");
    }

    @Test
    void aMissingPlugin() throws IOException {
        Files.delete(programs.resolve(Plugin.NAME));
        isOpen();
        isRefused(dev(), 78, "session-manager-plugin is not installed", "session-manager-plugin.deb");
        assertThat(laptop.access.started).isEmpty();
    }

    @Test
    void aPluginOfTheWorkingDirectoryIsNotRun() throws IOException {
        Files.delete(programs.resolve(Plugin.NAME));
        laptop.environment.put("PATH", ".::bin:" + "/usr/bin:/bin");
        assertThat(Programs.of(laptop.environment).searchPath()).containsExactly(Path.of("/usr/bin"), Path.of("/bin"));
        isOpen();
        isRefused(dev(), 78, "not on the PATH");
    }

    @Test
    void aPluginThatShowsTheTokenToEverybody() {
        laptop.with(Plugin.NAME, "echo 1.2.497.0");
        isOpen();
        isRefused(dev(), 78, "is version \"1.2.497.0\"; it must be newer than 1.2.497.0", "show the session's token");
    }

    @Test
    void aPluginThatDoesNotListen() {
        laptop.with(Plugin.NAME, """
            if [ "$1" = --version ]; then echo 1.2.707.0; exit 0; fi
            echo; echo "Cannot perform start session: websocket: bad handshake"
            """);
        isOpen();
        isRefused(dev(), 75, "does not forward port", "websocket: bad handshake");
        assertThat(laptop.access.terminated).containsExactly("john.doe-0");
    }

    @Test
    void aMissingClientIsSaidBeforeASessionStarts() {
        isOpen();
        laptop.environment.put("PATH", programs.toString());
        laptop.with(Plugin.NAME, "echo 1.2.707.0");
        isRefused(
                Laptop.dev(Optional.of(new ClientProgram.Psql(List.of()))),
                78,
                "The client psql is not installed.",
                "install");
        assertThat(laptop.access.started).isEmpty();
    }

    @Test
    void aPortInUse() throws IOException {
        isOpen();
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            ConnectRequest plain = dev();
            isRefused(
                    new ConnectRequest(
                            plain.environment(),
                            plain.instance(),
                            plain.target(),
                            Optional.of(used.getLocalPort()),
                            plain.patience(),
                            false,
                            plain.user(),
                            plain.database(),
                            false,
                            plain.client()),
                    78,
                    "Port " + used.getLocalPort() + " of this machine is in use.");
        }
    }

    @Test
    void anEnvironmentHasItsOwnPortAndAnotherWhileThatIsInUse() throws IOException {
        EnvironmentName dev = new EnvironmentName("dev");
        int own = LocalPort.choose(Optional.empty(), dev.localPort());
        assertThat(own).isEqualTo(dev.localPort()).isBetween(20_000, 29_999);
        assertThat(new EnvironmentName("staging").localPort()).isNotEqualTo(own);
        try (ServerSocket used = new ServerSocket(own, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(LocalPort.choose(Optional.empty(), dev.localPort())).isNotEqualTo(used.getLocalPort());
        }
    }
}
