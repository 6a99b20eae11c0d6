package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.state.LayoutProblem;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A few merged trees that contain each other many times over have more files than anybody can list. */
@Timeout(120)
class TreeBombTest {
    @TempDir
    private Path directory;

    private LedgerWorld world;
    private GitGrantLedger ledger;
    private Git git;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        git = new Git(world.remote.repository().getDirectory().toPath());
        ledger = world.onDisk("clone");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private String blob(String content) {
        return git.runWith(content, "hash-object", "-w", "--stdin").strip();
    }

    /** A tree with this many names for one object. */
    private String tree(String type, String object, int names) {
        String mode = type.equals("blob") ? "100644 blob " : "040000 tree ";
        return git.runWith(
                        IntStream.range(0, names)
                                .mapToObj(number -> mode + object + "\te" + number)
                                .collect(Collectors.joining("\n")),
                        "mktree")
                .strip();
    }

    private String tree(String name, String type, String object) {
        return git.runWith((type.equals("blob") ? "100644 blob " : "040000 tree ") + object + "\t" + name, "mktree")
                .strip();
    }

    private String levels(String bottom, int levels, int names) {
        String at = bottom;
        for (int level = 0; level < levels; level++) {
            at = tree("tree", at, names);
        }
        return at;
    }

    /** Merges the tree as a directory among the environments. */
    private void merge(String name, String tree) {
        merge(name, tree, "");
    }

    /** @param more entries beside the directory, as {@code git mktree} reads them */
    private void merge(String name, String tree, String more) {
        String root = git.run("ls-tree", "HEAD");
        String environments = git.run("ls-tree", "HEAD:environments")
                        .lines()
                        .filter(line -> !line.endsWith("\t" + name))
                        .filter(line -> more.isEmpty() || !line.matches(".*\ta\\d+"))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining())
                + "040000 tree " + tree + "\t" + name + "\n" + more;
        String with = git.runWith(environments, "mktree").strip();
        String all = root.lines()
                .map(line -> line.endsWith("\tenvironments") ? "040000 tree " + with + "\tenvironments" : line)
                .collect(Collectors.joining("\n"));
        String commit = git.run("commit-tree", git.runWith(all, "mktree").strip(), "-p", "HEAD", "-m", "Documents")
                .strip();
        world.remote.moveBranchTo(new CommitId(commit));
    }

    private void devEndsAndIsReadTheSame(Grant grant) {
        assertThat(ledger.read().state(DEV)).contains(new EnvironmentState.Open(grant));
        assertThat(world.onDisk("fresh").read().state(DEV)).contains(new EnvironmentState.Open(grant));
        SwitchMemoryTest.recorded(ledger, expire(grant));
        assertThat(world.remote.file(pathOf(DEV))).isEqualTo(Samples.closedFile("dev"));
    }

    @Test
    void aTreeWithCountlessFilesLeavesTheOthersAsTheyWere() {
        Grant grant = SwitchMemoryTest.recorded(ledger, open(DEV, "one"));
        merge("aa", levels(tree("blob", blob("x"), 10), 30, 10));
        devEndsAndIsReadTheSame(grant);
    }

    @Test
    void norDoCountlessEnvironments() {
        Grant grant = SwitchMemoryTest.recorded(ledger, open(DEV, "one"));
        String file = tree("terragrunt.hcl", "blob", blob(Samples.closedFile("many")));
        merge("aa", levels(tree("bastion", "tree", file), 2, 200));
        devEndsAndIsReadTheSame(grant);
        assertThat(ledger.read().states()).hasSize(20_000);
    }

    @Test
    void anEditByHandAfterItIsSeen() {
        merge("aa", levels(tree("blob", blob("x"), 10), 30, 10));
        ledger.read();
        merge("dev", openedByHand());
        isSeenOpen();
    }

    private String openedByHand() {
        String open = blob(Samples.openFile("dev", Samples.JANE, Samples.NOON, Samples.TWO));
        return tree("bastion", "tree", tree("terragrunt.hcl", "blob", open));
    }

    private void isSeenOpen() {
        assertThat(ledger.read().openGrants()).hasSize(1);
        assertThat(world.onDisk("fresh").read().states())
                .isEqualTo(ledger.read().states());
    }

    /** Before and after the edit, no share of what is read reaches an environment behind so many files. */
    @Test
    void norDoCountlessFilesBeforeItHideAnEditByHand() {
        merge("zz", tree("x", "blob", blob("x")), files("before"));
        ledger.read();
        merge("dev", openedByHand(), files("after"));
        isSeenOpen();
    }

    private String files(String content) {
        String file = "100644 blob " + blob(content) + "\ta";
        return IntStream.rangeClosed(0, 300_000)
                .mapToObj(number -> file + number + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void norDoesItHideANewEnvironmentBesideIt() {
        ledger.read();
        merge("aa", levels(tree("blob", blob("x"), 10), 30, 10), "040000 tree " + openedByHand() + "\tqa\n");
        isSeenOpen();
    }

    @Test
    void itIsAProblemOfTheLayoutUntilItIsRemoved() {
        CommitId before = world.remote.head();
        merge("aa", levels(tree("blob", blob("x"), 10), 30, 10));
        ledger.read();
        var layout = ledger.layout(Samples.CLOCK);
        assertThat(layout.look())
                .singleElement()
                .extracting(LayoutProblem::path, LayoutProblem::problem)
                .containsExactly(
                        "environments", "it may hide a bastion, because it has more files than the service reads");
        merge("zz", tree("x", "blob", blob("more")));
        ledger.read();
        assertThat(layout.look()).hasSize(1);
        world.remote.moveBranchTo(before);
        ledger.read();
        assertThat(layout.look()).isEmpty();
    }
}
