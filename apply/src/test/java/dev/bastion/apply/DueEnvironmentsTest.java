package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.run.Outcome;
import dev.bastion.apply.source.LayoutSource;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run of {@code bastion apply --changed} applies, by the range of its push and the reports of earlier runs. */
class DueEnvironmentsTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final String END = "2026-01-15T13:30:00Z";

    @TempDir
    private Path folder;

    private final RecordedReports reports = new RecordedReports();
    private EnvironmentFiles dev;
    private EnvironmentFiles staging;
    private EnvironmentFiles orders;
    private String first;

    @BeforeEach
    void commit() {
        dev = EnvironmentFiles.in(folder, "dev", Modules.gated());
        staging = new EnvironmentFiles(folder, "staging").closed();
        orders = new EnvironmentFiles(folder, "prod/orders").closed();
        first = dev.commit("first");
        end(first);
    }

    @Test
    void withoutReportsTheRangeCounts() {
        dev.openUntil(END).commit("open dev");
        String before = staging.openUntil(END).commit("open staging");
        orders.openUntil(END).commit("open orders");
        assertThat(names(alone(before))).containsExactly("prod/orders");
        assertThat(names(alone(first))).containsExactlyInAnyOrder("dev", "prod/orders", "staging");
    }

    @Test
    void thePushOfASupersededRunIsFoundByItsMissingReport() {
        String before = dev.openUntil(END).commit("open dev, whose run was superseded");
        staging.openUntil(END).commit("open staging");
        assertThat(names(due(before))).containsExactlyInAnyOrder("dev", "staging");
    }

    @Test
    void whatARunReportedAsAppliedIsNotDueAgainUnlessItIsInTheRange() {
        String opened = dev.openUntil(END).commit("open dev");
        reports.report(opened, "dev", true);
        String before = staging.openUntil(END).commit("open staging, whose run was superseded");
        orders.openUntil(END).commit("open orders");
        assertThat(names(due(before))).containsExactlyInAnyOrder("prod/orders", "staging");
        assertThat(names(due(first))).containsExactlyInAnyOrder("dev", "prod/orders", "staging");
    }

    /** The tree is as before, and the bastion is there: only the commits tell. */
    @Test
    void anEnvironmentThatWasOpenedAndClosedIsDueAlthoughNothingDiffers() {
        String opened = dev.openUntil(END).commit("open dev");
        reports.report(opened, "dev", true);
        String closed = dev.closed().commit("end dev, whose run was superseded");
        staging.openUntil(END).commit("open staging");
        assertThat(names(due(closed))).containsExactly("dev", "staging");
        assertThat(names(alone(first))).containsExactly("dev", "staging");
    }

    @Test
    void aFailedEnvironmentIsTriedAgainByTheNextRunAndNotByTheOneAfter() {
        String opened = dev.openUntil(END).commit("open dev");
        reports.ended(opened, result(failed("dev")));
        String before = staging.openUntil(END).commit("open staging");
        DueEnvironments.Due next = due(opened);
        assertThat(names(next)).containsExactlyInAnyOrder("dev", "staging");
        reports.ended(before, result(done("dev"), done("staging")));
        orders.openUntil(END).commit("open orders");
        assertThat(names(due(before))).containsExactly("prod/orders");
    }

    @Test
    void aSecondRunAtTheSameCommitTakesItsFailureBack() {
        String opened = dev.openUntil(END).commit("open dev");
        reports.ended(opened, result(failed("dev")));
        assertThat(names(due(opened))).containsExactly("dev");
        reports.ended(opened, result(done("dev")));
        assertThat(names(due(opened))).isEmpty();
    }

    @Test
    void theSearchStopsWhereARunEnded() {
        String opened = dev.openUntil(END).commit("open dev");
        end(opened);
        String head = staging.openUntil(END).commit("open staging");
        reports.read.clear();
        due(opened);
        assertThat(reports.read).containsExactlyInAnyOrder(head, opened);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0000000000000000000000000000000000000000",
                "1234567890123456789012345678901234567890",
                "-x",
                "nothing"
            })
    void anUnknownOldEndStandsForAllThatIsNotKnownToBeApplied(String old) {
        String opened = dev.openUntil(END).commit("open dev");
        assertThat(names(due(old))).containsExactly("dev");
        end(opened);
        assertThat(names(due(old))).isEmpty();
        assertThat(names(alone(old))).containsExactlyInAnyOrder("dev", "prod/orders", "staging");
    }

    @Test
    void removedRenamedAndNoLongerNamedEnvironmentsAreDue() {
        staging.git("mv", "environments/staging", "environments/test");
        dev.git("rm", "-rq", "environments/dev");
        String before = dev.commit("by hand, whose run was superseded");
        orders.openUntil(END).commit("open orders");
        assertThat(names(due(before))).containsExactly("dev", "staging", "test", "prod/orders");
    }

    @Test
    void whatNoCommitHadInCanonicalShapeIsDueOnceAndNotForEver() {
        dev.write("environments/odd/bastion/terragrunt.hcl", "inputs = {}\n").commit("odd");
        dev.git("rm", "-rq", "environments/odd");
        String removed = dev.commit("odd is gone");
        assertThat(names(due(removed + "~1"))).containsExactly("odd");
        reports.ended(removed, result(failed("odd")));
        assertThat(names(due(removed))).isEmpty();
    }

    @Test
    void closingsComeFirstWhateverTheirNames() {
        dev.openUntil(END);
        staging.inputs("  deploy_bastion = 1\n  expires_at = \"2026-01-15T11:00:00Z\"\n");
        orders.inputs("  deploy_bastion = 0\n  expires_at = \"\"\n  x = 1\n").commit("one push");
        assertThat(names(due(first))).containsExactly("prod/orders", "staging", "dev");
    }

    @Test
    void anEmptyCommitAndOtherFilesAreNoReasonToRun() {
        dev.commit("an observation");
        dev.write("README.md", "x").commit("words");
        DueEnvironments.Due due = due(first);
        assertThat(due.all()).isEmpty();
        assertThat(due.newest()).hasValue(first);
    }

    @Test
    void reportsThatCannotBeReadLeaveNothingOutAndNoEnd() {
        String before = dev.openUntil(END).commit("open dev, whose run was superseded");
        staging.openUntil(END).commit("open staging");
        reports.down(true);
        DueEnvironments.Due due = due(before);
        assertThat(names(due)).contains("dev", "staging");
        assertThat(due.newest()).isEmpty();
        assertThat(due.notes()).anyMatch(note -> note.startsWith("The reports of earlier runs could not be read"));
    }

    @Test
    void aRewrittenBranchCountsWhatItLost() {
        String opened = dev.openUntil(END).commit("open dev");
        end(opened);
        dev.git("reset", "-q", "--hard", first);
        staging.openUntil(END).commit("rewritten");
        assertThat(names(due(opened))).containsExactly("dev", "staging");
    }

    @Test
    void aMergeCountsWithWhatItBrought() {
        dev.git("checkout", "-q", "-b", "proposal");
        dev.openUntil(END).commit("propose");
        dev.git("checkout", "-q", "main");
        staging.inputs("  deploy_bastion = 0\n  expires_at = \"\"\n  x = 1\n");
        String before = staging.commit("meanwhile");
        dev.git("merge", "-q", "--no-ff", "-m", "open dev", "proposal");
        orders.inputs("  deploy_bastion = 0\n  expires_at = \"\"\n  x = 1\n");
        String last = orders.commit("later");
        end(before);
        assertThat(names(due(last + "~1"))).containsExactly("prod/orders", "dev");
    }

    /** A few objects with more files than can be counted: git's answer about them has no end. */
    @Test
    void aCommitMadeToExplodeKeepsNoLaterOneFromBeingApplied() {
        String tree = dev.git("rev-parse", "HEAD:environments/dev").strip();
        for (int level = 0; level < 9; level++) {
            StringBuilder entries = new StringBuilder();
            for (int entry = 10; entry < 40; entry++) {
                entries.append("040000 tree ")
                        .append(tree)
                        .append("\td")
                        .append(entry)
                        .append('\n');
            }
            tree = mktree(entries.toString());
        }
        String root = mktree(dev.git("ls-tree", "HEAD") + "040000 tree " + tree + "\tz\n");
        dev.git(
                "update-ref",
                "HEAD",
                dev.git("commit-tree", root, "-p", "HEAD", "-m", "explode").strip());
        staging.openUntil(END);
        dev.git("read-tree", first);
        String removed = dev.remove("list").commit("removed, with an opening");
        String before = orders.openUntil(END).commit("open orders");
        dev.openUntil(END).commit("open dev");

        DueEnvironments.Due due = due(before);
        assertThat(names(due)).containsExactly("dev", "prod/orders");
        assertThat(due.isWhole()).isFalse();
        assertThat(due.notes()).anyMatch(note -> note.startsWith("What " + removed + " changed cannot be read"));
        assertThat(due.newest()).hasValue(dev.head());
        assertThat(due(first).isWhole()).isFalse();
        assertThat(names(due(first))).contains("dev", "prod/orders", "staging");
    }

    private String mktree(String entries) {
        dev.write("list", entries);
        return dev.git("-c", "alias.read=!git mktree <list", "read").strip();
    }

    /** Whatever failed: a run does not try it again because of another push. */
    @Test
    void whatWasPushedMeanwhileIsTheRangeAlone() {
        String opened = dev.openUntil(END).commit("open dev");
        reports.report(opened, "dev", false);
        staging.openUntil(END).commit("open staging");
        String closed = staging.closed().commit("end staging");
        orders.openUntil(END).commit("open orders");
        String head = dev.commit("an observation");
        DueEnvironments.Due due = repository().due(Optional.of(reports)).since(opened, head, NOW);
        assertThat(names(due)).containsExactly("staging", "prod/orders");
        assertThat(due.closings())
                .extracting(each -> each.environment().value())
                .containsExactly("staging");
        assertThat(due.newest()).hasValue(dev.git("rev-parse", "HEAD~1").strip());
        assertThat(due.line()).isEqualTo("commit " + head.substring(0, 12) + ", to apply: staging, prod/orders");
        assertThat(names(repository().due(Optional.of(reports)).since(closed, closed, NOW)))
                .isEmpty();
    }

    @Test
    void pushesAreReadFromTheBranchOfOrigin() {
        Path job = folder.resolve("job");
        dev.git("clone", "-q", "--bare", ".", "origin.git");
        dev.git("clone", "-q", "origin.git", job.toString());
        ChangedEnvironments clone = new ChangedEnvironments(job, System.getenv(), LayoutSource.STANDARD);
        Pushes pushes = new BranchPushes(clone, Optional.of("main"), Optional.empty(), InstantSource.fixed(NOW));
        assertThat(pushes.since(first)).isEmpty();

        dev.openUntil(END);
        dev.git("add", "environments");
        dev.git("commit", "-q", "-m", "open dev");
        dev.git("push", "-q", "origin.git", "main");
        assertThat(pushes.since(first)).hasValueSatisfying(due -> {
            assertThat(due.head()).isEqualTo(dev.head());
            assertThat(names(due)).containsExactly("dev");
        });
        assertThat(pushes.since(dev.head())).isEmpty();

        Pushes withoutABranch = new BranchPushes(clone, Optional.empty(), Optional.empty(), InstantSource.fixed(NOW));
        assertThat(withoutABranch.since(first)).isEmpty();
    }

    @Test
    void oneEnvironmentCanBeAskedFor() {
        assertThat(names(repository().due(Optional.of(reports)).only(new EnvironmentName("dev"), "HEAD", NOW)))
                .containsExactly("dev");
        assertThat(repository()
                        .due(Optional.of(reports))
                        .only(new EnvironmentName("none"), "HEAD", NOW)
                        .all())
                .isEmpty();
    }

    private void end(String commit) {
        reports.ended(commit, result());
    }

    static ChangedResult result(RunResult... results) {
        return new ChangedResult("", NOW, List.of(results), List.of());
    }

    static RunResult done(String environment) {
        return new RunRecorder("apply", environment, InstantSource.fixed(NOW)).done(Outcome.APPLIED);
    }

    static RunResult failed(String environment) {
        return new RunRecorder("apply", environment, InstantSource.fixed(NOW)).failed(Outcome.FAILED, "no such luck");
    }

    private ChangedEnvironments repository() {
        return new ChangedEnvironments(folder, System.getenv(), LayoutSource.STANDARD);
    }

    private DueEnvironments.Due due(String old) {
        return repository().due(Optional.of(reports)).at(dev.head(), old, NOW);
    }

    private DueEnvironments.Due alone(String old) {
        return repository().due(Optional.empty()).at(dev.head(), old, NOW);
    }

    private static List<String> names(DueEnvironments.Due due) {
        return due.all().stream().map(each -> each.environment().value()).toList();
    }
}
