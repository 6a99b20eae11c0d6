package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.github.PullRequestReview;
import dev.bastion.github.PullRequests.HeadPush;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.ListedPulls;
import dev.bastion.ledger.Samples;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who pushed a pull request, as the forge has it, and how often it is asked. */
class HeadPushersTest {
    @TempDir
    private Path directory;

    private final ListedPulls pulls = new ListedPulls();
    private LedgerWorld world;
    private GitGrantLedger ledger;
    private GitForge forge;
    private CommitId base;
    private CommitId head;
    private Instant now = NOON;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        ledger = world.overHttp("clone");
        forge = ledger.forge(pulls, Samples.parsers(Samples.anyPolicy()), () -> now, "ci");
        base = ledger.read().head();
        head = world.remote.pushPullRequest(7, base, Map.of(pathOf(DEV), closedFile("dev") + "# more\n"));
        pulls.opens(7, "johndoe", "hotfix", "main", head);
        approved();
    }

    private void approved() {
        pulls.reviews.put(
                7, List.of(new PullRequestReview(1, "janeroe", PullRequestReview.State.APPROVED, head, NOON)));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Pushers look() {
        ledger.read();
        return forge.pullRequests().look().open().getFirst().pushers();
    }

    @Test
    void whoPushedACommitOfItCounts() {
        pulls.pushes.put(7, List.of(new HeadPush("johndoe", head), new HeadPush("janeroe", head)));
        assertThat(look()).isEqualTo(Pushers.of(List.of("johndoe", "janeroe")));
    }

    @Test
    void whoPushedWhatIsMergedOrNoLongerThereDoesNot() {
        pulls.pushes.put(
                7,
                List.of(
                        new HeadPush("johndoe", head),
                        new HeadPush("janeroe", base),
                        new HeadPush("maxm", new CommitId("e".repeat(40)))));
        assertThat(look()).isEqualTo(Pushers.of(List.of("johndoe")));
    }

    @Test
    void withoutAPushOfTheHeadNobodyKnowsAndItIsAskedAgainAMinuteLater() {
        pulls.pushes.put(7, List.of(new HeadPush("johndoe", base)));
        assertThat(look()).isEqualTo(Pushers.UNKNOWN);
        assertThat(look()).isEqualTo(Pushers.UNKNOWN);
        assertThat(pulls.pushesRead).isEqualTo(1);
        pulls.pushes.remove(7);
        now = now.plusSeconds(61);
        assertThat(look()).isEqualTo(Pushers.of(List.of("johndoe")));
    }

    @Test
    void itIsAskedOnceForEachHeadAndOnlyAfterAnApproval() {
        pulls.reviews.clear();
        look();
        assertThat(pulls.pushesRead).isZero();
        approved();
        now = now.plusSeconds(1);
        look();
        now = now.plusSeconds(3600);
        look();
        assertThat(pulls.pushesRead).isEqualTo(1);
    }
}
