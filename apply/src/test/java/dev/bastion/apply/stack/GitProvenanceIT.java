package dev.bastion.apply.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.apply.EnvironmentFiles;
import dev.bastion.apply.Modules;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.source.GitRepository;
import dev.bastion.apply.terraform.ChildEnvironment;
import dev.bastion.apply.terraform.CommandRunner;
import dev.bastion.apply.terraform.ShutdownRequest;
import java.io.IOException;
import java.nio.file.Path;
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
        files.commit("seed");
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
        files.git("checkout", "-q", "-b", "proposal");
        files.openUntil("2026-01-15T14:30:00Z");
        commit("bastion(dev): extend\n\nBastion-Environment: dev\nBastion-Request-Id: 01JHR7Z9C0V6T9\n");
        files.git("checkout", "-q", "main");
        files.git(
                "merge",
                "-q",
                "--no-ff",
                "proposal",
                "-m",
                "bastion(dev): extend\n\nBastion-Environment: dev\nBastion-Request-Id: 01JHR7Z9C0V6T1\n");
        Provenance provenance = provenance(files);
        assertThat(provenance.commit()).hasValue(files.git("rev-parse", "HEAD").strip());
        assertThat(provenance.requestId()).hasValue("01JHR7Z9C0V6T1");
    }

    @Test
    void theLedgerIsTheRemoteWithoutItsCredentials() {
        open("dev");
        files.git("remote", "add", "origin", "https://x:secret@github.com/Acme/Infrastructure.git");
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
    void aRemovedFileHasTheCommitThatRemovedIt() {
        open("dev");
        files.remove("environments/dev/bastion/terragrunt.hcl");
        String removed = files.commit("by hand");
        assertThat(provenance(files).commit()).hasValue(removed);
    }

    @Test
    void aFileThatNeverWasHasNoCommit() {
        Provenance provenance = new GitProvenance(
                        GitRepository.around(repository, runner, ChildEnvironment.of(System.getenv())))
                .of("HEAD", "x", "environments/x/bastion/terragrunt.hcl");
        assertThat(provenance.commit()).isEmpty();
        assertThat(provenance.warnings())
                .singleElement()
                .asString()
                .startsWith("commit unknown: no commit has changed ");
    }

    @Test
    void aShallowCloneIsAWarning() throws IOException {
        open("dev");
        files.write("README.md", "else");
        commit("something else");
        Path shallow = top.resolve("shallow");
        files.git("clone", "-q", "--depth", "1", "file://" + repository, shallow.toString());
        assertThat(provenance(new EnvironmentFiles(shallow, "dev")).warnings())
                .singleElement()
                .asString()
                .startsWith("the clone is shallow and ends at ");
    }

    @Test
    void withoutARepositoryNothingIsRead() {
        assertThatThrownBy(() -> GitRepository.around(top, runner, Map.of()))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("is in no git repository");
    }

    private String open(String environment) {
        files.openUntil("2026-01-15T13:30:00Z");
        return files.commit("bastion(dev): open\n\nBastion-Action: open\nBastion-Environment: " + environment
                + "\nBastion-Request-Id: 01JHR7Z9C0V6T1\n");
    }

    private void commit(String message) {
        files.commit(message);
    }

    private Provenance provenance(EnvironmentFiles of) {
        GitRepository clone = GitRepository.around(of.directory(), runner, ChildEnvironment.of(System.getenv()));
        return new GitProvenance(clone).of("HEAD", "dev", "environments/dev/bastion/terragrunt.hcl");
    }
}
