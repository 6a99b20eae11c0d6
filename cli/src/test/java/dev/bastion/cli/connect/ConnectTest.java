package dev.bastion.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.app.aws.PersonalAccessFailed.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One connection from its start to its end, with real processes. */
class ConnectTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path programs;

    private Laptop laptop;

    @BeforeEach
    void open() {
        laptop = new Laptop(programs).withPlugin();
        grantsUntil(HOUR);
    }

    @AfterEach
    void stop() {
        laptop.stop();
    }

    private void grantsUntil(Duration fromNoon) {
        laptop.access.bastions.clear();
        laptop.access.bastions.add(FakeAccess.bastion("i-1", "john.doe", Laptop.NOON.plus(fromNoon)));
    }

    private static ConnectRequest dev() {
        return Laptop.dev(Optional.empty());
    }

    @Test
    void stoppingEndsThePluginAndTheSession() {
        CompletableFuture<Integer> code = laptop.connected(dev());
        assertThat(laptop.output.connected.orElseThrow().database().url())
                .matches("postgresql://app%20user@127\\.0\\.0\\.1:\\d+/orders");
        laptop.stop();
        assertThat(code.join()).isZero();
        assertThat(laptop.hasNoPlugin()).isTrue();
        assertThat(laptop.access.terminated).containsExactly("john.doe-0");
    }

    @Test
    void thePluginGetsTheArgumentsOfTheAwsCliAndTheTokenInItsEnvironmentAlone() {
        laptop.environment.put("SSM_PLUGIN_LOCAL_HOST", "0.0.0.0");
        var _ = laptop.connected(dev());
        assertThat(laptop.noted("arguments").lines())
                .containsExactly(
                        "AWS_SSM_START_SESSION_RESPONSE",
                        "eu-central-1",
                        "StartSession",
                        "work",
                        "{\"Target\":\"i-1\"}",
                        "https://ssm.eu-central-1.amazonaws.com");
        assertThat(laptop.noted("response")).contains("the-secret-token");
        assertThat(laptop.noted("host")).isEqualTo("127.0.0.1");
    }

    @Test
    void aSessionThatEndsIsFollowedByAnotherOnTheSamePort() {
        var _ = laptop.connected(dev());
        laptop.plugins().getFirst().orElseThrow().destroy();
        laptop.until("reconnected john.doe-1");
        assertThat(laptop.access.terminated).containsExactly("john.doe-0");
        assertThat(laptop.access.started)
                .extracting(start -> start.split(" ")[2])
                .containsExactly(
                        laptop.access.started.get(0).split(" ")[2],
                        laptop.access.started.get(0).split(" ")[2]);
    }

    @Test
    void whatFailsIsTriedAgainLaterAndLater() {
        var _ = laptop.connected(dev());
        for (int i = 0; i < 3; i++) {
            laptop.access.startFailures.add(FakeAccess.failure(Reason.UNREACHABLE));
        }
        laptop.plugins().getFirst().orElseThrow().destroy();
        for (String wait : List.of("1000", "2000", "4000")) {
            laptop.until("reconnecting in " + wait);
            laptop.passes(Duration.ofMillis(Long.parseLong(wait)));
        }
        laptop.until("reconnected");
    }

    @Test
    void whoMayNoLongerConnectIsToldAndNotAskedAgain() {
        CompletableFuture<Integer> code = laptop.connected(dev());
        laptop.access.startFailures.add(FakeAccess.failure(Reason.DENIED));
        laptop.plugins().getFirst().orElseThrow().destroy();
        assertThat(code.join()).isEqualTo(77);
        assertThat(laptop.output.has("refused: AWS says DENIED.")).isTrue();
    }

    @Test
    void itEndsWithTheGrant() {
        CompletableFuture<Integer> code = laptop.connected(dev());
        laptop.passes(HOUR);
        assertThat(code.join()).isZero();
        assertThat(laptop.output.has("ended: access has ended: the grant is over"))
                .isTrue();
        assertThat(laptop.hasNoPlugin()).isTrue();
        assertThat(laptop.access.terminated).hasSize(1);
    }

    @Test
    void anExtensionMovesTheEndAlsoInTheLastMoment() {
        CompletableFuture<Integer> code = laptop.connected(dev());
        grantsUntil(HOUR.multipliedBy(2));
        laptop.passes(HOUR);
        laptop.until("extended 2026-01-15T14:00:00Z");
        assertThat(code).isNotDone();
        laptop.passes(HOUR);
        assertThat(code.join()).isZero();
    }

    @Test
    void aBastionThatIsGoneEndsItBeforeTheClock() {
        CompletableFuture<Integer> code = laptop.connected(dev());
        laptop.access.bastions.clear();
        laptop.passes(Duration.ofSeconds(31));
        assertThat(code.join()).isZero();
        assertThat(laptop.output.has("the bastion is gone")).isTrue();
    }

    @Test
    void theEndIsAnnounced15And5MinutesBeforeOnceAndAgainAfterAnExtension() {
        var _ = laptop.connected(dev());
        laptop.passes(Duration.ofMinutes(46));
        laptop.until("ends in PT14M");
        laptop.passes(Duration.ofMinutes(10));
        laptop.until("ends in PT4M");
        laptop.passes(Duration.ofMinutes(1));
        grantsUntil(HOUR.multipliedBy(2));
        laptop.until("extended");
        laptop.passes(Duration.ofMinutes(50));
        laptop.until("ends in PT13M");
        assertThat(laptop.output.count("ends in")).isEqualTo(3);
    }

    @Test
    void expiredCredentialsDoNotCutWhatIsOpen() {
        CompletableFuture<Integer> code = laptop.connected(dev());
        laptop.access.readFailure = Optional.of(FakeAccess.failure(Reason.CONFIGURATION));
        laptop.passes(Duration.ofSeconds(31));
        laptop.until("remark: the grant's end cannot be read");
        laptop.passes(Duration.ofSeconds(31));
        laptop.passes(HOUR);
        assertThat(code.join()).isZero();
        assertThat(laptop.output.count("cannot be read")).isEqualTo(1);
        assertThat(laptop.output.has("the grant is over")).isTrue();
    }

    @Test
    void anAgentThatComesOnlineIsWaitedFor() {
        laptop.access.startFailures.add(FakeAccess.failure(Reason.NOT_CONNECTED));
        laptop.access.startFailures.add(FakeAccess.failure(Reason.NOT_CONNECTED));
        var _ = laptop.connected(dev());
        assertThat(laptop.output.count("waiting: the agent of i-1")).isEqualTo(1);
    }

    @Test
    void aClientGetsItsArgumentsAsTheyAreAndItsExitCodeIsOurs() {
        laptop.with("psql", "printf '[%s]' \"$@\" > given; env > variables; exit 7");
        List<String> arguments = List.of("-c", "select 'it''s  $HOME'", "--port", "", "*", "a\"b\\c", "-h");
        int code = laptop.run(Laptop.dev(Optional.of(new ClientProgram.Psql(arguments))));
        assertThat(code).isEqualTo(7);
        assertThat(laptop.noted("given")).isEqualTo("[-c][select 'it''s  $HOME'][--port][][*][a\"b\\c][-h]");
        assertThat(laptop.noted("variables").lines())
                .contains("PGHOST=127.0.0.1", "PGUSER=app user", "PGDATABASE=orders")
                .noneMatch(line -> line.contains("the-secret-token"));
        assertThat(laptop.hasNoPlugin()).isTrue();
    }

    @Test
    void aTokenIsThePasswordInTheEnvironmentAndInNoArgument() {
        laptop.with("mysql", "printf '[%s]' \"$@\" > given; env > variables");
        ConnectRequest plain = Laptop.dev(Optional.of(new ClientProgram.Mysql(List.of("-e", "select 1"))));
        ConnectRequest request = new ConnectRequest(
                plain.environment(),
                plain.instance(),
                plain.target(),
                Optional.of(freePort()),
                plain.patience(),
                false,
                plain.user(),
                plain.database(),
                true,
                plain.client());
        assertThat(laptop.run(request)).isZero();
        assertThat(laptop.noted("given"))
                .isEqualTo("[--protocol=TCP][--host=127.0.0.1][--port="
                        + request.port().orElseThrow()
                        + "][--user=app user][--database=orders][--enable-cleartext-plugin][-e][select 1]");
        assertThat(laptop.noted("variables").lines()).contains("MYSQL_PWD=db.internal:5432/?DBUser=app user&token's");
    }

    private static int freePort() {
        return LocalPort.choose(Optional.empty(), new EnvironmentName("port-of-a-test").localPort());
    }

    @Test
    void theEndOfTheGrantEndsAClientWithItsChildren() throws Exception {
        String script = "echo $$ > '" + programs + "/parent'; sleep 600 & echo $! > '" + programs + "/child'; wait";
        CompletableFuture<Integer> code = laptop.start(Laptop.dev(Optional.of(new ClientProgram.Shell(script))));
        await().atMost(Laptop.LONGEST)
                .until(() -> Files.exists(programs.resolve("child"))
                        && !laptop.noted("child").isBlank());
        laptop.passes(HOUR);
        code.join();
        for (String file : List.of("parent", "child")) {
            long id = Long.parseLong(laptop.noted(file).strip());
            await().atMost(Laptop.LONGEST)
                    .until(() ->
                            ProcessHandle.of(id).filter(ProcessHandle::isAlive).isEmpty());
        }
    }
}
