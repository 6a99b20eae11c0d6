package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.rules.EnvironmentAliases;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.source.LayoutSource;
import dev.bastion.layout.Layout;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.PathPattern;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangedEnvironmentsTest {
    private static final String CLOSED = "  deploy_bastion = 0\n";

    @TempDir
    private Path folder;

    private EnvironmentFiles files;
    private String first;

    @BeforeEach
    void commit() {
        files = EnvironmentFiles.in(folder, "dev", Modules.gated());
        for (String name : List.of("staging", "prod/orders")) {
            new EnvironmentFiles(folder, name).inputs(CLOSED);
        }
        first = files.commit("first");
    }

    @Test
    void anEnvironmentWhoseFileChangedIsListed() {
        files.inputs(CLOSED + "x = 1\n");
        String second = files.commit("second");
        assertThat(names(first + ".." + second)).containsExactly("dev");
        assertThat(names(first + "..HEAD")).containsExactly("dev");
        assertThat(names(second + ".." + second)).isEmpty();
    }

    @Test
    void aShallowCloneIsCompletedOrRefused() throws IOException {
        files.inputs(CLOSED + "x = 1\n").commit("second");
        Path clone = folder.resolve("shallow");
        files.git("clone", "-q", "--depth", "1", "file://" + folder, clone.toString());
        LayoutSource source = LayoutSource.STANDARD;
        assertThat(new ChangedEnvironments(clone, System.getenv(), source)
                        .in(first + "..HEAD")
                        .environments())
                .as("the environments that changed, not all of them")
                .containsExactly(new EnvironmentName("dev"));

        Path orphan = folder.resolve("orphan");
        files.git("clone", "-q", "--depth", "1", "file://" + folder, orphan.toString());
        files.git(
                "-C",
                orphan.toString(),
                "remote",
                "set-url",
                "origin",
                folder.resolve("gone").toString());
        ChangedEnvironments changed = new ChangedEnvironments(orphan, System.getenv(), source);
        assertThatThrownBy(() -> changed.in("HEAD"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("is shallow")
                .hasMessageContaining("fetch-depth: 0");
    }

    @Test
    void anEnvironmentIsFoundByItsNameInAnyCaseOrAnAlias() {
        new EnvironmentFiles(folder, "Orders_DB.v2").inputs(CLOSED);
        files.commit("by hand");
        LayoutSource source = new LayoutSource(
                (_, environments) -> {
                    Layout standard = Layout.standard(environments);
                    return new Layout(
                            standard.configuration(),
                            standard.environments(),
                            List.of(),
                            standard.modules(),
                            standard.ci(),
                            standard.accounts(),
                            new EnvironmentAliases(
                                    Map.of(new EnvironmentName("ord"), new EnvironmentName("Orders_DB.v2"))),
                            standard.channels());
                },
                "environments");
        ChangedEnvironments changed = new ChangedEnvironments(folder, System.getenv(), source);
        for (String typed : List.of("Orders_DB.v2", "ORDERS_DB.V2", "ORD")) {
            assertThat(changed.directoryOf(new EnvironmentName(typed))).isEqualTo("environments/Orders_DB.v2/bastion");
            assertThat(changed.named(new EnvironmentName(typed), "HEAD"))
                    .isEqualTo(new EnvironmentName("Orders_DB.v2"));
        }
    }

    @Test
    void aPushOfSeveralCommitsCountsAsOne() {
        files.inputs(CLOSED + "x = 1\n").commit("second");
        new EnvironmentFiles(folder, "prod/orders").inputs(CLOSED + "x = 1\n");
        files.write("environments/access-policy.yaml", "x").commit("third");
        assertThat(names(first + "..HEAD")).containsExactly("dev", "prod/orders");
        assertThat(changes(first + "..HEAD").notes()).isEmpty();
    }

    @Test
    void removedAndRenamedEnvironmentsAreListed() {
        files.git("mv", "environments/dev", "environments/test");
        files.git("rm", "-rq", "environments/staging");
        files.commit("by hand");
        assertThat(names(first + "..HEAD")).containsExactly("dev", "staging", "test");
    }

    @Test
    void anotherFileOfAnEnvironmentsDirectoryCountsUnlessItIsMarkdown() {
        files.write("environments/dev/bastion/README.md", "x").commit("words");
        assertThat(names(first + "..HEAD")).isEmpty();
        files.write("environments/dev/bastion/evil.tf", "x").commit("evil");
        assertThat(names(first + "..HEAD")).containsExactly("dev");
        assertThat(changes(first + "..HEAD").notes())
                .containsExactly(
                        "environments/dev/bastion/evil.tf: only terragrunt.hcl, .terraform.lock.hcl and Markdown"
                                + " may be here. Remove it.");
        files.git("rm", "-q", "environments/dev/bastion/evil.tf");
        String removed = files.commit("mended");
        assertThat(names(removed + "~1.." + removed)).containsExactly("dev");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environments/x.lock/bastion/terragrunt.hcl",
                "environments/my env/bastion/terragrunt.hcl",
                "environments/$(id)/bastion/terragrunt.hcl",
                "environments/-x/bastion/terragrunt.hcl",
                "environments/v1.2/bastion/Terragrunt.hcl",
                "live/dev/bastion/terragrunt.hcl",
                "environments/dev/jump/terragrunt.hcl",
                "infra/main.tf",
                "infra/x.auto.tfvars",
                "infra/x.tf.json",
            })
    void aLookAlikeIsNamedAndNotListed(String path) {
        files.write(path, "inputs = {\n  deploy_bastion = 1\n}\n").commit("by hand");
        assertThat(names(first + "..HEAD")).isEmpty();
        assertThat(changes(first + "..HEAD").notes()).singleElement().asString().contains("it looks like a bastion");
    }

    @Test
    void theModuleIsNoLookAlike() {
        files.write("terraform-modules/bastion/main.tf", Modules.gated() + "# x")
                .commit("module");
        files.write("README.md", "deploy_bastion").commit("words");
        assertThat(changes(first + "..HEAD")).isEqualTo(new ChangedEnvironments.Changes(List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000..HEAD",
                "1234567890123456789012345678901234567890..HEAD",
                "HEAD",
                "-x..HEAD",
            })
    void withoutAnOldCommitEveryEnvironmentIsListed(String range) {
        files.write("environments/x.txt", "x").commit("second");
        assertThat(names(range)).containsExactly("dev", "prod/orders", "staging");
    }

    @Test
    void aPullRequestIsComparedWithWhereItLeftTheBranch() {
        files.git("checkout", "-q", "-b", "proposal");
        files.inputs(CLOSED + "x = 1\n").commit("proposal");
        files.git("checkout", "-q", "main");
        new EnvironmentFiles(folder, "staging").inputs(CLOSED + "x = 1\n");
        files.commit("meanwhile");
        assertThat(names("main...proposal")).containsExactly("dev");
        assertThat(names("main..proposal")).containsExactly("dev", "staging");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "HEAD..nothing", "HEAD..--all", "..", "HEAD..", "--output=x", ""})
    void aRangeThatEndsNowhereIsRefused(String range) {
        assertThatThrownBy(() -> changes(range)).isInstanceOf(InvalidConfiguration.class);
    }

    private List<String> directories(String range) {
        return ofTheFile(range).all().stream()
                .map(ChangedEnvironments.Changed::directory)
                .toList();
    }

    /** In these tests {@code ledger.yaml} holds a pattern and the modules, one a line. */
    private ChangedEnvironments.Changes ofTheFile(String range) {
        LayoutSource source = new LayoutSource(
                (content, environments) -> content.map(bytes -> {
                            List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                                    .lines()
                                    .toList();
                            return new Layout(
                                    environments,
                                    List.of(new PathPattern(lines.getFirst())),
                                    lines.stream()
                                            .skip(1)
                                            .map(ModuleSource::new)
                                            .toList(),
                                    List.of());
                        })
                        .orElseGet(() -> Layout.standard(environments)),
                "environments");
        return new ChangedEnvironments(folder, System.getenv(), source).in(range);
    }

    private void layout(String... lines) {
        files.write("ledger.yaml", String.join("\n", lines)).commit("layout");
    }

    @Test
    void anotherPatternClosesWhatItNoLongerNamesAndOpensWhatItNames() {
        files.write("live/test/bastion/terragrunt.hcl", "inputs = {\n" + CLOSED + "}\n")
                .commit("new");
        assertThat(directories(first + "..HEAD")).isEmpty();
        layout("live/{name}/bastion/terragrunt.hcl", "${get_repo_root()}/terraform-modules//bastion");
        assertThat(directories("HEAD~1..HEAD"))
                .containsExactly(
                        "environments/dev/bastion",
                        "environments/prod/orders/bastion",
                        "environments/staging/bastion",
                        "live/test/bastion");
        assertThat(ofTheFile("HEAD~1..HEAD").notes())
                .anySatisfy(note ->
                        assertThat(note).startsWith("environments/dev/bastion/terragrunt.hcl: no pattern names it"));
        files.write("environments/dev/bastion/x.tf", "x").commit("later");
        assertThat(directories("HEAD~1..HEAD")).containsExactly("environments/dev/bastion");
    }

    @Test
    void twoFilesOfOneEnvironmentAreNotOpened() {
        files.write("live/dev/bastion/terragrunt.hcl", "inputs = {\n" + CLOSED + "}\n")
                .commit("twin");
        LayoutSource two = new LayoutSource(
                (_, environments) -> new Layout(
                        environments,
                        List.of(
                                new PathPattern("environments/{name}/bastion/terragrunt.hcl"),
                                new PathPattern("live/{name}/bastion/terragrunt.hcl")),
                        List.of(Layout.STANDARD_MODULE),
                        List.of()),
                "environments");
        assertThat(new ChangedEnvironments(folder, System.getenv(), two)
                        .in("HEAD")
                        .notes())
                .contains("environments/dev/bastion/terragrunt.hcl: it has the name of the environment of"
                        + " live/dev/bastion/terragrunt.hcl. Remove one of them.");
    }

    @Test
    void anotherModuleConcernsEveryEnvironment() {
        layout("environments/{name}/bastion/terragrunt.hcl", "${get_repo_root()}/terraform-modules//bastion");
        assertThat(directories("HEAD~1..HEAD")).isEmpty();
        layout("environments/{name}/bastion/terragrunt.hcl", "${get_repo_root()}/other//bastion");
        assertThat(directories("HEAD~1..HEAD")).hasSize(3);
        files.git("rm", "-q", "ledger.yaml");
        files.commit("standard");
        assertThat(directories("HEAD~1..HEAD")).hasSize(3);
        files.write("ledger.yaml/x", "x").commit("a directory counts as invalid");
        assertThat(directories("HEAD~1..HEAD")).isEmpty();
    }

    @Test
    void aLinkInAnEnvironmentsPlaceIsOffShape() throws IOException {
        files.remove("environments/dev/bastion/terragrunt.hcl");
        Files.createSymbolicLink(
                folder.resolve("environments/dev/bastion/terragrunt.hcl"),
                Path.of("../../staging/bastion/terragrunt.hcl"));
        files.commit("by hand");
        assertThat(names(first + "..HEAD")).containsExactly("dev");
        assertThat(changes(first + "..HEAD").notes()).isNotEmpty();
    }

    private List<String> names(String range) {
        return changes(range).environments().stream()
                .map(EnvironmentName::value)
                .toList();
    }

    private ChangedEnvironments.Changes changes(String range) {
        return new ChangedEnvironments(folder, System.getenv(), LayoutSource.STANDARD).in(range);
    }
}
