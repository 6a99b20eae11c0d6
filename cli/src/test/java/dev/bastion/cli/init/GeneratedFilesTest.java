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
import dev.bastion.cli.policy.PolicyCommand;
import dev.bastion.layout.CanonicalShape;
import dev.bastion.layout.InputValues;
import dev.bastion.layout.Layout;
import dev.bastion.layout.Lookalikes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

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
        assertThat(layout.isNamed("environments/prod/orders/bastion/terragrunt.hcl")).isTrue();
        assertThat(layout.modules())
                .extracting("address")
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
        assertThat(policy.rulesOf(new EnvironmentName("prod/orders")).approvals()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "test --all"})
    void thePolicyCommandsPass(String command) {
        StringWriter said = new StringWriter();
        CommandLine policy = PolicyCommand.commandLine(() -> Instant.parse("2026-01-15T10:30:00Z"))
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true));
        String[] arguments =
                (command + " --environments " + folder.resolve("environments")).split(" ");
        assertThat(policy.execute(arguments)).as(said.toString()).isZero();
        assertThat(said.toString()).doesNotContain("note:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"environments/dev/bastion", "environments/prod/orders/bastion"})
    void anEnvironmentIsInCanonicalShape(String directory) {
        GitRepository git = GitRepository.around(
                folder, new CommandRunner(new ShutdownRequest()), Map.of("PATH", System.getenv("PATH")));
        var tree = git.tree(git.commit("HEAD"));
        assertThat(new CanonicalShape("environments", layout().modules(), InputValues.LITERAL).problems(tree, directory))
                .isEmpty();
        String file = directory + "/terragrunt.hcl";
        assertThat(world.text(file)).contains("deploy_bastion        = 0", "?ref=v1.4.0");
    }

    @Test
    void nothingElseLooksLikeABastion() {
        Lookalikes lookalikes = new Lookalikes(layout());
        assertThat(world.files()).allSatisfy((path, text) -> assertThat(
                        lookalikes.reason(path, Optional.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
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

    /** Templates are copies of this repository's own files, which the build takes; their example values must be gone. */
    @Test
    void noValueOfTheExampleIsLeft() {
        assertThat(world.files())
                .allSatisfy((path, text) -> assertThat(text.lines().filter(line -> !line.strip().startsWith("#")))
                        .as(path)
                        .noneMatch(line -> line.contains("@acme/") || line.contains("johndoe")
                                || line.contains("U12345678") || line.contains("example-bastion-state")
                                || line.contains("get_repo_root")));
    }
}
