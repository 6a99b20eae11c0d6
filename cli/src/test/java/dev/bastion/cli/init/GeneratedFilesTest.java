package dev.bastion.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.app.config.LedgerFile;
import dev.bastion.app.config.PolicyFiles;
import dev.bastion.app.config.SettingsFile;
import dev.bastion.app.config.SettingsReading;
import dev.bastion.apply.source.GitRepository;
import dev.bastion.apply.terraform.CommandRunner;
import dev.bastion.apply.terraform.ShutdownRequest;
import dev.bastion.layout.CanonicalShape;
import dev.bastion.layout.InputValues;
import dev.bastion.layout.Layout;
import dev.bastion.layout.Lookalikes;
import dev.bastion.layout.ModuleSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file that {@code bastion init} writes is one that the product's own parsers accept. */
class GeneratedFilesTest {
    @TempDir
    private Path folder;

    private InitWorld world;

    @BeforeEach
    void write() {
        world = new InitWorld(folder);
        assertThat(world.init("--environment", "dev", "--environment", "prod/orders"))
                .as(world.errors())
                .isZero();
        world.commit();
    }

    private Layout layout() {
        return new LedgerFile().read(Optional.of(world.bytes("ledger.yaml")), "environments");
    }

    @Test
    void theLedgerNamesTheEnvironmentsAndTheModule() {
        Layout layout = layout();
        assertThat(layout.environments()).hasSize(1);
        assertThat(layout.isNamed("environments/prod/orders/bastion/terragrunt.hcl"))
                .isTrue();
        assertThat(layout.modules())
                .extracting(ModuleSource::address)
                .containsExactly("git::https://github.com/acme/bastion.git//terraform-modules/bastion?ref=v1.4.0");
        assertThat(layout.ci()).containsExactly("bastion.yaml", "slack-manifest.yaml");
    }

    @Test
    void thePolicyNamesThePeopleWhoWereGiven() {
        AccessPolicy policy = new PolicyFiles()
                .read(new PolicyDocuments(
                        Optional.of(world.bytes("environments/access-policy.yaml")),
                        Optional.of(world.bytes("environments/people.yaml")),
                        Optional.of(world.bytes("ledger.yaml"))));
        assertThat(policy.owners().ids()).containsExactlyInAnyOrder("U23456789", "U34567890");
        assertThat(policy.people().byLogin()).containsKeys("janeroe", "on");
        assertThat(policy.rulesOf(new EnvironmentName("dev")).approvals()).isZero();
        assertThat(policy.rulesOf(new EnvironmentName("prod/orders")).approvals())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "test --all"})
    void thePolicyCommandsPass(String command) {
        assertThat(world.policy(command.split(" "))).as(world.errors()).isZero();
        assertThat(world.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"environments/dev/bastion", "environments/prod/orders/bastion"})
    void anEnvironmentIsInCanonicalShape(String directory) {
        GitRepository git = GitRepository.around(
                folder, new CommandRunner(new ShutdownRequest()), Map.of("PATH", System.getenv("PATH")));
        var tree = git.tree(git.commit("HEAD"));
        assertThat(new CanonicalShape("environments", layout().modules(), InputValues.LITERAL)
                        .problems(tree, directory))
                .isEmpty();
        String file = directory + "/terragrunt.hcl";
        assertThat(world.text(file)).contains("deploy_bastion        = 0", "?ref=v1.4.0");
    }

    @Test
    void nothingElseLooksLikeABastion() {
        Lookalikes lookalikes = new Lookalikes(layout());
        assertThat(world.files())
                .allSatisfy((path, text) -> assertThat(
                                lookalikes.reason(path, Optional.of(text.getBytes(StandardCharsets.UTF_8))))
                        .as(path)
                        .isEmpty());
    }

    @Test
    void theSettingsLackNothingButSecrets() {
        SettingsReading reading = SettingsFile.examine(
                Optional.of(folder.resolve("bastion.yaml")),
                Map.of(
                        "BASTION_SLACK_APP_TOKEN", "xapp-1-A0123-456-abc",
                        "BASTION_SLACK_BOT_TOKEN", "xoxb-123-456-abc",
                        "BASTION_GITHUB_TOKEN", "ghp_example"));
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.settings()).isPresent();
    }

    /** An action of this repository that a workflow uses is written, too; no ledger holds the product itself. */
    @Test
    void theWorkflowsUseNothingOfTheProductsRepository() {
        Map<String, String> files = world.files();
        assertThat(files).containsKeys(".github/workflows/plan.yml", ".github/workflows/policy.yml");
        Pattern local = Pattern.compile("uses: \\./(\\S+)");
        assertThat(files.values().stream()
                        .flatMap(text -> local.matcher(text).results())
                        .map(used -> used.group(1) + "/action.yml")
                        .distinct())
                .isNotEmpty()
                .allMatch(files::containsKey);
        assertThat(files.get(".github/workflows/apply.yml")).contains("container: ${{ contains(vars.BASTION_CI_IMAGE");
        assertThat(world.errors()).contains("gh variable set BASTION_CI_IMAGE --repo acme/infrastructure");
    }

    /** Templates are copies of this repository's own files, which the build takes; their example values must be gone. */
    @Test
    void noValueOfTheExampleIsLeft() {
        assertThat(world.files())
                .allSatisfy((path, text) -> assertThat(
                                text.lines().filter(line -> !line.strip().startsWith("#")))
                        .as(path)
                        .noneMatch(line -> line.contains("@acme/")
                                || line.contains("johndoe")
                                || line.contains("U12345678")
                                || line.contains("example-bastion-state")
                                || line.contains("get_repo_root")));
    }
}
