package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.layout.Layout;
import dev.bastion.layout.PathPattern;
import dev.bastion.ledger.file.FileParsers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A {@code ledger.yaml} that names other environments while one is open. */
class LayoutChangeTest {
    private static final FileParsers PARSERS = new FileParsers(_ -> Samples.policy(), LayoutChangeTest::layout);

    @TempDir
    private Path directory;

    private LedgerWorld world;

    /** In these tests the file holds nothing but a pattern. */
    private static Layout layout(Optional<byte[]> ledgerYaml, String environments) {
        Layout standard = Layout.standard(environments);
        return ledgerYaml
                .map(text -> new PathPattern(new String(text, StandardCharsets.UTF_8).strip()))
                .map(pattern -> new Layout(environments, List.of(pattern), standard.modules(), standard.ci()))
                .orElse(standard);
    }

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private GitGrantLedger service(String clone) {
        return GitGrantLedger.open(
                Samples.settings(world.remote.url(), world.clone(clone)), PARSERS, world.alarms, Samples.CLOCK);
    }

    @Test
    void whatIsOpenEndsAlsoWhenNoPatternNamesItAnyMore() {
        try (GitGrantLedger running = service("running")) {
            Grant grant = ((RecordResult.Recorded) running.record(open(DEV, "one"))).grant();
            world.remote.commit("Elsewhere", Layout.FILE, "live/{name}/bastion/terragrunt.hcl\n");
            assertThat(running.read().openGrants()).extracting(Grant::request).containsExactly(grant.request());
            try (GitGrantLedger restarted = service("restarted")) {
                assertThat(restarted.read().openGrants())
                        .extracting(Grant::request)
                        .containsExactly(grant.request());
                assertThat(restarted.record(Samples.expire(grant))).isInstanceOf(RecordResult.Recorded.class);
            }
            assertThat(world.remote.file(pathOf(DEV))).isEqualTo(Samples.closedFile("dev"));
            assertThat(running.read().environments()).doesNotContain(DEV);
        }
    }

    @Test
    void whatIsOpenEndsAlsoWhenTheFileIsRemoved() {
        world.remote.commit("Elsewhere", Layout.FILE, "live/{name}/bastion/terragrunt.hcl\n");
        String path = "live/orders/bastion/terragrunt.hcl";
        world.remote.commit("New", path, Samples.closedFile("orders"));
        try (GitGrantLedger running = service("running")) {
            Grant grant = ((RecordResult.Recorded) running.record(open(new EnvironmentName("orders"), "one"))).grant();
            world.remote.commit("Removed", Layout.FILE, RemoteRepository.REMOVED);
            try (GitGrantLedger restarted = service("restarted")) {
                assertThat(restarted.record(Samples.expire(grant))).isInstanceOf(RecordResult.Recorded.class);
            }
            assertThat(world.remote.file(path)).isEqualTo(Samples.closedFile("orders"));
        }
    }

    static Stream<Map<String, String>> irregularFiles() {
        return Stream.of(
                Map.of(Layout.FILE, RemoteRepository.LINK + "environments/other.yaml"),
                Map.of(Layout.FILE, RemoteRepository.REMOVED, Layout.FILE + "/x.yaml", "x"),
                Map.of(Layout.FILE, RemoteRepository.SUBMODULE),
                Map.of("environments/access-policy.yaml", RemoteRepository.LINK + "other.yaml"),
                Map.of("environments/people.yaml", RemoteRepository.SUBMODULE));
    }

    @ParameterizedTest
    @MethodSource("irregularFiles")
    void aConfigurationFileThatIsNoRegularFileIsAnAlarmAndTheLastValidOneStays(Map<String, String> files) {
        world.remote.commit("Elsewhere", Layout.FILE, "live/{name}/bastion/terragrunt.hcl\n");
        world.remote.commit("New", "live/orders/bastion/terragrunt.hcl", Samples.closedFile("orders"));
        EnvironmentName orders = new EnvironmentName("orders");
        try (GitGrantLedger running = service("running")) {
            running.read();
            world.remote.commit("Something else", files);
            assertThat(running.read().environments()).contains(orders);
            assertThat(world.alarms.raised)
                    .anySatisfy(alarm -> assertThat(alarm)
                            .contains(": is a directory, a link or a submodule; replace it by a regular file"));
            try (GitGrantLedger restarted = service("restarted")) {
                assertThat(restarted.read().environments()).contains(orders);
            }
        }
    }

    @Test
    void twoFilesOfOneEnvironmentAreAnAlarm() {
        FileParsers two = new FileParsers(
                _ -> Samples.policy(),
                (_, environments) -> new Layout(
                        environments,
                        List.of(
                                new PathPattern("environments/{name}/bastion/terragrunt.hcl"),
                                new PathPattern("live/{name}/bastion/terragrunt.hcl")),
                        Layout.standard(environments).modules(),
                        List.of()));
        world.remote.commit("Twin", "live/dev/bastion/terragrunt.hcl", Samples.closedFile("dev"));
        try (GitGrantLedger ledger = GitGrantLedger.open(
                Samples.settings(world.remote.url(), world.clone("clone")), two, world.alarms, Samples.CLOCK)) {
            assertThat(ledger.layout(() -> Samples.NOON).look())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.problem())
                            .isEqualTo("it has the name of the environment of " + pathOf(DEV)));
        }
    }

    @Test
    void theNewPatternNamesItsEnvironments() {
        world.remote.commit("Elsewhere", Layout.FILE, "live/{name}/bastion/terragrunt.hcl\n");
        world.remote.commit("New", "live/orders/bastion/terragrunt.hcl", Samples.closedFile("orders"));
        try (GitGrantLedger ledger = service("clone")) {
            EnvironmentName orders = new EnvironmentName("orders");
            assertThat(ledger.read().environments()).containsExactly(orders);
            assertThat(ledger.record(open(orders, "one"))).isInstanceOf(RecordResult.Recorded.class);
            assertThat(world.remote.file("live/orders/bastion/terragrunt.hcl")).contains("deploy_bastion        = 1");
        }
    }
}
