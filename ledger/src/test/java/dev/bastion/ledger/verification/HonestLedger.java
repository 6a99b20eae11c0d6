package dev.bastion.ledger.verification;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.TWO;
import static dev.bastion.ledger.Samples.breakGlass;
import static dev.bastion.ledger.Samples.end;
import static dev.bastion.ledger.Samples.extend;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.openFile;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.ledger.Git;
import dev.bastion.ledger.ProposalWorld;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.SigningKeys;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.FileKeySigner;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A ledger with every kind of entry, made by the real service, and its forgeries, made with git's plumbing. */
final class HonestLedger implements AutoCloseable {
    final ProposalWorld world;
    final FileKeySigner signer;
    final ProposalWorld.Service service;

    HonestLedger(Path directory) {
        this(new ProposalWorld(directory), SigningKeys.newKey(directory.resolve("key")), true);
    }

    private HonestLedger(ProposalWorld world, FileKeySigner signer, boolean isSigning) {
        this.world = world;
        this.signer = signer;
        world.keys = isSigning ? SigningKeys.trusting(signer) : TrustedKeys.NONE;
        service = world.service();
    }

    /** A ledger whose entries are not signed. */
    static HonestLedger unsigned(Path directory) {
        return new HonestLedger(new ProposalWorld(directory), SigningKeys.newKey(directory.resolve("key")), false);
    }

    /** Every kind of entry, of a proposal, and of an edit by hand that the policy allows. */
    HonestLedger withEverything() {
        Grant dev = record(open(DEV, "one"));
        Grant longer = record(extend(dev, Duration.ofHours(1)));
        record(end(longer, JOHN));
        approvedProposal("two");
        record(close(approvedExtension("longer")));
        Grant glass = record(breakGlass(PROD, "three"));
        record(new LedgerChange.Approve(glass, JANE, world.now()));
        world.ledgers.remote.commit(
                "wider", pathOf(PROD), world.ledgers.remote.file(pathOf(PROD)).replace("t4g.nano", "t4g.micro"));
        record(close(service.grant()));
        world.ledgers.remote.commit("by hand\n\nReason: x", pathOf(DEV), openFile("dev", JANE, world.now(), TWO));
        record(close(service.grant()));
        record(open(DEV, "four"));
        return this;
    }

    /** Access to prod by a proposal that Jane approves. */
    Grant approvedProposal(String seed) {
        Proposal proposal = service.proposed(seed);
        world.later(Duration.ofMinutes(1));
        world.forge.approve(proposal.number(), "janeroe");
        world.later(Duration.ofSeconds(30));
        service.review();
        return service.grant();
    }

    /** Two more hours of prod, by a proposal that Sam approves. */
    Grant approvedExtension(String seed) {
        Proposal proposal = extensionProposed(seed);
        world.forge.approve(proposal.number(), "samlow");
        service.review();
        return service.grant();
    }

    Proposal extensionProposed(String seed) {
        assertThat(service.extend(seed, "2h")).isInstanceOf(Outcome.Proposed.class);
        world.later(Duration.ofMinutes(1));
        return service.proposals.lastSeenWaiting().stream()
                .filter(proposal -> proposal.id().equals(RequestId.derivedFrom(seed)))
                .findFirst()
                .orElseThrow();
    }

    /** Access to prod in two hours, which Jane approves at once. */
    Grant approvedForLater(String seed) {
        service.askFor(seed, world.now().plus(Duration.ofHours(2)));
        Proposal proposal = service.proposals.lastSeenWaiting().getFirst();
        world.later(Duration.ofMinutes(1));
        world.forge.approve(proposal.number(), "janeroe");
        service.review();
        world.later(Duration.ofHours(2));
        service.review();
        return service.grant();
    }

    LedgerChange close(Grant grant) {
        world.later(Duration.ofMinutes(1));
        return new LedgerChange.Close(grant, new End.Expired(), world.now());
    }

    Grant record(LedgerChange change) {
        service.ledger.read();
        return ((RecordResult.Recorded) service.ledger.record(change)).grant();
    }

    Git git() {
        return world.git();
    }

    Path directory() {
        return world.ledgers.remote.repository().getDirectory().toPath();
    }

    CommitId head() {
        return world.ledgers.remote.head();
    }

    /** The newest commit with this text in its message. */
    CommitId find(String text) {
        return new CommitId(git().run("log", "--first-parent", "-1", "--format=%H", "--fixed-strings", "--grep=" + text)
                .strip());
    }

    String raw(CommitId commit) {
        return git().run("cat-file", "commit", commit.value());
    }

    CommitId write(String raw) {
        return new CommitId(git().runWith(raw, "hash-object", "-t", "commit", "-w", "--literally", "--stdin")
                .strip());
    }

    /** The first-parent line behind a commit, oldest first. */
    List<CommitId> behind(CommitId commit) {
        return git().run("rev-list", "--first-parent", "--reverse", commit + "..HEAD")
                .lines()
                .map(CommitId::new)
                .toList();
    }

    /** Moves the branch to a commit, with these commits put on it again, signatures and all; returns the last one. */
    CommitId putBack(CommitId base, List<CommitId> commits) {
        return putBack(base, commits, raw -> raw);
    }

    CommitId putBack(CommitId base, List<CommitId> commits, UnaryOperator<String> edit) {
        CommitId at = base;
        for (CommitId each : commits) {
            at = write(edit.apply(raw(each).replaceFirst("parent [0-9a-f]{40}", "parent " + at)));
        }
        world.ledgers.remote.moveBranchTo(at);
        return at;
    }

    CommitId parentOf(CommitId commit) {
        return new CommitId(git().run("rev-parse", commit + "^").strip());
    }

    TrustedKeys keys() {
        return keys(SigningKeys.line(signer));
    }

    static TrustedKeys keys(String allowed) {
        return TrustedKeys.ofReader(AllowedSigners.parse(allowed), SigningKeys.PRINCIPAL, Optional.empty());
    }

    VerificationReport verify() {
        return verify(keys(), Optional.empty());
    }

    VerificationReport verifyAt(Instant now) {
        return verify(keys(), Optional.empty(), now);
    }

    VerificationReport verify(TrustedKeys keys, Optional<AnchorSet> anchors) {
        return verify(keys, anchors, Samples.CLOCK.instant());
    }

    private VerificationReport verify(TrustedKeys keys, Optional<AnchorSet> anchors, Instant now) {
        try (LocalClone clone = LocalClone.open(directory())) {
            return new LedgerVerifier(Samples.parsers(_ -> Samples.policyWithApprovals()), "environments", keys)
                    .verify(clone, clone.branch(Optional.of("main")).head(), anchors, now);
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
