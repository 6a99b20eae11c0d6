package dev.bastion.ledger.proposal;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.port.LayoutMonitor;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.port.ProposalRepository.MergedPullRequest;
import dev.bastion.access.proposal.ConfigurationChange;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.review.PullRequestEvaluation;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.ledger.file.CommittedConfiguration;
import dev.bastion.ledger.file.ConfigurationCache.Configuration;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.object.BudgetExceeded;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.proposal.change.ChangeRange;
import dev.bastion.ledger.proposal.change.FileChangesReader;
import dev.bastion.ledger.write.LedgerBranch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitor of changes on the default branch that the policy did not let in: merged past {@code bastion/policy}, or pushed.
 * Each commit is judged by the policy before it, with the reviews of the pull request that brought it. It stays a problem until
 * the right people approve that pull request, or the branch no longer differs by it.
 */
public final class UnapprovedChanges implements LayoutMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(UnapprovedChanges.class);
    /** How far back a start looks: the process before it may have raised no alarm. */
    private static final Duration LOOK_BACK = Duration.ofDays(7);

    private static final int MOST_COMMITS = 2000;
    /** The most changes that one look asks GitHub about. */
    private static final int MOST_ASKED = 10;
    /** GitHub knows a merge some seconds after git: a refusal counts once it was the same after this time. */
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(15);

    private static final Duration ASK_EVERY = Duration.ofMinutes(1);
    /** What a change beyond the reading budget may be. */
    private static final FileChanges ANYTHING =
            new FileChanges(List.of(), List.of(), List.of("more files than the service reads"), List.of());

    private final LedgerBranch branch;
    private final ProposalClone clone;
    private final ProposalRepository proposals;
    private final CommittedConfiguration configurations;
    private final InstantSource clock;
    private final Map<CommitId, Change> open = new LinkedHashMap<>();
    private @Nullable CommitId judged;
    private volatile Map<EnvironmentName, String> suspended = Map.of();

    /** A change that is not known to be approved. */
    private static final class Change {
        private final Commit commit;
        private final CommitId parent;
        private final Configuration before;
        private final FileChanges files;
        private Instant askedAt = Instant.MIN;
        private Instant refusedSince = Instant.MAX;
        private String refusal = "";

        Change(Commit commit, CommitId parent, Configuration before, FileChanges files) {
            this.commit = commit;
            this.parent = parent;
            this.before = before;
            this.files = files;
        }

        boolean isRefused(Instant now) {
            return !refusedSince.isAfter(now.minus(SETTLED_AFTER));
        }

        Stream<EnvironmentName> environments() {
            return files.configurations().stream()
                    .map(ConfigurationChange::environment)
                    .distinct();
        }
    }

    public UnapprovedChanges(
            LedgerBranch branch,
            ProposalClone clone,
            ProposalRepository proposals,
            FileParsers parsers,
            InstantSource clock) {
        this.branch = branch;
        this.clone = clone;
        this.proposals = proposals;
        this.configurations =
                new CommittedConfiguration(parsers, branch.settings().environments());
        this.clock = clock;
    }

    /** Why environments are not opened: nobody with the right approved where they lead. */
    public Map<EnvironmentName, String> suspended() {
        return suspended;
    }

    @Override
    public synchronized List<LayoutProblem> look() {
        CommitId head = branch.state().head();
        if (!head.equals(judged)) {
            clone.read(commits -> collect(commits, head));
            judged = head;
        }
        Instant now = clock.instant();
        open.values().stream()
                .filter(change -> isDue(change, now))
                .sorted(Comparator.comparing(change -> change.askedAt))
                .limit(MOST_ASKED)
                .toList()
                .forEach(change -> ask(change, now));
        List<Change> refused =
                open.values().stream().filter(change -> change.isRefused(now)).toList();
        suspended = reasons(refused);
        return refused.stream().map(this::problem).toList();
    }

    private static boolean isDue(Change change, Instant now) {
        boolean isSettled = change.refusedSince.equals(Instant.MAX) || change.isRefused(now);
        return !now.isBefore(change.askedAt.plus(
                change.askedAt.equals(Instant.MIN) ? Duration.ZERO : isSettled ? ASK_EVERY : SETTLED_AFTER));
    }

    /** Adds the changes since the last look, the oldest first, and drops those that were taken back. */
    private boolean collect(CommitReader commits, CommitId head) {
        List<CommitId> since = new ArrayList<>();
        Instant oldest = clock.instant().minus(LOOK_BACK);
        for (Optional<CommitId> at = Optional.of(head);
                at.isPresent() && !at.get().equals(judged) && since.size() < MOST_COMMITS;
                at = commits.firstParent(at.get())) {
            if (judged == null && commits.commit(at.get()).at().isBefore(oldest)) {
                break;
            }
            since.add(at.get());
        }
        since.reversed().forEach(commit -> collectOrReport(commits, commit));
        return open.values().removeIf(change -> isUndone(commits, change, head, change.files));
    }

    private void collectOrReport(CommitReader commits, CommitId commit) {
        Optional<CommitId> parent = commits.firstParent(commit);
        Optional<Configuration> before = parent.flatMap(known -> configurations.of(known, commits));
        if (parent.isEmpty() || before.isEmpty()) {
            return; // nothing was in force that could have asked for an approval
        }
        FileChanges files = changes(commits, parent.get(), commit, before.get());
        if (!files.isEmpty() && open.values().stream().noneMatch(change -> isUndone(commits, change, commit, files))) {
            open.put(commit, new Change(commits.commit(commit), parent.get(), before.get(), files));
        }
    }

    /** What owners and approvers of configurations approve; the values of grants have their own check. */
    private FileChanges changes(CommitReader commits, CommitId from, CommitId to, Configuration before) {
        try {
            return new FileChangesReader(
                            new ChangeRange(commits, before.layout(), from, to, clone.deadline()),
                            branch.settings().environments(),
                            configurations.parsers())
                    .configurationChanges();
        } catch (BudgetExceeded _) {
            return ANYTHING;
        }
    }

    /** Whether a commit has these files as they were before the change. */
    private boolean isUndone(CommitReader commits, Change change, CommitId now, FileChanges files) {
        FileChanges left = changes(commits, change.parent, now, change.before);
        return left.ownedFiles().stream().noneMatch(files.ownedFiles()::contains)
                && left.configurations().stream()
                        .map(ConfigurationChange::environment)
                        .noneMatch(environment -> files.configurations().stream()
                                .anyMatch(other -> other.environment().equals(environment)))
                && !left.equals(ANYTHING);
    }

    private void ask(Change change, Instant now) {
        change.askedAt = now;
        try {
            PullRequestEvaluation evaluation = evaluation(change);
            if (evaluation.verdict() == Evaluation.Verdict.ALLOWED) {
                open.remove(change.commit.id());
            } else {
                change.refusal = PolicyStatus.of(evaluation).description();
                change.refusedSince = change.refusedSince.isAfter(now) ? now : change.refusedSince;
            }
        } catch (ObservationFailed e) {
            LOG.atWarn().addKeyValue("commit", change.commit.id()).setCause(e).log("change.approval.unknown");
        }
    }

    private PullRequestEvaluation evaluation(Change change) {
        Optional<MergedPullRequest> merged = proposals.mergedPullRequestOf(change.commit.id());
        AccessPolicy policy = change.before.policy();
        ManualPullRequest pullRequest = merged.map(pull -> new ManualPullRequest(
                        pull.number(),
                        pull.author(),
                        pull.head(),
                        pull.reviews(),
                        // the check of the open pull request asked for one more where nobody knew them
                        pull.pushers().known() ? pull.pushers() : Pushers.SERVICE,
                        change.files))
                .orElseGet(() -> new ManualPullRequest(
                        0, Optional.empty(), change.commit.id(), List.of(), Pushers.SERVICE, change.files));
        return PullRequestEvaluation.ofFiles(pullRequest, policy);
    }

    private static Map<EnvironmentName, String> reasons(List<Change> refused) {
        Map<EnvironmentName, String> reasons = new HashMap<>();
        refused.forEach(change -> change.environments()
                .forEach(environment -> reasons.put(
                        environment,
                        "commit " + change.commit.id().brief() + " changed its configuration without the approval that"
                                + " the policy asks for. It can be opened once its approvers have approved that pull"
                                + " request, or once the commit is reverted.")));
        return Map.copyOf(reasons);
    }

    private LayoutProblem problem(Change change) {
        String path = change.files.ownedFiles().stream()
                .findFirst()
                .or(() -> change.environments()
                        .findFirst()
                        .map(environment -> change.before.layout().fileOf(environment, _ -> false)))
                .orElseThrow();
        return new LayoutProblem(
                LayoutProblem.Kind.UNAPPROVED, path, change.refusal, change.commit.id(), change.commit.authorName());
    }
}
