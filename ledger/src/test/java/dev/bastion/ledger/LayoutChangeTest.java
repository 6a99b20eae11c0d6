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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        return GitGrantLedger.open(Samples.settings(world.remote.url(), world.clone(clone)), PARSERS, world.alarms, Samples.CLOCK);
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
