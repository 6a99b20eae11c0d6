package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.proposal.ConfigurationChange;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.layout.Layout;
import dev.bastion.layout.PathPattern;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.ListedPulls;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.file.FileParsers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pull requests that change environments which are root modules of Terraform. */
class RootModulePullRequestTest {
    private static final EnvironmentName ORDERS = new EnvironmentName("orders");
    private static final EnvironmentName BILLING = new EnvironmentName("billing");
    private static final FileParsers PARSERS = new FileParsers(
            _ -> Samples.policy(),
            (_, environments) -> new Layout(
                    environments,
                    List.of(new PathPattern("live/{name}/bastion.auto.tfvars")),
                    List.of(Layout.STANDARD_MODULE),
                    List.of()));
    private static final String MAIN = """
        terraform {
          backend "s3" {}
        }
        module "bastion" {
          source                = "../../terraform-modules/bastion"
          rds_endpoint          = "DATABASE"
          deploy_bastion        = var.deploy_bastion
          requested_by_user_id  = var.requested_by_user_id
          requested_by_username = var.requested_by_username
          created_at            = var.created_at
          expires_at            = var.expires_at
        }
        """;
    private static final String CLOSED = """
        deploy_bastion        = 0
        requested_by_user_id  = ""
        requested_by_username = ""
        created_at            = ""
        expires_at            = ""
        """;
    private static final String OPEN = CLOSED.replace("= 0", "= 1")
            .replace("user_id  = \"\"", "user_id  = \"U12345678\"")
            .replace("username = \"\"", "username = \"john.doe\"")
            .replace("created_at            = \"\"", "created_at            = \"2026-01-15T12:00:00Z\"")
            .replace("expires_at            = \"\"", "expires_at            = \"2026-01-15T13:00:00Z\"");

    @TempDir
    private Path directory;

    private final ListedPulls pulls = new ListedPulls();
    private LedgerWorld world;
    private GitGrantLedger ledger;
    private GitForge forge;
    private CommitId base;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        base = world.remote.commit(
                "Root modules",
                Map.of(
                        "live/orders/main.tf",
                        main("orders.internal"),
                        "live/orders/bastion.auto.tfvars",
                        CLOSED,
                        "live/billing/main.tf",
                        main("billing.internal"),
                        "live/billing/bastion.auto.tfvars",
                        CLOSED));
        ledger = GitGrantLedger.open(
                Samples.settings(world.remote.url(), world.clone("clone")), PARSERS, world.alarms, Samples.CLOCK);
        forge = ledger.forge(pulls, PARSERS, () -> NOON, "ci");
    }

    @AfterEach
    void stop() {
        ledger.close();
        world.close();
    }

    private static String main(String database) {
        return MAIN.replace("DATABASE", database);
    }

    private FileChanges changes(Map<String, String> files) {
        CommitId head = world.remote.pushPullRequest(7, base, files);
        pulls.opens(7, "johndoe", "hotfix", "main", head);
        ledger.read();
        return forge.pullRequests().look().open().getFirst().changes();
    }

    @Test
    void theFiveValuesOfARootModuleAreNoConfiguration() {
        FileChanges changes = changes(Map.of("live/orders/bastion.auto.tfvars", OPEN));
        assertThat(changes.edits()).hasSize(1);
        assertThat(changes.configurations()).isEmpty();
        assertThat(changes.ownedFiles()).isEmpty();
        assertThat(changes.problems()).isEmpty();
    }

    @Test
    void itsCodeNeedsAnOwnerAndIsJudgedWithItsLine() {
        FileChanges changes = changes(Map.of(
                "live/orders/main.tf",
                main("orders.internal") + "data \"external\" \"x\" {}\n",
                "live/orders/README.md",
                "x"));
        assertThat(changes.ownedFiles()).containsExactly("live/orders/main.tf");
        assertThat(changes.problems())
                .containsExactly(
                        "live/orders/main.tf:13: the data source \"external\" \"x\" is not allowed, because it may run"
                                + " a program or send a request. Write its value");
    }

    @Test
    void anotherFileThatSetsAValueAgainIsRefused() {
        FileChanges changes = changes(Map.of("live/orders/z.auto.tfvars", "deploy_bastion = 1\n"));
        assertThat(changes.ownedFiles()).containsExactly("live/orders/z.auto.tfvars");
        assertThat(changes.problems())
                .singleElement()
                .asString()
                .startsWith("live/orders/z.auto.tfvars:1: `deploy_bastion` is the service's to write");
    }

    /** The database of another root module stands in its code. */
    @Test
    void aValueThatLeadsToAnotherDatabaseConcernsBoth() {
        base = world.remote.commit(
                "By a variable",
                Map.of(
                        "live/orders/main.tf",
                        main("x").replace("\"x\"", "var.database"),
                        "live/orders/bastion.auto.tfvars",
                        CLOSED + "database = \"orders.internal\"\n"));
        FileChanges changes =
                changes(Map.of("live/orders/bastion.auto.tfvars", CLOSED + "database = \"billing.internal:5432\"\n"));
        assertThat(changes.configurations()).containsExactly(new ConfigurationChange(ORDERS, List.of(BILLING), true));
        assertThat(changes.problems()).isEmpty();
    }
}
