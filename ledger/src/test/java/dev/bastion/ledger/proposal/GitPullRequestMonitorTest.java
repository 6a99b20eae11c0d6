package dev.bastion.ledger.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.CheckPullRequests;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.PullRequestsSnapshot;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.github.CommitStatus;
import dev.bastion.ledger.ProposalWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one look at the forge costs, what it sees, and what is said afterwards. */
class GitPullRequestMonitorTest {
    @AutoClose
    private final ProposalWorld world;

    private final ProposalWorld.Service service;

    GitPullRequestMonitorTest(@TempDir Path directory) {
        world = new ProposalWorld(directory);
        service = world.service();
    }

    private CommitStatus verdictOn(Proposal proposal) {
        return world.forge.statuses.getOrDefault(proposal.head(), List.of()).stream()
                .filter(status -> status.context().equals("bastion/policy"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> callsOf(Runnable work) {
        service.account.calls.clear();
        work.run();
        return List.copyOf(service.account.calls);
    }

    @Test
    void whereNothingChangedALookIsOneCall() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "johndoe");
        service.here.pullRequests().look();
        world.later(Duration.ofSeconds(10));
        service.here.pullRequests().look();
        world.later(Duration.ofSeconds(10));
        assertThat(callsOf(service.here.pullRequests()::look)).containsExactly("changedSince");
    }

    @Test
    void aReviewInTheSecondOfTheLastLookIsNotMissed() {
        Proposal proposal = service.proposed("one");
        service.here.pullRequests().look();
        world.forge.approve(proposal.number(), "janeroe");
        world.later(Duration.ofSeconds(7));
        ProposalSnapshot seen = service.here.pullRequests().look().proposals().getFirst();
        assertThat(seen.reviews()).hasSize(1);
    }

    @Test
    void aBranchThatMovedMakesItsMergeabilityBeReadAgain() {
        service.proposed("one");
        service.here.pullRequests().look();
        world.later(Duration.ofSeconds(10));
        service.here.pullRequests().look();
        world.ledgers.remote.commit("something else", "README.md", "moved\n");
        service.ledger.read();
        world.later(Duration.ofSeconds(10));
        assertThat(callsOf(service.here.pullRequests()::look)).contains("changedSince", "read");
    }

    @Test
    void whatWasMergedEndsWithASuccess() {
        Proposal proposal = service.proposed("one");
        service.check();
        assertThat(verdictOn(proposal).state()).isEqualTo(CommitStatus.State.PENDING);
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        service.check();
        assertThat(verdictOn(proposal).state()).isEqualTo(CommitStatus.State.SUCCESS);
        assertThat(verdictOn(proposal).description()).isEqualTo("opens prod/orders, approved by janeroe");
    }

    /** One process lists the pull request, another merges it, and the first reads the ledger after that. */
    @Test
    void whatAnotherProcessMergedMeanwhileIsNotFailed() {
        Proposal proposal = service.proposed("one");
        PullRequestsSnapshot before = service.here.pullRequests().look();
        ProposalWorld.Service other = world.service();
        world.forge.approve(proposal.number(), "janeroe");
        other.review();
        FailureCollector failures = new FailureCollector(service.notifications);
        new CheckPullRequests(service.proposals, service.here.checks(), world::now)
                .check(service.ledger.read(), before, failures);
        failures.throwIfAny();
        assertThat(world.forge.statuses.getOrDefault(proposal.head(), List.of()))
                .noneMatch(status -> status.state() == CommitStatus.State.FAILURE);
        service.check();
        assertThat(verdictOn(proposal).state()).isEqualTo(CommitStatus.State.SUCCESS);
    }
}
