package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.ledger.git.object.ReadBudget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ledger is read whatever stands in one environment's file or in one commit, and what is open elsewhere ends. */
@Timeout(120)
class TotalReadTest {
    private static final String PEOPLE_WROTE =
            "author Jane Roe <jane@example.com> 1768471200 +0000\ncommitter Jane Roe <jane@example.com> 1768471200 +0000\n";
    private static final String OPEN = openFile("dev", JOHN, NOON, TWO);

    @TempDir
    private Path directory;

    private LedgerWorld world;
    private Grant grant;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        grant = ((RecordResult.Recorded) world.onDisk("first").record(open(PROD, "one"))).grant();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** A service that runs and one that starts read the same, and either could end the grant beside it. */
    private EnvironmentState theOtherGrantEnds() {
        GitGrantLedger started = world.overHttp("started");
        assertThat(started.read().state(PROD)).contains(new EnvironmentState.Open(grant));
        EnvironmentState dev = started.read().stateOrMissing(DEV);
        assertThat(started.record(expire(grant))).isInstanceOf(RecordResult.Recorded.class);
        assertThat(world.remote.file(pathOf(PROD))).isEqualTo(closedFile("prod-orders"));
        return dev;
    }

    static Stream<String> unreadable() {
        return Stream.of(
                OPEN.replace("2026-01-15T14:00:00Z", "+1000000000-01-01T00:00:00Z"),
                OPEN.replace("2026-01-15T14:00:00Z", "+10000-01-01T00:00:00Z"),
                OPEN.replace("2026-01-15T14:00:00Z", "9999-12-31T24:00:00Z"),
                OPEN.replace("2026-01-15T12:00:00Z", "-1000000000-01-01T00:00:00Z"),
                OPEN.replace("2026-01-15T12:00:00Z", "1999-12-31T23:59:59Z"),
                OPEN.replace("U12345678", "U".repeat(65)),
                OPEN.replace("U12345678", "U\\u0000"),
                OPEN.replace("john.doe", "\\n".repeat(70)),
                OPEN.replace("= 1\n", "= 1e999999999\n"),
                OPEN.replace("= 1\n", "= 1e99999999999\n"),
                OPEN.replace("= 1\n", "= 1e-2147483649\n"),
                OPEN.replace("= 1\n", "= 1" + "0".repeat(500_000) + "e-500000\n"),
                OPEN.replace("= 1\n", "= " + "[".repeat(200_000) + "]".repeat(200_000) + "\n"),
                OPEN.replace("= 1\n", "= <<E\n1\nE\n"),
                OPEN.replace("\"U12345678\"", "<<" + "A".repeat(300_000) + "\n" + "\n".repeat(300_000)),
                OPEN.replace("inputs", "x".repeat(900_000)).replace("deploy_bastion", "inputs = deploy_bastion"),
                OPEN + "inputs {\n".repeat(100_000),
                OPEN + "#".repeat(12_000_000),
                OPEN.replace("instance_type", "\u0000"),
                "\u0000\uffff");
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void aFileThatCannotBeHeldHarmsNoOtherEnvironment(String content) {
        GitGrantLedger running = world.onDisk("running");
        world.remote.commit("By hand", pathOf(DEV), content);
        assertThat(running.read().state(PROD)).contains(new EnvironmentState.Open(grant));
        world.remote.commit("Corrected", pathOf(DEV), closedFile("dev"));
        assertThat(theOtherGrantEnds()).isEqualTo(new EnvironmentState.Closed(DEV));
    }

    @Test
    void whatCannotBeReadIsUnclearWithFileLineAndRemedy() {
        world.remote.commit("By hand", pathOf(DEV), OPEN.replace("2026-01-15T14", "+1000000000-01-15T14"));
        assertThat(theOtherGrantEnds())
                .isInstanceOfSatisfying(
                        EnvironmentState.Unclear.class,
                        unclear -> assertThat(unclear.problem())
                                .startsWith(pathOf(DEV) + ":19: inputs.expires_at is not a time")
                                .contains("Write it like"));
        world.remote.commit("By hand", pathOf(DEV), "#".repeat(ReadBudget.USUAL.blobBytes() + 1));
        assertThat(world.onDisk("again").read().stateOrMissing(DEV))
                .isInstanceOfSatisfying(
                        EnvironmentState.Unclear.class,
                        unclear -> assertThat(unclear.problem())
                                .contains("larger than")
                                .contains("budget.blob_bytes"));
    }

    static Stream<String> oddCommits() {
        String trailers = "\n\nBastion-Action: expire\nBastion-Environment: prod/orders\n";
        return Stream.of(
                "\n",
                "\nno author, no committer",
                "author\ncommitter\n\nempty",
                "author Jane\ncommitter Jane\n\nno e-mail, no date",
                "author Jane <jane@example.com>\ncommitter Jane <jane@example.com>\n\nno date",
                "author < 1 +0000\ncommitter > 1 +0000\n\nhalf an address",
                "author J <j@x> 99999999999999999999 +0000\ncommitter J <j@x> 99999999999999999999 +9999\n\nfar",
                "author J <j@x> 9223372036854775807 +0000\ncommitter J <j@x> 9223372036854775807 -9999\n\nfar",
                "author J <j@x> -5 +00:00\ncommitter J <j@x> -5 Europe/Berlin\n\nzone",
                "author " + "-".repeat(60_000) + "x <j@x> 1 +0000\ncommitter J <j@x> 1 +0000\n\nhyphens",
                "author " + "é".repeat(3_000_000) + " <j@x> 1 +0000\ncommitter J <j@x> 1 +0000\n\nlong",
                PEOPLE_WROTE + "encoding no-such-charset\n\nmessage" + trailers,
                PEOPLE_WROTE + "encoding \u0000\n\nmessage" + trailers,
                PEOPLE_WROTE + "encoding UTF-16\n\nmessage" + trailers,
                PEOPLE_WROTE + "\n" + "x".repeat(5_500_000) + trailers,
                PEOPLE_WROTE + "\n" + "x\n".repeat(3_000_000) + trailers,
                PEOPLE_WROTE + "gpgsig " + " x\n".repeat(2_000_000) + "\nsigned" + trailers,
                PEOPLE_WROTE + "\nsubject\n\nBastion-Action: open\n" + " x\n".repeat(2_000_000),
                PEOPLE_WROTE + "\nsubject\n\n" + "A: b\n".repeat(1_000_000),
                PEOPLE_WROTE + "\nReason: " + "fixes #1 ".repeat(6_000) + trailers,
                PEOPLE_WROTE + "\nReason: " + "[".repeat(60_000) + trailers,
                PEOPLE_WROTE + "\nReason: [" + " ".repeat(60_000) + trailers,
                PEOPLE_WROTE + "\nReason: fix" + " ".repeat(60_000) + trailers,
                PEOPLE_WROTE + "\nsubject\n\nBastion-Action: open\nRequested-By: " + "<x> ".repeat(10_000) + "\n");
    }

    @ParameterizedTest
    @MethodSource("oddCommits")
    void aCommitThatNoGitClientWritesHarmsNothing(String rest) {
        GitGrantLedger running = world.overHttp("running");
        world.remote.commitRaw(rest, pathOf(DEV), OPEN.getBytes(StandardCharsets.UTF_8));
        assertThat(running.read().state(PROD)).contains(new EnvironmentState.Open(grant));
        assertThat(running.read().stateOrMissing(DEV)).isInstanceOf(EnvironmentState.Open.class);
        assertThat(theOtherGrantEnds()).isInstanceOf(EnvironmentState.Open.class);
        assertThat(running.read().stateOrMissing(PROD)).isEqualTo(new EnvironmentState.Closed(PROD));
        assertThat(world.onDisk("last").read().states())
                .isEqualTo(running.read().states());
    }

    @Test
    void anyBytesInAnyVersionOfOneFileLeaveTheOtherAsItWas() {
        Random random = new Random(20261126);
        List<byte[]> originals =
                Stream.of(OPEN, closedFile("dev"), "").map(String::getBytes).toList();
        GitGrantLedger running = world.onDisk("running");
        for (int version = 0; version < 300; version++) {
            byte[] original = originals.get(random.nextInt(originals.size()));
            world.remote.commitBytes("Version " + version, pathOf(DEV), changed(original, random));
            assertThat(running.read().state(PROD)).contains(new EnvironmentState.Open(grant));
        }
        GitGrantLedger started = world.onDisk("started");
        assertThat(started.read().states()).isEqualTo(running.read().states());
        assertThat(started.history(DEV, 1000)).isEqualTo(running.history(DEV, 1000));
        world.remote.commit("Corrected", Map.of(pathOf(DEV), closedFile("dev")));
        assertThat(theOtherGrantEnds()).isEqualTo(new EnvironmentState.Closed(DEV));
        assertThat(world.onDisk("last").history(PROD, 10)).hasSize(1);
    }

    private static byte[] changed(byte[] original, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> original;
            case 1 -> Arrays.copyOf(original, random.nextInt(original.length + 1));
            case 2 -> mutated(original, random);
            default -> {
                byte[] any = new byte[random.nextInt(2000)];
                random.nextBytes(any);
                yield any;
            }
        };
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] mutated = original.clone();
        for (int change = random.nextInt(20); change >= 0 && mutated.length > 0; change--) {
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
        }
        return mutated;
    }
}
