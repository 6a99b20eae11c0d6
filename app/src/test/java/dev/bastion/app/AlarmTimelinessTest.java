package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.fault.TerminationRefused;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.app.world.HostileWriter;
import dev.bastion.app.world.LedgerRemote;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of alarm comes within a minute of its cause being visible, with its log event and its metric. */
class AlarmTimelinessTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);
    /** Each pass of an outage waits for GitHub for so long, whatever the world's clock says. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private ReconcileWorld world;

    @BeforeEach
    void start() {
        world = new ReconcileWorld(folder, Map.of(), PATIENCE);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource(AlarmKind.class)
    void eachKindComesWithinAMinute(AlarmKind kind) throws IOException {
        assertThat(world.logged(kind.tag())).isZero();
        cause(kind);
        Duration took = world.passUntil(() -> world.logged(kind.tag()) == 1 && world.isTold(kind));
        assertThat(took).isLessThan(kind == AlarmKind.OVERDUE ? MINUTE.minusSeconds(42) : MINUTE);
        world.passFor(Duration.ofSeconds(10));
        assertThat(world.logged(kind.tag())).as("once, while it stands").isEqualTo(1);
    }

    private void cause(AlarmKind kind) throws IOException {
        switch (kind) {
            case OPEN_WITHOUT_APPROVAL ->
                world.remote.push(
                        "Opened by hand",
                        Map.of(
                                LedgerRemote.path("prod"),
                                world.remote.openedByHand("prod", "U23456789", "jane.roe", "2096-01-15T12:30:00Z")));
            case LINGERING -> {
                world.skipTo(openWithBastion("dev").expiresAt());
                world.passFor(Duration.ofMinutes(10));
            }
            case OVERDUE -> {
                Grant grant = open("dev");
                world.remote.server().down();
                // each pass really tries to reach the remote, so only the last ones of the minute are done
                world.skipTo(grant.expiresAt().plusSeconds(42));
            }
            case ENVIRONMENT_UNREADABLE -> {
                open("dev");
                world.remote.push(
                        "A typo",
                        Map.of(
                                LedgerRemote.path("dev"),
                                world.remote.file("dev").replace("expires_at ", "expires_at [")));
            }
            case INSTANCE_UNEXPLAINED -> world.bastions.add(stray());
            case TERMINATION_REFUSED -> {
                world.refuseTermination(new TerminationRefused("i-dev", "protected", "Remove it.", new IOException()));
                world.skipTo(openWithBastion("dev").expiresAt());
                world.passFor(Duration.ofMinutes(20));
            }
            case LAYOUT_PROBLEM ->
                world.remote.push(
                        "A bastion beside the others",
                        Map.of("elsewhere/bastion/terragrunt.hcl", LedgerRemote.environmentFile("elsewhere")));
            case LEDGER_UNREADABLE -> world.remote.server().down();
            case HISTORY_REWRITTEN -> {
                HostileWriter writer = world.writer();
                writer.moveTo(writer.orphan("All in one", writer.head()));
            }
            case POLICY_BROKEN ->
                world.remote.push(
                        "A typo", Map.of("environments/access-policy.yaml", "defaults: {default_duraton: 1h}\n"));
            case SIGNING_FAILED -> world.alarms.signingFailed("the key is gone");
            case NOTES_PROBLEM -> world.alarms.notesRefused("GH013", "allow refs/notes/bastion");
            case ANCHOR_FAILED -> world.failToAnchor();
            case ANCHOR_MISMATCH -> world.loseWhatWasAnchored();
            case INSTALLATION_PROBLEM -> world.findInstallationProblem();
        }
    }

    private Grant open(String environment) {
        assertThat(world.ask(environment, "10m")).isInstanceOf(Outcome.Done.class);
        world.passFor(Duration.ofSeconds(2));
        return world.grant(environment).orElseThrow();
    }

    private Grant openWithBastion(String environment) {
        Grant grant = open(environment);
        world.online(grant);
        world.passFor(Duration.ofSeconds(40));
        return grant;
    }

    private static BastionObservation stray() {
        return new BastionObservation(
                "gone",
                Optional.of(RequestId.derivedFrom("stray")),
                "i-stray",
                BastionObservation.Condition.READY,
                "running",
                Optional.empty());
    }

    @Test
    void everyKindHasANameOfItsOwn() {
        assertThat(List.of(AlarmKind.values())).extracting(AlarmKind::event).doesNotHaveDuplicates();
    }
}
