package dev.bastion.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bastion init} writes, asks and says. */
class InitCommandTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    @Test
    void aSecondRunChangesNothingAndHasNothingToShow() {
        InitWorld world = new InitWorld(folder);
        assertThat(world.init()).as(world.errors()).isZero();
        SortedMap<String, String> before = world.files();
        assertThat(before)
                .containsKeys(
                        "ledger.yaml",
                        "environments/access-policy.yaml",
                        "environments/people.yaml",
                        "environments/policy-tests.yaml",
                        "environments/root.hcl",
                        "environments/dev/bastion/terragrunt.hcl",
                        ".github/workflows/apply.yml",
                        ".github/CODEOWNERS",
                        "slack-manifest.yaml",
                        "bastion.yaml");

        assertThat(world.init()).isZero();
        assertThat(world.files()).isEqualTo(before);
        assertThat(world.out()).isEmpty();
        assertThat(world.errors()).contains("complete   ledger.yaml").doesNotContain("added ");
    }

    @Test
    void aDryRunWritesNothingAndPrintsAPatchThatGitApplies() throws IOException {
        InitWorld dry = new InitWorld(folder);
        InitWorld real = new InitWorld(elsewhere);
        String theirs = "# Reviewers\n*.go @acme/backend\n";
        dry.write(".github/CODEOWNERS", theirs);

        assertThat(dry.init("--dry-run")).isZero();
        assertThat(dry.files()).containsOnlyKeys(".github/CODEOWNERS");
        assertThat(dry.errors()).contains("would add  ledger.yaml");
        Path patch = Files.writeString(elsewhere.resolve(".git/init.patch"), dry.out());
        dry.git("apply", "--whitespace=nowarn", patch.toString());

        real.init();
        SortedMap<String, String> applied = dry.files();
        assertThat(applied.remove(".github/CODEOWNERS")).startsWith(theirs).contains("/ledger.yaml @janeroe @on");
        SortedMap<String, String> written = real.files();
        written.remove(".github/CODEOWNERS");
        assertThat(applied).isEqualTo(written);
    }

    @Test
    void aFileThatIsThereStaysAndThePatchShowsWhatItLacks() {
        InitWorld world = new InitWorld(folder);
        world.write("ledger.yaml", "# ours\nowners: [U23456789]\n");
        world.write("slack-manifest.yaml", "old: 1\n");
        world.write("environments/people.yaml", "people: []\n");

        assertThat(world.init()).isZero();
        assertThat(world.text("ledger.yaml")).isEqualTo("# ours\nowners: [U23456789]\n");
        assertThat(world.text("slack-manifest.yaml")).isEqualTo("old: 1\n");
        assertThat(world.text("environments/people.yaml")).isEqualTo("people: []\n");
        assertThat(world.out())
                .contains("+modules:", "--- a/ledger.yaml", "-old: 1", "+groups:")
                .doesNotContain("-owners", "-# ours", "-people");
        assertThat(world.errors()).contains("unchanged  ledger.yaml (the patch shows what it lacks)");
    }

    /** GitHub reads .github/CODEOWNERS first: a new one there would switch the other one off. */
    @Test
    void codeOwnersElsewhereAreNotHiddenByNewOnes() {
        InitWorld world = new InitWorld(folder);
        world.write("docs/CODEOWNERS", "* @acme/everyone");
        assertThat(world.init()).isZero();
        assertThat(world.files()).doesNotContainKey(".github/CODEOWNERS");
        assertThat(world.out()).contains("+++ b/docs/CODEOWNERS", "+/.github/ @janeroe @on");
    }

    @Test
    void everyMissingAnswerIsNamedAtOnceAndNothingIsWritten() {
        InitWorld world = new InitWorld(folder);
        assertThat(world.run(Optional.empty(), List.of("--non-interactive", "--branch", "a b")))
                .isEqualTo(2);
        assertThat(world.errors())
                .contains("--module is missing", "--channel is missing", "--owner is missing", "--region is missing")
                .contains("--state-bucket is missing", "--branch: \"a b\" is not a valid branch");
        assertThat(world.files()).isEmpty();
    }

    @Test
    void aPersonAtATerminalIsAskedForWhatTheRepositoryDoesNotSay() {
        InitWorld world = new InitWorld(folder);
        List<String> answers = List.of(
                "", // the repository of origin
                "", // the branch
                "live/{name}/bastion/terragrunt.hcl",
                "dev, prod/orders",
                "git::https://github.com/acme/bastion.git//terraform-modules/bastion",
                "git::https://github.com/acme/bastion.git//terraform-modules/bastion?ref=v1.4.0",
                "#bastion",
                "C0123ABC",
                "U23456789:jane.roe:janeroe, U34567890:max:max",
                "eu-west-1",
                "acme-state");
        assertThat(world.typed(answers)).as(world.errors()).isZero();
        assertThat(world.errors())
                .contains("Repository at https://github.com, as owner/name [acme/infrastructure]: ")
                .contains("\"#bastion\" is not a valid Slack channel; write its id, like C0123ABC")
                .contains("with a fixed version, like git::https://");
        assertThat(world.files())
                .containsKeys("live/dev/bastion/terragrunt.hcl", "live/prod/orders/bastion/terragrunt.hcl")
                .containsKey("live/root.hcl");
        assertThat(world.text("bastion.yaml")).contains("repository: acme/infrastructure", "channel: C0123ABC");
    }

    @Test
    void theWorkflowsListenToTheBranchThatWasGiven() {
        InitWorld world = new InitWorld(folder);
        assertThat(world.init("--branch", "trunk")).isZero();
        assertThat(world.text(".github/workflows/apply.yml")).contains("branches: [trunk]");
        assertThat(world.text("bastion.yaml")).contains("branch: trunk");
    }

    @Test
    void aPersonWhoLeavesInTheMiddleWritesNothing() {
        InitWorld world = new InitWorld(folder);
        assertThat(world.typed(List.of("", "main"))).isEqualTo(2);
        assertThat(world.files()).isEmpty();
    }

    @Test
    void environmentsThatAreThereGiveThePatternAndTheModule() {
        InitWorld world = new InitWorld(folder);
        String unit = """
                terraform {
                  source = "git::https://github.com/acme/m.git//bastion?ref=v2"
                }
                inputs = {
                  deploy_bastion = 0
                }
                """;
        world.write("live/dev/bastion/terragrunt.hcl", unit);
        world.write("live/prod/orders/bastion/terragrunt.hcl", unit);
        world.write("live/prod/database/terragrunt.hcl", "inputs = { name = \"deploy_bastion\" }\n");
        world.write("live/root.hcl", "");
        assertThat(world.run(
                        Optional.empty(),
                        List.of("--channel", "C0123ABC", "--owner", "U2345678:jane:jane", "--region", "eu-west-1")))
                .as(world.errors())
                .isZero();
        assertThat(world.text("ledger.yaml"))
                .contains("- path: \"live/{name}/bastion/terragrunt.hcl\"")
                .contains("- \"git::https://github.com/acme/m.git//bastion?ref=v2\"");
        assertThat(world.text("environments/access-policy.yaml"))
                .contains("\n  dev: {}\n", "\n  prod/orders:\n    reason_required: true\n    approvals: 1\n");
        assertThat(world.text("live/dev/bastion/terragrunt.hcl")).isEqualTo(unit);
        assertThat(world.errors()).contains("warning: one owner cannot approve their own changes");
    }

    @Test
    void aUnitThatThePatternDoesNotNameIsSaid() {
        InitWorld world = new InitWorld(folder);
        world.write("old/Prod/bastion/terragrunt.hcl", "inputs = {\n  deploy_bastion = 1\n}\n");
        assertThat(world.init("--layout", "live/{name}/bastion/terragrunt.hcl")).isZero();
        assertThat(world.errors())
                .contains("warning: old/Prod/bastion/terragrunt.hcl has deploy_bastion, but no pattern names it");
    }

    @ParameterizedTest
    @CsvSource({
        ".github, cannot write to .github: it is a link out of the repository",
        "environments, cannot write to environments: it is a link out of the repository",
        "ledger.yaml, cannot write to ledger.yaml: it is a link or a directory",
        ".github/CODEOWNERS, cannot write to .github/CODEOWNERS: it is a link or a directory",
    })
    void aLinkOutOfTheRepositoryIsNotFollowed(String link, String problem) throws IOException {
        InitWorld world = new InitWorld(folder);
        Path at = folder.resolve(link);
        Files.createDirectories(at.getParent());
        Files.createSymbolicLink(at, elsewhere);
        assertThat(world.init()).isEqualTo(1);
        assertThat(world.errors()).contains(problem);
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(world.files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "README"})
    void aFileThatIsALinkIsNeitherReadNorReplaced(String target) throws IOException {
        InitWorld world = new InitWorld(folder);
        world.write("README", "owners: [secret]\n");
        Files.createSymbolicLink(folder.resolve("ledger.yaml"), folder.resolve(target));
        assertThat(world.init()).isEqualTo(1);
        assertThat(world.errors()).contains("cannot write to ledger.yaml: it is a link");
        assertThat(world.out()).doesNotContain("secret");
        assertThat(world.text("README")).isEqualTo("owners: [secret]\n");
        assertThat(folder.resolve(".github")).doesNotExist();
    }

    @Test
    void aDirectoryWithoutGitIsWrongUsage() {
        InitWorld world = new InitWorld(folder);
        assertThat(world.run(Optional.empty(), List.of("--non-interactive", elsewhere.toString())))
                .isEqualTo(2);
        assertThat(world.errors()).contains("Unmatched argument");
    }
}
