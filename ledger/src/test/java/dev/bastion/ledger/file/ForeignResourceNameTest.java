package dev.bastion.ledger.file;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.end;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Environment files whose {@code environment} is not the name of their own resources. */
class ForeignResourceNameTest {
    private static final String OWN = "environment           = \"dev\"";
    private static final String OF_PROD = "environment           = \"prod\"";
    private static final EnvironmentState.Unclear REFUSED = new EnvironmentState.Unclear(
            DEV,
            pathOf(DEV) + ":11: `inputs.environment` is not the name of its resources. Write `environment = \"dev\"`.");

    @TempDir
    private Path directory;

    private LedgerWorld world;
    private GitGrantLedger ledger;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        ledger = world.onDisk("clone");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void edit(String from, String to) {
        world.remote.commit("Edit", pathOf(DEV), world.remote.file(pathOf(DEV)).replace(from, to));
    }

    private static EnvironmentState dev(GitGrantLedger ledger) {
        return ledger.read().state(DEV).orElseThrow();
    }

    @Test
    void aClosedOneCannotBeOpenedUntilItIsCorrected() {
        edit(OWN, OF_PROD);
        assertThat(dev(ledger)).isEqualTo(REFUSED);
        assertThat(dev(world.onDisk("restarted"))).isEqualTo(REFUSED);
        assertThat(ledger.read().unreadable()).as("no alarm: nothing is open").isEmpty();
        assertThat(ledger.record(open(PROD, "other"))).isInstanceOf(RecordResult.Recorded.class);
        edit(OF_PROD, OWN);
        assertThat(dev(ledger)).isEqualTo(new EnvironmentState.Closed(DEV));
        assertThat(ledger.record(open(DEV, "one"))).isInstanceOf(RecordResult.Recorded.class);
    }

    @Test
    void anEditOfTheSameMomentIsSeen() {
        ledger.read();
        edit(OWN, "environment           = local.name");
        assertThat(ledger.record(open(DEV, "one")))
                .isInstanceOfSatisfying(
                        RecordResult.Conflict.class,
                        conflict -> assertThat(conflict.found())
                                .isEqualTo(new EnvironmentState.Unclear(
                                        DEV,
                                        pathOf(DEV)
                                                + ":11: `inputs.environment` cannot be read as one literal. Write"
                                                + " `environment = \"dev\"`.")));
        assertThat(world.remote.file(pathOf(DEV))).contains("deploy_bastion        = 0");
    }

    @Test
    void aNameFromTheFilesOwnLocalsIsRead() {
        edit(OWN, "environment           = local.name");
        world.remote.commit("Locals", pathOf(DEV), "locals {\n  name = \"prod\"\n}\n" + world.remote.file(pathOf(DEV)));
        assertThat(dev(ledger))
                .isInstanceOfSatisfying(
                        EnvironmentState.Unclear.class,
                        unclear -> assertThat(unclear.problem())
                                .startsWith(pathOf(DEV) + ":14: `inputs.environment` is not the name of its"));
        edit("name = \"prod\"", "name = \"dev\"");
        assertThat(dev(ledger)).isEqualTo(new EnvironmentState.Closed(DEV));
        assertThat(ledger.record(open(DEV, "one"))).isInstanceOf(RecordResult.Recorded.class);
    }

    @Test
    void aCopyOfAnotherEnvironmentsFileIsNotOpened() {
        EnvironmentName other = new EnvironmentName("qa");
        world.remote.commit("Copied", pathOf(other), closedFile("dev"));
        assertThat(ledger.read().state(other))
                .contains(new EnvironmentState.Unclear(
                        other,
                        pathOf(other)
                                + ":11: `inputs.environment` is not the name of its resources. Write `environment ="
                                + " \"qa\"`."));
        assertThat(dev(ledger)).isEqualTo(new EnvironmentState.Closed(DEV));
    }

    static Stream<Function<Grant, LedgerChange>> ends() {
        return Stream.of(grant -> expire(grant), grant -> end(grant, JOHN));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void whatWasOpenedBeforeEnds(Function<Grant, LedgerChange> end) {
        Grant grant = ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
        edit(OWN, OF_PROD);
        assertThat(dev(ledger)).isEqualTo(new EnvironmentState.Open(grant));
        assertThat(world.onDisk("restarted").record(end.apply(grant))).isInstanceOf(RecordResult.Recorded.class);
        assertThat(world.remote.file(pathOf(DEV))).isEqualTo(closedFile("dev").replace(OWN, OF_PROD));
        assertThat(dev(ledger)).isEqualTo(REFUSED);
        assertThat(ledger.record(end.apply(grant)))
                .as("once more")
                .isInstanceOfSatisfying(
                        RecordResult.Recorded.class,
                        recorded -> assertThat(recorded.repeated()).isTrue());
        assertThat(ledger.history(DEV, 5)).hasSize(1);
    }

    @Test
    void anEndByHandIsReadAlsoWhereTheFileIsWrongAfterIt() {
        ledger.record(open(DEV, "one"));
        world.remote.commit("Closed", pathOf(DEV), closedFile("dev").replace(OWN, OF_PROD));
        assertThat(dev(ledger)).isEqualTo(REFUSED);
        assertThat(ledger.read().openGrants()).isEmpty();
        assertThat(ledger.history(DEV, 5)).hasSize(1);
    }
}
