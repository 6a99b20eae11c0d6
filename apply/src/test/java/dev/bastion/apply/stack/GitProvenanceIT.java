package dev.bastion.apply.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.apply.EnvironmentFiles;
import dev.bastion.apply.Modules;
import dev.bastion.apply.terraform.ChildEnvironment;
import dev.bastion.apply.terraform.Command;
import dev.bastion.apply.terraform.CommandRunner;
import dev.bastion.apply.terraform.ShutdownRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Provenance read with the installed git. */
class GitProvenanceIT {
    private final CommandRunner runner = new CommandRunner(new ShutdownRequest());

    @TempDir
    private Path top;

    private Path repository;
    private EnvironmentFiles files;

    @BeforeEach
    void write() {
        repository = top.resolve("repository");
        files = EnvironmentFiles.in(repository, "dev", Modules.gated());
        files.write(".git/HEAD", "ref: refs/heads/main\n");
        git(repository, "init", "-q", "-b", "main", ".");
        commit("seed");
    }

    @Test
    void readsTheLastCommitOfTheFileAndItsRequest() {
        String opened = open("dev");
        files.write("README.md", "else");
        commit("something else\n\nBastion-Environment: dev\nBastion-Request-Id: 01JHR7Z9C0V6T2\n");
        Provenance provenance = provenance(files);
        assertThat(provenance.commit()).hasValue(opened);
        assertThat(provenance.requestId()).hasValue("01JHR7Z9C0V6T1");
        assertThat(provenance.warnings()).isEmpty();
        assertThat(provenance.inputs()).isEqualTo(Map.of("commit_sha", opened, "request_id", "01JHR7Z9C0V6T1"));
    }

    /** The instance is tagged with the grant's request, and CI reports on the commit of the ledger's own line. */
    @Test
    void theMergeOfAnApprovedExtensionCountsAndNotItsProposal() {
        open("dev");
        git(repository, "checkout", "-q", "-b", "proposal");
        files.openUntil("2026-01-15T14:30:00Z");
        commit("bastion(dev): extend\n\nBastion-Environment: dev\nBastion-Request-Id: 01JHR7Z9C0V6T9\n");
        git(repository, "checkout", "-q", "main");
        git(
                repository,
                "merge",
                "-q",
                "--no-ff",
                "proposal",
                "-m",
                "bastion(dev): extend\n\nBastion-Environment: dev\nBastion-Request-Id: 01JHR7Z9C0V6T1\n");
        Provenance provenance = provenance(files);
        assertThat(provenance.commit())
                .hasValue(git(repository, "rev-parse", "HEAD").getFirst());
        assertThat(provenance.requestId()).hasValue("01JHR7Z9C0V6T1");
    }

    @Test
    void theLedgerIsTheRemoteWithoutItsCredentials() {
        open("dev");
        git(repository, "remote", "add", "origin", "https://x:secret@github.com/Acme/Infrastructure.git");
        Provenance provenance = provenance(files);
        assertThat(provenance.ledger()).hasValue("github.com/acme/infrastructure");
        assertThat(provenance.inputs()).containsEntry("ledger", "github.com/acme/infrastructure");
    }

    @Test
    void aRequestForAnotherEnvironmentIsIgnored() {
        open("prod");
        assertThat(provenance(files).requestId()).isEmpty();
    }

    @Test
    void aManualCommitHasNoRequest() {
        files.openUntil("2026-01-15T13:30:00Z");
        commit("by hand\n\nBastion-Request-Id: ${run_cmd()}\nBastion-Environment: dev\n");
        assertThat(provenance(files).commit()).isPresent();
        assertThat(provenance(files).requestId()).isEmpty();
    }

    @Test
    void anUncommittedFileIsAWarning() {
        open("dev");
        files.closed();
        assertThat(provenance(files).warnings()).containsExactly("the environment file has uncommitted changes");
    }

    @Test
    void aShallowCloneIsAWarning() throws IOException {
        open("dev");
        files.write("README.md", "else");
        commit("something else");
        Path shallow = top.resolve("shallow");
        git(top, "clone", "-q", "--depth", "1", "file://" + repository, shallow.toString());
        assertThat(provenance(new EnvironmentFiles(shallow, "dev")).warnings())
                .singleElement()
                .asString()
                .startsWith("the clone is shallow and ends at ");
    }

    @Test
    void withoutARepositoryTheCommitIsUnknown() {
        EnvironmentFiles alone = EnvironmentFiles.in(top.resolve("alone"), "dev", Modules.gated());
        Provenance provenance = provenance(alone);
        assertThat(provenance.commit()).isEmpty();
        assertThat(provenance.warnings()).singleElement().asString().startsWith("commit unknown: git log failed");
    }

    private String open(String environment) {
        files.openUntil("2026-01-15T13:30:00Z");
        commit("bastion(dev): open\n\nBastion-Action: open\nBastion-Environment: " + environment
                + "\nBastion-Request-Id: 01JHR7Z9C0V6T1\n");
        return git(repository, "rev-parse", "HEAD").getFirst();
    }

    private void commit(String message) {
        git(repository, "add", "-A");
        git(repository, "commit", "-q", "-m", message);
    }

    private Provenance provenance(EnvironmentFiles of) {
        return new GitProvenance(runner, ChildEnvironment.of(System.getenv()))
                .of(EnvironmentDirectory.locate(of.directory()));
    }

    private List<String> git(Path directory, String... arguments) {
        List<String> output = new ArrayList<>();
        Command git = new Command(
                List.of("git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"),
                directory,
                Map.of("PATH", System.getenv("PATH"), "GIT_CONFIG_NOSYSTEM", "1"));
        assertThat(runner.run(git.with(arguments), output::add, output::add))
                .as("%s", output)
                .isZero();
        return output;
    }
}
