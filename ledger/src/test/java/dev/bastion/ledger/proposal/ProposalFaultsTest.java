package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.Outcome;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.ledger.ForgePull;
import dev.bastion.ledger.ProposalWorld;
import dev.bastion.ledger.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that die, two at once, and a forge that is down: nothing lost, nothing doubled. */
class ProposalFaultsTest {
    @AutoClose
    private final ProposalWorld world;

    private final ProposalWorld.Service service;

    ProposalFaultsTest(@TempDir Path directory) {
        world = new ProposalWorld(directory);
        service = world.service();
    }

    private long commitsSaying(String action) {
        return world.git()
                .run(
                        "log",
                        "--first-parent",
                        "--format=%(trailers:key=Bastion-Action,valueonly,separator=%x20)",
                        "main")
                .lines()
                .filter(action::equals)
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"post", "create", "requestReviewers", "label"})
    void whoDiesWhileProposingCanProposeAgain(String call) {
        service.account.dieBefore(call);
        assertThatThrownBy(() -> service.ask("one", "x")).isInstanceOf(LedgerUnreachable.class);
        Proposal proposal = world.service().proposed("one", "x");
        assertThat(world.forge.all()).hasSize(1);
        assertThat(world.service().look(proposal.number()).intact()).isTrue();
        assertThat(world.forge.pull(proposal.number()).asked).contains("janeroe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"requestReviewers", "label"})
    void aRefusalAfterThePullRequestWasOpenedDoesNotCallItUnopened(String call) {
        service.account.forbid(call);
        Proposal proposal = service.proposed("one", "x");
        assertThat(service.look(proposal.number()).intact()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"requestReviewers", "label"})
    void noAnswerAfterThePullRequestWasOpenedIsNotKnown(String call) {
        service.account.before(call, () -> {
            throw new LedgerUnreachable(
                    new Fault.Later(ExternalSystem.GITHUB, call, "429"), new IllegalStateException("429"));
        });
        assertThatThrownBy(() -> service.ask("one", "x"))
                .isInstanceOfSatisfying(
                        LedgerUnreachable.class,
                        failed -> assertThat(failed.fault()).isInstanceOf(Fault.Unknown.class));
        assertThat(world.forge.all()).hasSize(1);
    }

    @Test
    void aBranchThatNeverBecameAPullRequestGoesAway() {
        service.account.dieBefore("create");
        assertThatThrownBy(() -> service.ask("one", "x")).isInstanceOf(LedgerUnreachable.class);
        service.account.respondAgain();
        assertThat(world.forge.branches("bastion/")).hasSize(1);
        service.proposals.look();
        world.later(Duration.ofSeconds(119));
        service.proposals.look();
        assertThat(world.forge.branches("bastion/")).hasSize(1);
        world.later(Duration.ofSeconds(2));
        service.proposals.look();
        assertThat(world.forge.branches("bastion/")).isEmpty();
    }

    @Test
    void aForgeThatDeletesNoBranchStopsNobodysApproval() {
        service.account.dieBefore("create");
        assertThatThrownBy(() -> service.ask("left", "x")).isInstanceOf(LedgerUnreachable.class);
        service.account.respondAgain();
        service.account.forbid("deleteBranch");
        Proposal proposal = service.proposed("one");
        service.review();
        world.later(Duration.ofMinutes(3));
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        assertThat(service.grant().isClockPending()).isFalse();
        assertThat(world.forge.branches("bastion/")).hasSize(2);
    }

    @Test
    void oneBranchThatStaysKeepsNoOtherFromGoing() {
        for (String seed : List.of("one", "two")) {
            service.account.dieBefore("create");
            assertThatThrownBy(() -> service.ask(seed, "x")).isInstanceOf(LedgerUnreachable.class);
        }
        service.account.respondAgain();
        service.proposals.look();
        world.later(Duration.ofMinutes(3));
        service.account.before("deleteBranch", () -> {
            throw new LedgerRejected("deleting", "403", "change the ruleset");
        });
        service.proposals.look();
        assertThat(world.forge.branches("bastion/")).hasSize(1);
    }

    @Test
    void somebodyElsesBranchStaysWhateverItIsCalled() {
        world.forge.push("bastion/idea", world.ledgers.remote.head());
        world.forge.push("bastion/prod/orders/" + RequestId.derivedFrom("x"), world.ledgers.remote.head());
        world.forge.push("bastion/ledger/0123456789ab", world.ledgers.remote.head());
        service.proposals.look();
        world.later(Duration.ofHours(1));
        service.proposals.look();
        assertThat(world.forge.branches("bastion/")).hasSize(3);
    }

    @Test
    void whoDiesAfterMergingHasMergedOnce() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        world.later(Duration.ofMinutes(5));
        service.account.dieAfter("merge");
        assertThatThrownBy(service::review).isInstanceOf(LedgerUnreachable.class);
        assertThat(commitsSaying("start")).isZero();
        Grant before = world.service().grant();
        assertThat(before.isClockPending()).isTrue();
        assertThat(before.expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(4)));
        world.later(Duration.ofMinutes(5));
        ProposalWorld.Service other = world.service();
        other.review();
        Grant grant = other.grant();
        assertThat(grant.createdAt())
                .as("when it was approved, not when it was found")
                .isEqualTo(NOON.plusSeconds(300));
        assertThat(grant.expiresAt()).isEqualTo(NOON.plusSeconds(300).plus(Duration.ofHours(3)));
        assertThat(commitsSaying("open")).isEqualTo(1);
        assertThat(commitsSaying("start")).isEqualTo(1);
        assertThat(other.look(proposal.number()).state()).isInstanceOf(ProposalSnapshot.State.Merged.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"label", "close", "deleteBranch"})
    void whoDiesWhileClosingClosesTheNextTime(String call) {
        Proposal proposal = service.proposed("one");
        world.later(Duration.ofHours(1));
        service.account.dieBefore(call);
        assertThatThrownBy(service::review).isInstanceOf(LedgerUnreachable.class);
        service.account.respondAgain();
        service.review();
        world.later(Duration.ofMinutes(3));
        service.review();
        world.later(Duration.ofMinutes(3));
        service.review();
        ForgePull pull = world.forge.pull(proposal.number());
        assertThat(pull.isOpen()).isFalse();
        assertThat(pull.labels).contains("bastion:lapsed");
        assertThat(world.forge.branches("bastion/")).isEmpty();
        assertThat(service.notifications.last()).isEqualTo(new ProposalStage.Lapsed());
    }

    @Test
    void twoProcessesProposeTheSameOnce() throws Exception {
        List<Future<Outcome>> outcomes = new ArrayList<>();
        try (ExecutorService processes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3; i++) {
                ProposalWorld.Service each = world.service();
                outcomes.add(processes.submit(() -> each.ask("one", "x")));
            }
        }
        Outcome first = outcomes.getFirst().get();
        assertThat(first).isInstanceOf(Outcome.Proposed.class);
        for (Future<Outcome> outcome : outcomes) {
            assertThat(outcome.get()).isEqualTo(first);
        }
        assertThat(world.forge.all()).hasSize(1);
    }

    @Test
    void twoProcessesDecideEachProposalOnce() throws Exception {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        List<ProposalWorld.Service> all = List.of(service, world.service(), world.service());
        List<Future<?>> reviewed = new ArrayList<>();
        try (ExecutorService processes = Executors.newVirtualThreadPerTaskExecutor()) {
            all.forEach(each -> reviewed.add(processes.submit(each::review)));
        }
        for (Future<?> each : reviewed) {
            each.get();
        }
        all.forEach(ProposalWorld.Service::review);
        assertThat(commitsSaying("open")).isEqualTo(1);
        assertThat(commitsSaying("start")).isEqualTo(1);
        Grant grant = service.grant();
        assertThat(all).allSatisfy(each -> assertThat(each.grant()).isEqualTo(grant));
    }

    @Test
    void twoProcessesLetAProposalLapseOnce() throws Exception {
        Proposal proposal = service.proposed("one");
        world.later(Duration.ofHours(1));
        List<Future<?>> reviewed = new ArrayList<>();
        try (ExecutorService processes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (ProposalWorld.Service each : List.of(service, world.service())) {
                reviewed.add(processes.submit(each::review));
            }
        }
        for (Future<?> each : reviewed) {
            each.get();
        }
        assertThat(world.forge.pull(proposal.number()).comments).hasSize(1);
    }

    @Test
    void aForgeThatIsDownDelaysAndNothingElse() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        service.account.stopResponding();
        assertThatThrownBy(service::review).isInstanceOf(ObservationFailed.class);
        assertThat(service.proposals.lastSeenWaiting()).containsExactly(proposal);
        world.later(Duration.ofMinutes(10));
        service.account.respondAgain();
        service.review();
        assertThat(service.grant().createdAt()).isEqualTo(NOON.plusSeconds(600));
    }

    @Test
    void oneProposalThatCannotBeReadKeepsNoOtherFromBeingApproved() {
        Proposal approved = service.proposed("one");
        Proposal unreadable = service.proposals.propose(
                Samples.proposal(DEV, "two", "x"), Optional.empty(), Samples.policyWithApprovals());
        service.proposals.look();
        world.forge.approve(approved.number(), "janeroe");
        service.account.failToRead(unreadable.number());
        world.later(Duration.ofMinutes(1));
        assertThat(service.proposals.look())
                .extracting(seen -> seen.proposal().number())
                .containsExactlyInAnyOrder(approved.number(), unreadable.number());
        assertThat(service.proposals.lastSeenWaiting()).contains(unreadable);
        service.account.failToRead(approved.number());
        ProposalWorld.Service started = world.service();
        started.account.failToRead(unreadable.number());
        assertThat(started.proposals.look())
                .extracting(seen -> seen.proposal().number())
                .containsExactly(approved.number());
    }

    @Test
    void aProposalThatCannotBeReadAtOnceStillWaits() {
        Proposal other = service.proposals.propose(
                Samples.proposal(DEV, "two", "x"), Optional.empty(), Samples.policyWithApprovals());
        service.account.failToRead(other.number() + 1);
        Proposal proposal = service.proposed("one");
        assertThat(proposal.number()).isEqualTo(other.number() + 1);
        service.account.failToRead(0);
        world.later(Duration.ofMinutes(1));
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        assertThat(service.grant().request()).isEqualTo(proposal.id());
    }

    @Test
    void aProposalThatTheForgeDoesNotListYetStillWaits() {
        service.account.failToList(1);
        Proposal proposal = service.proposed("one");
        assertThat(service.proposals.look())
                .extracting(seen -> seen.proposal().number())
                .containsExactly(proposal.number());
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        assertThat(service.grant().request()).isEqualTo(proposal.id());
        assertThat(service.proposals.lastSeenWaiting()).isEmpty();
    }

    @Test
    void aCloneThatIsLostLosesNoProposal() {
        Proposal proposal = service.proposed("one");
        world.forge.approve(proposal.number(), "janeroe");
        ProposalWorld.Service fresh = world.service();
        assertThat(fresh.look(proposal.number()).proposal()).isEqualTo(proposal);
        fresh.review();
        assertThat(fresh.ledger.read().state(PROD).orElseThrow())
                .isEqualTo(service.ledger.read().state(PROD).orElseThrow());
    }
}
