package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.closedFile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.port.LayoutMonitor;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.layout.Layout;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.slot.SlotCounts;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.RemoteRepository;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.file.FileParsers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files on the default branch that CI could open and that the ledger does not know. */
class GitLayoutMonitorTest {
    @TempDir
    private Path directory;

    private LedgerWorld world;
    private GitGrantLedger ledger;
    private LayoutMonitor layout;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        ledger = world.overHttp("clone");
        layout = ledger.layout(() -> NOON);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private List<LayoutProblem> look() {
        ledger.read();
        return layout.look();
    }

    @Test
    void anOrdinaryLedgerHasNone() {
        assertThat(look()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environments/Prod/Bastion/terragrunt.hcl",
                "environments/-x/bastion/terragrunt.hcl",
                "environments/my env/bastion/terragrunt.hcl",
                "live/prod/terragrunt.hcl",
                "x.auto.tfvars",
            })
    void aFileThatNoPatternNamesIsAProblemUntilItIsRemoved(String path) {
        look();
        CommitId commit = world.remote.commit("By hand", path, closedFile("prod"));
        world.remote.commit("Aside", "README.md", "more");
        assertThat(look()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.problem()).endsWith("no pattern of ledger.yaml names it");
            assertThat(problem.commit()).isEqualTo(commit);
        });
        assertThat(ledger.layout(() -> NOON).look()).hasSize(1);
        world.remote.commit("Removed", path, RemoteRepository.REMOVED);
        assertThat(look()).isEmpty();
    }

    @Test
    void aSlotWithoutItsFileIsAProblemOfLedgerYamlUntilTheFileIsThere() {
        SlotCounts three = new SlotCounts(new TreeMap<>(Map.of(DEV, 3)));
        Layout standard = Layout.standard("environments");
        Layout slots = new Layout(
                "environments",
                List.of(
                        standard.environments().getFirst().with(three),
                        new PathPattern("environments/{name}/slots/{slot}/bastion/terragrunt.hcl").with(three)),
                standard.modules(),
                standard.ci());
        world.remote.commit("Second", "environments/dev/slots/2/bastion/terragrunt.hcl", closedFile("dev#2"));
        CommitId commit = world.remote.commit("Slots", Layout.FILE, "slots: {dev: 3}\n");
        try (GitGrantLedger withSlots = GitGrantLedger.open(
                Samples.settings(world.remote.url(), world.clone("slots")),
                new FileParsers(Samples.anyPolicy(), (yaml, _) -> yaml.isPresent() ? slots : standard),
                world.alarms,
                Samples.CLOCK)) {
            LayoutMonitor monitor = withSlots.layout(() -> NOON);
            assertThat(monitor.look()).singleElement().satisfies(problem -> {
                assertThat(problem.kind()).isEqualTo(LayoutProblem.Kind.SLOTS);
                assertThat(problem.path()).isEqualTo(Layout.FILE);
                assertThat(problem.problem())
                        .isEqualTo("slots.dev is 3, but there is no environments/dev/slots/3/bastion/terragrunt.hcl");
                assertThat(problem.commit()).isEqualTo(commit);
            });
            world.remote.commit("Third", "environments/dev/slots/3/bastion/terragrunt.hcl", closedFile("dev#3"));
            withSlots.read();
            assertThat(monitor.look()).isEmpty();
        }
    }

    @Test
    void twoEnvironmentsWithTheSameResourceNamesAreAProblem() {
        world.remote.commit(
                "Twins",
                Map.of(
                        "environments/eu-prod/bastion/terragrunt.hcl", closedFile("eu-prod"),
                        "environments/eu/prod/bastion/terragrunt.hcl", closedFile("eu/prod")));
        assertThat(look())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.problem()).startsWith("its resources would have the names of those of eu"));
        EnvironmentName twin = new EnvironmentName("eu/prod");
        assertThat(ledger.lastSeen().state(twin).orElseThrow()).isInstanceOf(EnvironmentState.Unclear.class);
    }
}
