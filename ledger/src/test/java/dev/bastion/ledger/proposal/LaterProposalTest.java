package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.ProposalWorld;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.SigningKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for later as pull requests of real git. */
class LaterProposalTest {
    private static final Instant START = NOON.plus(Duration.ofHours(14));
    private static final String TRAILER = "Not-Before: " + START;

    @AutoClose
    private final ProposalWorld world;

    private final ProposalWorld.Service service;

    LaterProposalTest(@TempDir Path directory) {
        world = new ProposalWorld(directory);
        service = world.service();
    }

    private Proposal asked() {
        assertThat(service.askFor("later", START)).isInstanceOf(Outcome.Proposed.class);
        return service.proposals.lastSeenWaiting().getFirst();
    }

    private String fileAt(CommitId commit) {
        return world.git().run("show", commit.value() + ":" + Samples.pathOf(PROD));
    }

    @Test
    void theCommitAndThePageNameTheStartAndTheFileBeginsThen() {
        Proposal proposal = asked();
        assertThat(world.git()
                        .run(
                                "log",
                                "-1",
                                "--format=%(trailers)",
                                proposal.head().value()))
                .contains(TRAILER, "Created-At: " + NOON, "Expires-At: " + START.plus(Duration.ofHours(4)));
        assertThat(fileAt(proposal.head()))
                .contains("\"" + START + "\"", "\"" + START.plus(Duration.ofHours(4)) + "\"");
        assertThat(world.forge.pull(proposal.number()).body)
                .contains("**Not-Before:** " + START, "3h, not before " + START);
    }

    @Test
    void anotherProcessMergesItAtItsTimeAndStartsItsClock() {
        Proposal proposal = asked();
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        world.later(Duration.ofHours(14).minusSeconds(1));
        ProposalWorld.Service restarted = world.service();
        restarted.review();
        assertThat(restarted.ledger.read().openGrants()).isEmpty();
        world.later(Duration.ofSeconds(8));
        restarted.review();
        Grant grant = restarted.grant();
        assertThat(grant.request()).isEqualTo(proposal.id());
        assertThat(grant.createdAt()).isEqualTo(START.plusSeconds(7));
        assertThat(grant.expiresAt()).isEqualTo(START.plusSeconds(7).plus(Duration.ofHours(3)));
        assertThat(grant.approvalBasis()).isInstanceOf(ApprovalBasis.Approved.class);
        assertThat(world.service().grant()).as("a reader of git alone").isEqualTo(grant);
        restarted.detectUnapprovedGrants();
        assertThat(restarted.notifications.last()).isInstanceOf(ProposalStage.Approved.class);
    }

    /** It needs no approval. GitHub merged it, and the answer was lost; the process that reads it next starts its clock. */
    @Test
    void aMergeWhoseAnswerWasLostIsStartedByTheNextPass(@TempDir Path keys) {
        world.keys = SigningKeys.trusting(SigningKeys.newKey(keys.resolve("key")));
        ProposalWorld.Service first = world.service();
        assertThat(first.askFor("later", DEV, START)).isInstanceOf(Outcome.Proposed.class);
        world.later(Duration.ofHours(14).plusSeconds(5));
        Instant merged = world.now();
        world.forge
                .as("ci")
                .post(
                        first.proposals.lastSeenWaiting().getFirst().head(),
                        CommitStatus.State.SUCCESS,
                        "bastion/plan/" + DEV,
                        "1 to add");
        first.account.dieAfter("merge");
        assertThatThrownBy(first::review).hasMessageContaining("merge");
        assertThat(first.grant().expiresAt()).isEqualTo(START.plus(Duration.ofHours(4)));
        world.later(Duration.ofMinutes(5));
        ProposalWorld.Service next = world.service();
        next.detectUnapprovedGrants();
        assertThat(next.grant())
                .returns(merged, Grant::createdAt)
                .returns(merged.plus(Duration.ofHours(3)), Grant::expiresAt);
        assertThat(world.service().grant()).isEqualTo(next.grant());
        next.detectUnapprovedGrants();
        assertThat(next.notifications.alarms).isEmpty();
    }

    /** The branch as the service writes it, but for another start: an earlier one, a later one, none, one in another zone. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-01-15T12:00:01Z", "2026-01-15T13:00:00Z", "2026-03-01T02:00:00Z", ""})
    void aStartThatSomeoneElseMovedVoidsTheRequest(String other) {
        Proposal proposal = asked();
        world.forge.approve(proposal.number(), "janeroe");
        String message =
                world.git().run("log", "-1", "--format=%B", proposal.head().value());
        String forged = other.isEmpty()
                ? message.replace(TRAILER + "\n", "")
                : message.replace(TRAILER, "Not-Before: " + other);
        String tree = world.git()
                .run("rev-parse", proposal.head().value() + "^{tree}")
                .strip();
        String parent =
                world.git().run("rev-parse", proposal.head().value() + "^").strip();
        CommitId pushed = new CommitId(world.git()
                .run("commit-tree", tree, "-p", parent, "-m", forged.strip())
                .strip());
        world.forge.push(world.forge.pull(proposal.number()).branch, pushed);
        world.forge.approve(proposal.number(), "janeroe");
        world.later(Duration.ofMinutes(30));
        service.review();
        assertThat(service.notifications.last()).isEqualTo(new ProposalStage.Refused(new Refusal.Altered(PROD)));
        assertThat(world.service().ledger.read().openGrants()).isEmpty();
    }

    @Test
    void oneThatIsMergedByHandBeforeItsTimeEndsWhenItWouldHave() {
        Proposal proposal = asked();
        world.forge.approve(proposal.number(), "janeroe");
        world.forge
                .as("mallory")
                .merge(proposal.number(), proposal.head(), PullRequests.MergeMethod.MERGE, "Merge", "by hand");
        service.detectUnapprovedGrants();
        Grant grant = service.grant();
        assertThat(grant.holder().is(JOHN)).isTrue();
        assertThat(grant.createdAt()).as("CI opens nothing before it").isAfterOrEqualTo(START);
        assertThat(grant.expiresAt()).isBeforeOrEqualTo(START.plus(Duration.ofHours(4)));
    }
}
