package dev.bastion.ledger.proposal;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.entry.CommitMessage;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.entry.ProposalCommitMessage;
import dev.bastion.ledger.entry.ProposalEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proposals as pull requests. Each has a branch with the one commit that the approval would merge, a commit status that
 * only the service's own account can post ({@link ProposalAttestation}), and a page where people approve it. The service
 * reads everything back from there.
 */
public final class GitProposalRepository implements ProposalRepository {
    private static final Logger LOG = LoggerFactory.getLogger(GitProposalRepository.class);
    private static final String LABEL = "bastion";
    /** A commit can contain the heads of any number of pull requests. */
    private static final int MOST_OF_ONE_COMMIT = 20;

    private static final Duration CLEAN_EVERY = Duration.ofMinutes(2);

    private final ProposalBranches branches;
    private final PullRequests pulls;
    private final PullRequestList list;
    private final InstantSource clock;
    private final ProposalAttestation attestation;
    private final MergeAttempts attempts;
    private final ProposalReader reader;
    private final HeadPushers pushers;
    private final StaleBranchCleaner cleaner;
    private final LastSeenProposals lastSeen;

    private volatile Instant cleanedAt = Instant.MIN;

    public GitProposalRepository(
            ProposalBranches branches,
            PullRequests pulls,
            PullRequestList list,
            PullRequestDetails details,
            HeadPushers pushers,
            InstantSource clock) {
        this.list = list;
        this.branches = branches;
        this.pulls = pulls;
        this.clock = clock;
        this.attestation = new ProposalAttestation(pulls);
        this.attempts = new MergeAttempts(pulls, branches.base(), clock);
        this.reader = new ProposalReader(branches, pulls, details, attempts);
        this.pushers = pushers;
        this.cleaner = new StaleBranchCleaner(branches, pulls, clock);
        this.lastSeen = new LastSeenProposals(clock);
    }

    @Override
    public Proposal propose(ProposedChange change, Optional<AnnouncementRef> shownIn, AccessPolicy policy) {
        ProposalEntry requested = new ProposalEntry(change, shownIn);
        CommitId head = branches.put(requested);
        ProposalEntry entry = branches.at(head).orElse(requested);
        boolean ours = ProposalCommitMessage.of(entry).equals(ProposalCommitMessage.of(requested))
                && branches.isAsWritten(head);
        if (ours) {
            attestation.put(head);
        } else if (!attestation.isOn(head)) {
            throw LedgerUnreachable.later(
                    "proposing " + requested.branch(), new IOException("its branch has another commit; retry later"));
        }
        PullRequest pull = pulls.create(
                requested.branch(),
                branches.base(),
                ProposalCommitMessage.subject(change),
                PullRequestBody.of(change, policy));
        branches.remember(pull.number(), head);
        complete(pull, () -> askForReviews(pull, change, policy));
        Proposal proposal = new Proposal(entry.change(), pull.number(), pull.page(), head, entry.shownIn());
        lastSeen.add(proposal);
        return proposal;
    }

    /**
     * Does what follows the opening of a pull request. A refusal of it does not undo the pull request; without an answer it is
     * wrong to say that nothing was done, and the next attempt completes it.
     */
    private static void complete(PullRequest pull, Runnable step) {
        try {
            step.run();
        } catch (LedgerRejected e) {
            LOG.atError().addKeyValue("pull", pull.number()).setCause(e).log("proposal.incomplete");
        } catch (LedgerUnreachable e) {
            Fault fault = e.fault();
            throw new LedgerUnreachable(
                    new Fault.Unknown(fault.system(), "asking for reviews of #" + pull.number(), fault.answered()), e);
        }
    }

    private void askForReviews(PullRequest pull, ProposedChange change, AccessPolicy policy) {
        List<Person> approvers =
                policy.people().membersOf(policy.rulesOf(change.environment()).approvers());
        List<String> logins = approvers.stream()
                .filter(person -> change.beneficiaries().stream().noneMatch(person::is))
                .flatMap(person -> policy.people().loginOf(person).stream())
                .toList();
        if (!logins.isEmpty()) {
            pulls.requestReviewers(pull.number(), logins);
        }
        pulls.label(pull.number(), LABEL);
    }

    @Override
    public List<ProposalSnapshot> look() {
        return among(list.refresh());
    }

    /**
     * The proposals among listed pull requests.
     *
     * @param listed the pull requests, as {@link PullRequestList} has them
     */
    List<ProposalSnapshot> among(List<PullRequest> listed) {
        List<Proposal> before = lastSeen.waiting();
        List<PullRequest> found = Stream.concat(
                        listed.stream().filter(pull -> pull.branch().startsWith(ProposalEntry.PREFIX)),
                        unlisted(before, listed))
                .toList();
        ProposalReader.Result read = reader.at(found);
        lastSeen.update(before, read);
        clean(found);
        return read.seen();
    }

    /** The pull requests of waiting proposals that the list lacks: GitHub's lists lag behind what was just created. */
    private Stream<PullRequest> unlisted(List<Proposal> proposals, List<PullRequest> listed) {
        Set<Integer> numbers = listed.stream().map(PullRequest::number).collect(Collectors.toSet());
        return proposals.stream()
                .filter(proposal -> !numbers.contains(proposal.number()))
                .flatMap(proposal -> pulls.read(proposal.number()).stream());
    }

    private void clean(List<PullRequest> found) {
        Instant now = clock.instant();
        if (!now.isBefore(cleanedAt.plus(CLEAN_EVERY))) {
            cleanedAt = now;
            cleaner.clean(found);
        }
    }

    @Override
    public List<Proposal> lastSeenWaiting() {
        return lastSeen.waiting();
    }

    @Override
    public List<ProposalSnapshot> lastSeenClosed() {
        return lastSeen.closed();
    }

    @Override
    public Optional<ProposalSnapshot> lookAt(int number) {
        return reader.at(number);
    }

    @Override
    public String words(Proposal proposal, String login, Instant since) {
        return pulls.words(proposal.number(), login, since);
    }

    @Override
    public Merging merge(Proposal proposal, ApprovalBasis.Approved approvalBasis) {
        Optional<UnmetRequirement> pending = attempts.pending(proposal);
        try {
            return pending.isPresent() ? new Merging.NotYet(pending.get()) : mergeNow(proposal, approvalBasis);
        } catch (LedgerRejected e) {
            return new Merging.NotYet(attempts.refused(
                    proposal, e.refused().answered(), e.refused().remedy()));
        }
    }

    private Merging mergeNow(Proposal proposal, ApprovalBasis.Approved approvalBasis) {
        String text = CommitMessage.of(LedgerEntry.of(proposal, approvalBasis));
        int end = text.indexOf('\n');
        RetryingMerge merge = new RetryingMerge(pulls, PullRequests.MergeMethod.MERGE, branches.pacing());
        return switch (merge.of(
                proposal.number(),
                proposal.head(),
                text.substring(0, end),
                text.substring(end).strip())) {
            case PullRequests.Merge.Merged(CommitId commit) -> {
                lastSeen.forget(proposal);
                cleaner.delete(branchOf(proposal));
                yield new Merging.Merged(commit);
            }
            case PullRequests.Merge.HeadMoved _ -> new Merging.Moved();
            case PullRequests.Merge.NotMergeable(String reason) ->
                attempts.isRepeated(proposal, reason) || isStillOpenAtItsHead(proposal)
                        ? new Merging.NotYet(attempts.refused(proposal, reason))
                        : new Merging.Moved();
        };
    }

    private boolean isStillOpenAtItsHead(Proposal proposal) {
        return pulls.read(proposal.number())
                .filter(pull -> pull.state() instanceof PullRequest.State.Open)
                .filter(pull -> pull.head().equals(proposal.head()))
                .isPresent();
    }

    private static String branchOf(Proposal proposal) {
        return new ProposalEntry(proposal.change(), proposal.shownIn()).branch();
    }

    @Override
    public void close(ProposalStatus status) {
        Proposal proposal = status.proposal();
        Optional<String> label = ClosingLabels.of(status.stage()).map(ClosingLabels::label);
        Optional<PullRequest> pull = pulls.read(proposal.number());
        boolean open = pull.filter(one -> one.state() instanceof PullRequest.State.Open)
                .isPresent();
        if (open) {
            label.ifPresent(name -> pulls.label(proposal.number(), name));
            pulls.close(proposal.number());
        }
        lastSeen.markClosed(status);
        boolean ours = open
                || pull.filter(one -> label.filter(one.labels()::contains).isPresent())
                        .isPresent();
        if (ours && pulls.deleteBranch(branchOf(proposal))) {
            pulls.comment(proposal.number(), ClosingLabels.sentence(status));
        }
    }

    @Override
    public Optional<MergedPullRequest> mergedPullRequestOf(CommitId commit) {
        List<PullRequest> listed = pulls.mergedPullRequestOf(commit).stream()
                .filter(pull -> pull.base().equals(branches.base()))
                .limit(MOST_OF_ONE_COMMIT)
                .toList();
        Optional<PullRequest> merged =
                listed.stream().filter(pull -> isMergeOf(pull, commit)).findFirst();
        if (merged.isEmpty() && !listed.isEmpty()) {
            LOG.atError()
                    .addKeyValue("commit", commit)
                    .addKeyValue("pull", listed.getFirst().number())
                    .log("merge.content.not_approved");
        }
        return merged.flatMap(this::mergedPullRequest);
    }

    /** Whether the commit does what the approved head does. */
    private boolean isMergeOf(PullRequest pull, CommitId commit) {
        return pull.state() instanceof PullRequest.State.Merged(CommitId last, var _, var _)
                && branches.isMergeOf(pull.number(), pull.head(), commit, last);
    }

    private Optional<MergedPullRequest> mergedPullRequest(PullRequest pull) {
        return pull.state() instanceof PullRequest.State.Merged(CommitId commit, var _, Instant at)
                ? Optional.of(new MergedPullRequest(
                        pull.number(),
                        Optional.of(pull.author()).filter(author -> !GithubLogin.areSame(author, pulls.mine())),
                        pull.head(),
                        at,
                        reader.reviews(pull.number()),
                        pushersOf(pull, commit),
                        reader.inSlack(pull),
                        reader.mergeOf(pull)))
                : Optional.empty();
    }

    private Pushers pushersOf(PullRequest merged, CommitId commit) {
        boolean isOurs = GithubLogin.areSame(merged.author(), pulls.mine()) && attestation.isOn(merged.head());
        return isOurs ? Pushers.SERVICE : pushers.of(merged, branches.parentOf(commit));
    }
}
