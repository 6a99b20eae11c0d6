package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.ConfigurationChange;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.rules.EnvironmentAliases;
import dev.bastion.access.rules.EnvironmentChannels;
import dev.bastion.layout.Layout;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.ListedPulls;
import dev.bastion.ledger.RemoteRepository;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.file.FileParsers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pull requests that would open a door without an audit value changing: each file of a change has its kind. */
class PullRequestFilesTest {
    private static final String PROD_DATABASE = "  rds_endpoint = \"orders.prod.internal:5432\"\n";
    private static final Person JOHN = new Person("U12345678", "john.doe");

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
                "Prod has a database", Map.of(pathOf(PROD), leadingTo("prod-orders", PROD_DATABASE)));
        ledger = world.overHttp("clone");
        forge = ledger.forge(pulls, Samples.parsers(Samples.anyPolicy()), () -> NOON, "ci");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static String leadingTo(String name, String inputs) {
        return closedFile(name).replace("inputs = {\n", "inputs = {\n" + inputs);
    }

    private FileChanges changes(Map<String, String> files) {
        CommitId head = world.remote.pushPullRequest(7, base, files);
        pulls.opens(7, "johndoe", "hotfix", "main", head);
        ledger.read();
        List<ManualPullRequest> open = forge.pullRequests().look().open();
        return open.getFirst().changes();
    }

    @Test
    void theFiveAuditValuesAreNoConfiguration() {
        FileChanges changes = changes(Map.of(pathOf(DEV), openFile("dev", JOHN, NOON, NOON.plusSeconds(3600))));
        assertThat(changes.configurations()).isEmpty();
        assertThat(changes.edits()).hasSize(1);
        assertThat(changes.ownedFiles()).isEmpty();
    }

    @Test
    void devThatWouldLeadToProdConcernsBoth() {
        FileChanges changes =
                changes(Map.of(pathOf(DEV), leadingTo("dev", "  rds_endpoint = \"ORDERS.prod.internal\"\n")));
        assertThat(changes.configurations()).containsExactly(new ConfigurationChange(DEV, List.of(PROD), true));
    }

    @Test
    void devThatWouldLeadToProdWhileItIsOpenedConcernsBoth() {
        String open = openFile("dev", JOHN, NOON, NOON.plusSeconds(3600))
                .replace("inputs = {\n", "inputs = {\n" + PROD_DATABASE);
        assertThat(changes(Map.of(pathOf(DEV), open)).configurations())
                .containsExactly(new ConfigurationChange(DEV, List.of(PROD), true));
    }

    @Test
    void aTargetThatIsComputedCannotBeCompared() {
        assertThat(changes(Map.of(pathOf(DEV), leadingTo("dev", "  rds_endpoint = local.host\n")))
                        .configurations())
                .containsExactly(new ConfigurationChange(DEV, List.of(), false));
    }

    @Test
    void aNewEnvironmentIsAConfigurationThatConcernsWhoseDatabaseItNames() {
        String path = "environments/mine/bastion/terragrunt.hcl";
        assertThat(changes(Map.of(path, leadingTo("mine", PROD_DATABASE))).configurations())
                .containsExactly(new ConfigurationChange(new EnvironmentName("mine"), List.of(PROD), true));
    }

    @Test
    void aRemovedEnvironmentIsAConfiguration() {
        assertThat(changes(Map.of(pathOf(DEV), RemoteRepository.REMOVED)).configurations())
                .containsExactly(new ConfigurationChange(DEV, List.of(), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environments/dev/bastion/main.tf",
                "environments/dev/bastion/prod.auto.tfvars",
                "environments/dev/bastion/m/main.tf",
                "environments/dev/bastion/.terraformrc.md",
            })
    void aFileBesideAnEnvironmentIsItsConfiguration(String path) {
        FileChanges changes = changes(Map.of(path, "x = 1\n"));
        assertThat(changes.configurations()).containsExactly(new ConfigurationChange(DEV, List.of(), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environments/dev/root.hcl",
                "environments/root.hcl",
                "environments/access-policy.yaml",
                "environments/allowed_signers",
                "ledger.yaml",
                ".github/workflows/apply.yml",
                ".github/CODEOWNERS",
                "terraform-modules/bastion/main.tf",
                "tools/x.sh",
            })
    void whatCiRunsAndReadsIsTheOwners(String path) {
        assertThat(changes(Map.of(path, "x: 1\n")).ownedFiles()).containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config/account.hcl", "data/names.yaml", "data/prod.yaml"})
    void whatTheRootReadsElsewhereIsTheOwners(String path) {
        assertThat(changes(Map.of(path, "x: 1\n")).isEmpty()).isTrue();
        base = world.remote.commit("The root reads more", "environments/root.hcl", """
            locals {
              a = read_terragrunt_config("${get_repo_root()}/config/account.hcl")
              b = yamldecode(file("${get_repo_root()}/data/${local.name}.yaml"))
            }
            """);
        assertThat(changes(Map.of(path, "x: 2\n")).ownedFiles()).containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environments/Prod/Bastion/terragrunt.hcl",
                "environments/-x/bastion/terragrunt.hcl",
                "live/prod/terragrunt.hcl",
            })
    void whatLooksLikeABastionAndHasNoNameIsAProblem(String path) {
        assertThat(changes(Map.of(path, closedFile("prod"))).problems())
                .singleElement()
                .asString()
                .startsWith(path + ": looks like a bastion, because ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"environments/dev/bastion/main.tf", "environments/dev/root.hcl"})
    void anEnvironmentThatIsOpenedMustBeInCanonicalShape(String beside) {
        String open = openFile("dev", JOHN, NOON, NOON.plusSeconds(3600));
        assertThat(changes(Map.of(pathOf(DEV), open, beside, "x = 1\n")).problems())
                .anySatisfy(problem -> assertThat(problem).startsWith(beside + ": "));
        assertThat(changes(Map.of(pathOf(DEV), open.replace("terraform-modules//bastion", "m")))
                        .problems())
                .singleElement()
                .asString()
                .startsWith(pathOf(DEV) + ":");
    }

    @Test
    void aSymbolicLinkInThePlaceOfAnEnvironmentIsItsConfiguration() {
        String path = "environments/mine";
        assertThat(changes(Map.of(path, RemoteRepository.LINK + "dev")).ownedFiles())
                .containsExactly(path);
    }

    @Test
    void proseChangesNothing() {
        assertThat(changes(Map.of("README.md", "deploy_bastion = 1\n", "docs/a.md", "x\n"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void anEnvironmentWhoseResourcesWouldHaveTheNameOfAnotherIsAProblem() {
        String file = closedFile("dev").replace("\"dev\"", "\"prod-orders\"").replace("t4g.nano", "t4g.micro");
        assertThat(changes(Map.of(pathOf(DEV), file)).problems())
                .singleElement()
                .asString()
                .startsWith(pathOf(DEV) + ":")
                .contains("`inputs.environment` is not the name of its resources. Write `environment = \"dev\"`");
    }

    /** With a key that has no path, or of two roots: what is on the base branch already is no fault of the change. */
    @Test
    void anEnvironmentThatWouldKeepItsStateWhereAnotherDoesIsAProblem() {
        String oneKey = """
            locals {}
            remote_state {
              backend = "s3"
              config = {
                bucket = "states"
                key    = "bastion.tfstate"
              }
            }
            """;
        String problem = "environments/root.hcl:6: the state of prod/orders is that of dev, too"
                + " (environments/root.hcl:6): s3://states/bastion.tfstate. Write the path into the key, like"
                + " `${path_relative_to_include()}/terraform.tfstate`";
        assertThat(changes(Map.of("environments/root.hcl", oneKey)).problems()).containsExactly(problem);
        base = world.remote.commit("One key", Map.of("environments/root.hcl", oneKey));
        assertThat(changes(Map.of("README.md", "x\n", pathOf(DEV), openFile("dev", JOHN, NOON, NOON.plusSeconds(60))))
                        .problems())
                .isEmpty();
        String path = "environments/qa/bastion/terragrunt.hcl";
        assertThat(changes(Map.of(path, closedFile("qa"))).problems())
                .containsExactly(problem.replace("prod/orders", "qa"));
    }

    @Test
    void anAliasThatIsTheNameOfAnEnvironmentIsAProblemOfLedgerYaml() {
        Layout standard = Layout.standard("environments");
        Layout withAlias = new Layout(
                standard.configuration(),
                standard.environments(),
                List.of(),
                standard.modules(),
                standard.ci(),
                AwsAccounts.NONE,
                new EnvironmentAliases(Map.of(DEV, PROD)),
                EnvironmentChannels.NONE);
        forge = ledger.forge(
                pulls,
                new FileParsers(Samples.anyPolicy(), (content, _) -> content.isPresent() ? withAlias : standard),
                () -> NOON,
                "ci");
        assertThat(changes(Map.of("ledger.yaml", "aliases: {prod/orders: [dev]}\n"))
                        .problems())
                .containsExactly("ledger.yaml: the alias dev is the name of the environment of " + pathOf(DEV)
                        + "; choose another alias");
    }
}
