package dev.bastion.ledger.proposal;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.port.LayoutMonitor;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.port.ProposalRepository.MergedPullRequest;
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
import dev.bastion.ledger.proposal.change.CommitsSince;
import dev.bastion.ledger.proposal.change.CommittedChange;
import dev.bastion.ledger.proposal.change.CommittedChange.Difference;
import dev.bastion.ledger.proposal.change.FileChangesReader;
import dev.bastion.ledger.write.LedgerBranch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitor of changes on the default branch that the policy did not let in: merged past {@code bastion/policy}, or pushed.
 * Each commit is judged by the last valid policy before it, with the reviews of the pull request that brought it. Where a change of
 * the rules before it is not known to be approved, it is judged by the rules before that, too. It stays a problem until the right
 * people approve that pull request, or the branch no longer differs by it. Where the commits since the last look are too many to
 * read, or the branch lost the last one, the whole difference is one change, which no pull request's reviews answer.
 */
public final class UnapprovedChanges implements LayoutMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(UnapprovedChanges.class);
    /** How far back a start looks: the process before it may have raised no alarm. */
    private static final Duration LOOK_BACK = Duration.ofDays(7);

    /** The most changes that one look asks GitHub about. */
    private static final int MOST_ASKED = 10;
    /** GitHub knows a merge some seconds after git: a refusal counts once it was the same after this time. */
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(15);

    private static final Duration ASK_EVERY = Duration.ofMinutes(1);
    /** The most changes of the rules whose approvals one look asks about for a change behind them. */
    private static final int MOST_RULES = 5;

    private final LedgerBranch branch;
    private final ProposalClone clone;
    private final ProposalRepository proposals;
    private final CommittedConfiguration configurations;
    private final InstantSource clock;
    private final Map<CommitId, Change> open = new LinkedHashMap<>();
    /** The changes of the rules that are on the branch and not known to be approved, oldest first. */
    private final List<Change> rules = new ArrayList<>();

    private Optional<Configuration> inForce = Optional.empty();
    private @Nullable CommitId judged;
    private volatile Map<EnvironmentName, String> suspended = Map.of();

    /** A change that is not known to be approved. */
    private static final class Change {
        private final Commit commit;
        private final CommittedChange made;
        /** The changes of the rules before it that were not known to be approved. */
        private final List<Change> rules;

        private final boolean isWhole;
        private boolean isApproved;
        private Instant askedAt = Instant.MIN;
        private Instant refusedSince = Instant.MAX;
        private String refusal = "";

        Change(Commit commit, CommittedChange made, List<Change> rules, boolean isWhole) {
            this.commit = commit;
            this.made = made;
            this.rules = List.copyOf(rules);
            this.isWhole = isWhole;
        }

        boolean isRefused(Instant now) {
            return !refusedSince.isAfter(now.minus(SETTLED_AFTER));
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
        CommitId known = judged;
        if (known == null) {
            CommitsSince.moment(commits, head, clock.instant().minus(LOOK_BACK))
                    .oldestFirst()
                    .forEach(commit -> collectOne(commits, commit));
        } else {
            CommitsSince since = CommitsSince.known(commits, head, known);
            if (since.isComplete() || !commits.has(known)) {
                since.oldestFirst().forEach(commit -> collectOne(commits, commit));
            } else {
                LOG.atWarn().addKeyValue("from", known).addKeyValue("to", head).log("change.range.whole");
                collect(commits, known, head, true);
            }
        }
        Difference difference = difference(commits);
        rules.removeIf(change -> change.isApproved || change.made.isUndone(head, difference));
        return open.values().removeIf(change -> change.made.isUndone(head, difference));
    }

    private void collectOne(CommitReader commits, CommitId commit) {
        commits.firstParent(commit).ifPresent(parent -> collect(commits, parent, commit, false));
    }

    private void collect(CommitReader commits, CommitId parent, CommitId commit, boolean isWhole) {
        Optional<Configuration> before = configurations
                .of(parent, commits)
                .or(() -> inForce)
                .or(() -> configurations.inForceAt(parent, commits));
        if (before.isEmpty()) {
            return; // nothing was in force that could have asked for an approval
        }
        inForce = before;
        rules.removeIf(change -> change.isApproved);
        Set<Configuration> judges = new LinkedHashSet<>();
        judges.add(before.get());
        rules.stream().limit(1).map(change -> change.made.trusted()).forEach(judges::add);
        Difference difference = difference(commits);
        CommittedChange made = CommittedChange.read(parent, commit, judges, difference);
        List<CommittedChange> earlier =
                open.values().stream().map(change -> change.made).toList();
        if (made.isEmpty() || made.isReversionOf(commit, earlier, difference)) {
            return;
        }
        Change change = new Change(commits.commit(commit), made, rules, isWhole);
        open.put(commit, change);
        if (made.mayChange(configurations.paths())) {
            rules.add(change);
        }
    }

    /** What owners and approvers of configurations approve; the values of grants have their own check. */
    private Difference difference(CommitReader commits) {
        return (from, to, configuration) -> {
            try {
                return new FileChangesReader(
                                new ChangeRange(commits, configuration.layout(), from, to, clone.deadline()),
                                branch.settings().environments(),
                                configurations.parsers())
                        .configurationChanges();
            } catch (BudgetExceeded _) {
                return CommittedChange.ANYTHING;
            }
        };
    }

    private void ask(Change change, Instant now) {
        change.askedAt = now;
        try {
            PullRequestEvaluation evaluation = evaluation(change);
            if (evaluation.verdict() == Evaluation.Verdict.ALLOWED) {
                change.isApproved = true;
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
        Optional<MergedPullRequest> merged =
                change.isWhole ? Optional.empty() : proposals.mergedPullRequestOf(change.commit.id());
        PullRequestEvaluation evaluation =
                evaluation(change, change.made.views().getFirst(), merged);
        return change.made
                .byTrusted()
                .filter(_ -> evaluation.verdict() == Evaluation.Verdict.ALLOWED)
                .map(view -> evaluation(change, view, merged))
                .filter(byTrusted -> byTrusted.verdict() != Evaluation.Verdict.ALLOWED && !areApproved(change.rules))
                .orElse(evaluation);
    }

    /** Whether the right people approved each change of the rules, also one that was taken back since. */
    private boolean areApproved(List<Change> changes) {
        return changes.size() <= MOST_RULES && changes.stream().allMatch(this::isApproved);
    }

    private boolean isApproved(Change change) {
        if (!change.isApproved) {
            change.isApproved = evaluation(change).verdict() == Evaluation.Verdict.ALLOWED;
        }
        return change.isApproved;
    }

    private static PullRequestEvaluation evaluation(
            Change change, CommittedChange.View view, Optional<MergedPullRequest> merged) {
        ManualPullRequest pullRequest = merged.map(pull -> new ManualPullRequest(
                        pull.number(),
                        pull.author(),
                        pull.head(),
                        pull.reviews(),
                        // the check of the open pull request asked for one more where nobody knew them
                        pull.pushers().known() ? pull.pushers() : Pushers.SERVICE,
                        view.files()))
                .orElseGet(() -> new ManualPullRequest(
                        0, Optional.empty(), change.commit.id(), List.of(), Pushers.SERVICE, view.files()));
        return PullRequestEvaluation.ofFiles(pullRequest, view.configuration().policy());
    }

    private static Map<EnvironmentName, String> reasons(List<Change> refused) {
        Map<EnvironmentName, String> reasons = new HashMap<>();
        refused.forEach(change -> change.made
                .environments()
                .forEach(environment -> reasons.put(
                        environment,
                        "commit " + change.commit.id().brief() + " changed its configuration without the approval that"
                                + " the policy asks for. It can be opened once its approvers have approved that pull"
                                + " request, or once the commit is reverted.")));
        return Map.copyOf(reasons);
    }

    private LayoutProblem problem(Change change) {
        return new LayoutProblem(
                LayoutProblem.Kind.UNAPPROVED,
                change.made.path(),
                change.refusal,
                change.commit.id(),
                change.commit.authorName());
    }
}
