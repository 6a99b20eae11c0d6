package dev.bastion.ledger.proposal;

import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.PullRequest;
import dev.bastion.layout.Layout;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.ledger.ForgeMerge;
import dev.bastion.ledger.ForgePull;
import dev.bastion.ledger.HostileTexts;
import dev.bastion.ledger.ProposalWorld;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.entry.ProposalCommitMessage;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.file.EnvironmentFile;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.ManualEdit;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.remote.PackLimit;
import dev.bastion.ledger.write.LedgerSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pull requests that look like the service's and were pushed by others. */
class ProposalForgeryTest {
    private static final String MALLORY = "mallory";

    @TempDir
    private Path directory;

    private ProposalWorld world;
    private ProposalWorld.Service service;

    @BeforeEach
    void start() {
        world = new ProposalWorld(directory);
        service = world.service();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** A commit made with the service's code by another person, upon the default branch; not on any branch yet. */
    private CommitId commit(CommitId baseCommit, Function<CommitDraft, CommitId> writing) {
        LedgerSettings settings = Samples.settings(world.ledgers.remote.url(), directory.resolve("mallory"));
        try (BareClone clone = BareClone.open(settings.directory(), settings.gitRemote(), settings.budget())) {
            clone.saveHead(clone.fetch());
            clone.fetchRefs(
                    world.forge.branches("").stream()
                            .map(head -> "refs/heads/" + head.branch())
                            .toList(),
                    PackLimit.NONE);
            try (CommitDraft draft = clone.draft(baseCommit, Optional.empty())) {
                CommitId commit = writing.apply(draft);
                clone.pushNew(draft, "tmp/" + commit);
                return commit;
            }
        }
    }

    private CommitId written(ProposalEntry entry) {
        LedgerSettings settings = Samples.settings("", directory);
        return commit(
                world.ledgers.remote.head(),
                draft -> entry.commitTo(draft, Layout.standard("environments"), settings.committer()));
    }

    private static ProposalEntry entry(String seed, String reason) {
        return new ProposalEntry(Samples.proposal(PROD, seed, reason), Optional.of(Samples.SHOWN));
    }

    private void isRefusedAsAltered(Proposal proposal) {
        world.forge.approve(proposal.number(), "janeroe");
        for (ProposalWorld.Service each : List.of(service, world.service())) {
            ProposalSnapshot seen = each.look(proposal.number());
            assertThat(seen.intact()).isFalse();
        }
        service.review();
        assertThat(service.notifications.last()).isEqualTo(new ProposalStage.Refused(new Refusal.Altered(PROD)));
        assertThat(world.service().ledger.read().openGrants()).isEmpty();
        assertThat(world.forge.pull(proposal.number()).isOpen()).isFalse();
        assertThat(world.forge.pull(proposal.number()).comments)
                .singleElement()
                .asString()
                .contains("not what the service wrote");
    }

    private CommitId tampered(CommitId baseCommit, String content) {
        return saying(baseCommit, content, "More");
    }

    private CommitId saying(CommitId baseCommit, String content, String message) {
        return commit(
                baseCommit,
                draft -> draft.commit(
                        "README.md",
                        content.getBytes(StandardCharsets.UTF_8),
                        message,
                        ManualEdit.signatureOf(Samples.JANE),
                        ManualEdit.signatureOf(Samples.JANE),
                        NOON));
    }

    @Test
    void aCommitOnTopVoidsIt() {
        Proposal proposal = service.proposed("one");
        ForgePull pull = world.forge.pull(proposal.number());
        var merge = new ForgeMerge(world.ledgers.remote.repository(), MALLORY, NOON);
        world.forge.push(
                pull.branch,
                merge.of(proposal.head(), proposal.head(), ForgeMerge.Way.MERGE, "on top")
                        .orElseThrow());
        isRefusedAsAltered(proposal);
    }

    @Test
    void anotherProposalPushedByForceVoidsIt() {
        Proposal proposal = service.proposed("one", "harmless");
        world.forge.push(world.forge.pull(proposal.number()).branch, written(entry("one", "something else entirely")));
        isRefusedAsAltered(proposal);
    }

    @Test
    void anAttestationOfAnotherAccountDoesNotCount() {
        Proposal proposal = service.proposed("one", "harmless");
        CommitId forged = written(entry("one", "something else entirely"));
        world.forge.push(world.forge.pull(proposal.number()).branch, forged);
        world.forge.as(MALLORY).post(forged, CommitStatus.State.SUCCESS, "bastion/proposal", "written by the service");
        isRefusedAsAltered(proposal);
    }

    @Test
    void aStatusOfAnotherAccountDoesNotVoidAnAttestation() {
        Proposal proposal = service.proposed("one");
        world.forge.as("ci").post(proposal.head(), CommitStatus.State.FAILURE, "bastion/proposal", "not so fast");
        assertThat(service.look(proposal.number()).intact()).isTrue();
    }

    @Test
    void somethingElseUnderTheSameMessageVoidsIt() {
        Proposal proposal = service.proposed("one");
        ProposalEntry said = entry("one", "INC-12 slow query on orders");
        CommitId forged = commit(world.ledgers.remote.head(), draft -> {
            String path = pathOf(PROD);
            EnvironmentFile file = new EnvironmentFile(path, draft.file(path).orElseThrow(), AuditPaths.OF_A_UNIT);
            byte[] longer = file.opened(new FileState.Open(
                    Samples.JOHN, NOON, said.change().latestEnd().plusSeconds(36_000)));
            return draft.commit(
                    path,
                    longer,
                    ProposalCommitMessage.of(said),
                    ManualEdit.signatureOf(Samples.JOHN),
                    Samples.settings("", directory).committer(),
                    NOON);
        });
        world.forge.push(world.forge.pull(proposal.number()).branch, forged);
        isRefusedAsAltered(proposal);
    }

    @Test
    void aBranchThatBringsMoreThanItsCommitVoidsIt() {
        service.ledger.read();
        CommitId head = world.ledgers.remote.head();
        CommitId below = tampered(head, "something that nobody reads");
        ProposalEntry said = entry("one", "harmless");
        world.forge.push("main", below);
        CommitId forged = written(said);
        world.forge.push("main", head);
        world.forge.push(said.branch(), forged);
        world.forge.as(ProposalWorld.SERVICE).post(forged, CommitStatus.State.SUCCESS, "bastion/proposal", "");
        ForgePull pull = world.forge.open(ProposalWorld.SERVICE, said.branch(), "", "");
        isRefusedAsAltered(service.look(pull.number).proposal());
    }

    @Test
    void anotherBaseVoidsIt() {
        Proposal proposal = service.proposed("one");
        world.forge.pull(proposal.number()).base = "next";
        isRefusedAsAltered(proposal);
    }

    @Test
    void whatWasWrittenForAnotherBaseIsSomebodyElsesToClose() {
        CommitId head = world.ledgers.remote.head();
        ProposalEntry said = entry("one", "of a service with another branch");
        world.forge.push("main", tampered(head, "what only the other branch has"));
        CommitId other = written(said);
        world.forge.push("main", head);
        world.forge.push(said.branch(), other);
        world.forge.as(ProposalWorld.SERVICE).post(other, CommitStatus.State.SUCCESS, "bastion/proposal", "");
        ForgePull pull = world.forge.open(ProposalWorld.SERVICE, said.branch(), "", "");
        pull.base = "next";
        service.review();
        assertThat(service.proposals.look()).isEmpty();
        assertThat(pull.isOpen()).isTrue();
    }

    @Test
    void whatIsMergedElsewhereHasOpenedNothingAndIsOver() {
        Proposal proposal = service.proposed("one");
        ForgePull pull = world.forge.pull(proposal.number());
        pull.base = "next";
        pull.state = new PullRequest.State.Merged(proposal.head(), Optional.of(MALLORY), NOON);
        service.review();
        assertThat(service.notifications.last()).isEqualTo(new ProposalStage.NoLongerPossible());
        assertThat(service.proposals.lastSeenWaiting()).isEmpty();
        assertThat(service.ledger.read().openGrants()).isEmpty();
    }

    @Test
    void aPullRequestOfAnotherAccountIsNoProposal() {
        ProposalEntry said = entry("one", "let me in");
        CommitId forged = written(said);
        world.forge.push(said.branch(), forged);
        ForgePull pull = world.forge.open(MALLORY, said.branch(), ProposalCommitMessage.subject(said.change()), "");
        world.forge.approve(pull.number, "janeroe");
        service.review();
        assertThat(service.proposals.look()).isEmpty();
        assertThat(service.proposals.lookAt(pull.number)).isEmpty();
        assertThat(service.ledger.read().openGrants()).isEmpty();
        assertThat(pull.isOpen()).isTrue();
    }

    @Test
    void aBranchThatAnotherPersonPreparedIsNotProposed() {
        ProposedChange.Opening longer = new ProposedChange.Opening(
                Samples.proposal(PROD, "one", "INC-12 slow query on orders").request(),
                GrantDuration.parse("8h"),
                NOON,
                NOON.plusSeconds(3600));
        ProposalEntry prepared = new ProposalEntry(longer, Optional.of(Samples.SHOWN));
        world.forge.push(prepared.branch(), written(prepared));
        assertThatThrownBy(() -> service.ask("one", "INC-12 slow query on orders"))
                .isInstanceOf(LedgerUnreachable.class)
                .hasMessageContaining("its branch has another commit");
        assertThat(world.forge.all()).isEmpty();
    }

    @Test
    void aBranchThatLapsesAtTheEndOfTimeStopsNobodysApproval() {
        ProposalEntry said = entry("never", "until the end of time");
        String message = ProposalCommitMessage.of(said)
                .replace("Lapses-At: 2026-01-15T13:00:00Z", "Lapses-At: +1000000000-12-31T23:59:59Z");
        world.forge.push(said.branch(), saying(world.ledgers.remote.head(), "hello\n", message));
        Proposal proposal = service.proposed("one");
        service.review();
        world.later(Duration.ofMinutes(3));
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        assertThat(service.grant().request()).isEqualTo(proposal.id());
        assertThat(world.forge.branch(said.branch()))
                .as("what is not as the service writes it stays")
                .isPresent();
    }

    @Test
    void aHostileReasonIsOnlyEverAReason() {
        for (String hostile : HostileTexts.ALL) {
            Proposal proposal = service.proposed("reason " + hostile, hostile);
            assertThat(world.forge.pull(proposal.number()).title)
                    .isEqualTo("bastion(prod/orders): propose to open for john.doe until 2026-01-15T16:00:00Z");
            world.forge.approve(proposal.number(), "janeroe");
            service.review();
            String open = world.git().run("log", "-1", "--format=%(trailers)", "main~1");
            assertThat(open.lines().filter(line -> line.matches("(Bastion-Action|Approved-By): .*")))
                    .hasSize(2)
                    .contains("Bastion-Action: open");
            service.ledger.record(new LedgerChange.Close(service.grant(), new End.Expired(), NOON));
        }
        assertThat(world.service().ledger.history(PROD, 100).reversed())
                .extracting(past -> past.grant().reason())
                .containsExactlyElementsOf(
                        HostileTexts.ALL.stream().map(Reason::of).toList());
    }
}
