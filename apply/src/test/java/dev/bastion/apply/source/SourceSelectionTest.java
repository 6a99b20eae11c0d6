package dev.bastion.apply.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.apply.EnvironmentFiles;
import dev.bastion.apply.Modules;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.terraform.ChildEnvironment;
import dev.bastion.apply.terraform.CommandRunner;
import dev.bastion.apply.terraform.ShutdownRequest;
import dev.bastion.layout.Layout;
import dev.bastion.layout.ShapeProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice of what is applied, with the installed git. */
class SourceSelectionTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final String DEV = "environments/dev/bastion";
    private static final String FILE = DEV + "/terragrunt.hcl";
    private static final String INPUTS = """
              deploy_bastion = 1
              requested_by_username = "john"
              expires_at = "2026-01-15T13:00:00Z"
            """;

    @TempDir
    private Path folder;

    private Path scratch;
    private EnvironmentFiles files;
    private String opened;

    @BeforeEach
    void commit() throws IOException {
        scratch = Files.createDirectory(folder.resolve("scratch"));
        files = EnvironmentFiles.in(folder.resolve("ledger"), "dev", Modules.gated());
        files.write("terraform-modules/common/x.txt", "x").write("secret/other.txt", "not copied");
        files.commit("closed");
        files.inputs(INPUTS);
        opened = files.commit("open");
    }

    @Test
    void theCommitsFilesAreCopiedAndNothingElse() throws IOException {
        files.inputs("changed = \"in the work tree\"").write(DEV + "/evil.tf", "");
        SelectedSource source = select();
        assertThat(source.isOffShape()).isFalse();
        assertThat(source.commit()).isEqualTo(opened);
        assertThat(Files.readString(source.directory().resolve("terragrunt.hcl")))
                .contains(INPUTS);
        try (Stream<Path> all = Files.walk(scratch.resolve("source"))) {
            assertThat(all.filter(Files::isRegularFile)
                            .map(file ->
                                    scratch.resolve("source").relativize(file).toString())
                            .filter(file -> !file.startsWith(".git/")))
                    .containsExactlyInAnyOrder(
                            "environments/root.hcl",
                            FILE,
                            "terraform-modules/bastion/main.tf",
                            "terraform-modules/common/x.txt");
        }
    }

    private void requireNewest(String branch) {
        selection().requireNewest(DEV, branch);
    }

    /** A run that was started again has checked out the commit with which it began. */
    @Test
    void aCommitWhoseEnvironmentTheBranchHasChangedSinceIsNotApplied() {
        files.git("update-ref", "refs/remotes/origin/main", opened);
        requireNewest("main");
        String later = files.write("README.md", "later").commit("later");
        files.git("update-ref", "refs/remotes/origin/main", later);
        files.git("checkout", "-q", opened);
        requireNewest("main");
        files.git("checkout", "-q", later);
        String ended = files.closed().commit("ended");
        files.git("update-ref", "refs/remotes/origin/main", ended);
        requireNewest("main");
        files.git("checkout", "-q", opened);
        requireNewest("other");
        assertThatThrownBy(() -> requireNewest("main"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(opened.substring(0, 12))
                .hasMessageContaining(ended.substring(0, 12));
    }

    @Test
    void whatIsNotCommittedIsNamed() {
        files.write(".gitignore", "*.log\n").commit("ignore");
        assertThat(uncommitted()).isEmpty();
        files.inputs("changed = 1")
                .write(DEV + "/new.tf", "")
                .write(DEV + "/x.log", "")
                .write(DEV + "/.terraform/x", "")
                .write("environments/root.hcl", "changed")
                .write("terraform-modules/bastion/main.tf", "changed")
                .write("README.md", "changed");
        assertThat(uncommitted())
                .containsExactlyInAnyOrder(
                        FILE, DEV + "/new.tf", "environments/root.hcl", "terraform-modules/bastion/main.tf");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "environments/dev/bastion/evil.tf, true",
        "environments/dev/bastion/terragrunt.hcl.json, true",
        "environments/dev/root.hcl, true",
        "environments/dev/Bastion/terragrunt.hcl, true",
        "environments/Root.hcl, true",
        "environments/dev/bastion/notes.md, false",
        "environments/dev/notes.txt, false",
    })
    void anOffShapeEnvironmentIsClosedFromTheLastCanonicalCommit(String path, boolean isOffShape) throws IOException {
        files.write(path, "x").commit("by hand");
        files.write("README.md", "later").commit("later");
        SelectedSource source = select();
        assertThat(source.isOffShape()).isEqualTo(isOffShape);
        assertThat(source.isRemoved()).isFalse();
        if (isOffShape) {
            assertThat(source.asksToOpen()).isTrue();
            assertThat(source.commit()).isEqualTo(opened);
            assertThat(Files.readString(source.directory().resolve("terragrunt.hcl")))
                    .contains("deploy_bastion = 0\n  requested_by_username = \"\"\n  expires_at = \"\"");
            assertThat(source.directory().resolve("evil.tf")).doesNotExist();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "deploy_bastion = 0, false",
        "deploy_bastion = 1, true",
        "deploy_bastion = 00, false",
        "deploy_bastion = \"0\", true",
        "deploy_bastion = run_cmd(\"x\"), true",
        "x = {, true",
        "deploy_bastion = 1;expires_at = \"2026-01-15T11:59:59Z\", false",
        "deploy_bastion = 1;expires_at = \"2026-01-15 11:00\", true",
    })
    void whatAnOffShapeFileAsksForIsRead(String inputs, boolean asksToOpen) {
        files.inputs(inputs.replace(';', '\n') + "\n")
                .write(DEV + "/evil.tf", "")
                .commit("by hand");
        assertThat(select().asksToOpen()).isEqualTo(asksToOpen);
    }

    @Test
    void aLinkInTheFilesPlaceIsNotFollowed() throws IOException {
        Path file = folder.resolve("ledger").resolve(FILE);
        Path outside = Files.move(file, folder.resolve("outside.hcl"));
        Files.createSymbolicLink(file, outside);
        files.commit("by hand");
        SelectedSource source = select();
        assertThat(source.problems()).extracting(ShapeProblem::file).containsExactly(FILE);
        assertThat(source.commit()).isEqualTo(opened);
        assertThat(source.directory().resolve("terragrunt.hcl")).isRegularFile();
    }

    @Test
    void aRemovedAndARenamedEnvironmentAreClosed() {
        files.git("mv", "environments/dev", "environments/other");
        files.commit("by hand");
        assertThat(select().commit()).isEqualTo(opened);
        assertThat(select().asksToOpen()).isFalse();
        assertThat(select().isRemoved()).isTrue();
        assertThat(problems("environments/other/bastion")).isZero();
    }

    @Test
    void aRemovedModuleAndRootComeFromTheCanonicalCommit() {
        files.git("rm", "-rq", "environments", "terraform-modules");
        files.commit("by hand");
        SelectedSource source = select();
        assertThat(source.directory().resolve("../../root.hcl")).isRegularFile();
        assertThat(source.directory().resolve("../../../terraform-modules/bastion/main.tf"))
                .isRegularFile();
    }

    @Test
    void aProposalsModuleAndRootAreNotRead() throws IOException {
        files.git("checkout", "-q", "-b", "proposal");
        files.write("terraform-modules/bastion/main.tf", "evil")
                .write("environments/root.hcl", "evil")
                .inputs(INPUTS.replace("john", "jane"));
        String proposed = files.commit("proposal");
        files.git("checkout", "-q", "main");
        SelectedSource source = selection().select(DEV, proposed, scratch, NOW);
        assertThat(source.isOffShape()).isFalse();
        assertThat(Files.readString(source.directory().resolve("terragrunt.hcl")))
                .contains("jane");
        assertThat(Files.readString(source.directory().resolve("../../root.hcl")))
                .doesNotContain("evil");
        assertThat(Files.readString(source.directory().resolve("../../../terraform-modules/bastion/main.tf")))
                .isEqualTo(Modules.gated());
    }

    @Test
    void aDirectoryThatNoPatternNamesIsNotOpened() {
        files.git("mv", "environments/dev", "environments/my.lock");
        files.commit("by hand");
        assertThat(problems("environments/my.lock/bastion")).isEqualTo(1);
        SelectedSource source = selection().select("environments/my.lock/bastion", files.head(), scratch, NOW);
        assertThat(source.isOffShape()).isTrue();
        assertThat(source.commit()).isEqualTo(files.head());
    }

    @Test
    void whatNeverWasCanonicalIsRefusedWithItsProblems() {
        files.write("environments/evil/bastion/main.tf", "").commit("by hand");
        assertThatThrownBy(() -> selection().select("environments/evil/bastion", files.head(), scratch, NOW))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("environments/evil/bastion/main.tf: only terragrunt.hcl, ")
                .hasMessageContaining("No commit had this environment in canonical shape");
    }

    @Test
    void aLinkInAModuleIsRefused() throws IOException {
        Files.createSymbolicLink(
                folder.resolve("ledger/terraform-modules/bastion/secret.tf"), Path.of("/proc/self/environ"));
        files.commit("by hand");
        assertThatThrownBy(this::select)
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("terraform-modules/bastion/secret.tf is a link");
    }

    @Test
    void noProgramOfTheRepositorysConfigurationRuns() throws IOException {
        Path ran = folder.resolve("ran");
        Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\ntouch " + ran + "\ncat\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        files.git("config", "core.fsmonitor", program.toString());
        files.git("config", "core.pager", program.toString());
        files.git("config", "diff.external", program.toString());
        files.git("config", "core.hooksPath", folder.toString());
        Files.copy(program, folder.resolve("post-index-change"));
        files.inputs("changed = 1");
        Files.deleteIfExists(ran);
        assertThat(uncommitted()).containsExactly(FILE);
        select();
        assertThat(ran).doesNotExist();
    }

    @Test
    void aRevisionIsNeverAnOption() {
        GitRepository repository = repository();
        assertThat(repository.findCommit("HEAD")).hasValue(opened);
        assertThat(repository.findCommit("HEAD~1")).isPresent();
        for (String revision : new String[] {"--all", "-x", "", "HEAD:environments", "a b", "HEAD\n", "$(id)"}) {
            assertThat(repository.findCommit(revision)).as(revision).isEmpty();
        }
    }

    @Test
    void theRootMayBeAboveTheEnvironments() throws IOException {
        files.git("mv", "environments/root.hcl", "root.hcl");
        files.commit("root above");
        SelectedSource source = select();
        assertThat(source.isOffShape()).isFalse();
        assertThat(source.directory().resolve("../../../root.hcl")).isRegularFile();
        files.git("checkout", "-q", "-b", "proposal");
        files.write("environments/root.hcl", "evil");
        String proposed = files.commit("proposal");
        files.git("checkout", "-q", "main");
        assertThat(selection().problems(repository().tree(proposed), DEV)).hasSize(1);
    }

    @Test
    void bytesAreKept() {
        files.write("terraform-modules/bastion/x.txt", "\ufeffä\r\n\u0000\n\n").commit("bytes");
        SelectedSource source = select();
        assertThat(source.directory().resolve("../../../terraform-modules/bastion/x.txt"))
                .hasSameBinaryContentAs(folder.resolve("ledger/terraform-modules/bastion/x.txt"));
    }

    private SelectedSource select() {
        return selection().select(DEV, files.head(), scratch, NOW);
    }

    private int problems(String directory) {
        return selection().problems(repository().tree(files.head()), directory).size();
    }

    private Iterable<String> uncommitted() {
        return selection().uncommitted(DEV);
    }

    private SourceSelection selection() {
        return new SourceSelection(repository(), files.head(), Layout.standard("environments"));
    }

    private GitRepository repository() {
        return GitRepository.around(
                files.directory(), new CommandRunner(new ShutdownRequest()), ChildEnvironment.of(System.getenv()));
    }
}
