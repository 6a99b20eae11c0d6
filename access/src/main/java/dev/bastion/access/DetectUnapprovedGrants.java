package dev.bastion.access;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Audience;
import dev.bastion.access.policy.EnvironmentRules;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.policy.ReviewTally;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.UnmetRequirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds what is open against what the policy asks for: a grant on an environment that wants approvals, and that came into
 * the ledger without them, is an alarm, whatever its commit says of itself. Commit messages are easily written; who
 * approved is asked of the forge.
 */
public final class DetectUnapprovedGrants {
    private final GrantLedger ledger;
    private final ProposalRepository proposals;
    private final Notifier notifier;
    /** Commits whose approvals were found once; they cannot be lost again. */
    private final Set<CommitId> proven = ConcurrentHashMap.newKeySet();

    public DetectUnapprovedGrants(GrantLedger ledger, ProposalRepository proposals, Notifier notifier) {
        this.ledger = ledger;
        this.proposals = proposals;
        this.notifier = notifier;
    }

    /**
     * One look at everything that is open.
     *
     * @throws LedgerUnreachable when the ledger could not be read
     * @throws ObservationFailed when the forge could not be asked
     */
    public void check() {
        LedgerSnapshot snapshot = ledger.read();
        FailureCollector failures = new FailureCollector();
        for (Grant grant : snapshot.openGrants()) {
            if (snapshot.policy().rulesOf(grant.environment()).approvals() > 0) {
                failures.attempt(() -> check(grant, snapshot.endSetBy(grant), snapshot.policy()));
            }
        }
        failures.throwIfAny();
    }

    private void check(Grant grant, CommitId endSetBy, AccessPolicy policy) {
        EnvironmentRules rules = policy.rulesOf(grant.environment());
        if (grant.approvalBasis() instanceof ApprovalBasis.BreakGlass glass) {
            notifier.usedBreakGlass(grant.with(believed(glass, grant, rules)), bypassedApprovers(grant, policy));
        } else {
            prove(grant, grant.openedBy(), policy);
        }
        if (isLongerThanOpened(grant, rules) && !endSetBy.equals(grant.openedBy())) {
            prove(grant, endSetBy, policy);
        }
    }

    private void prove(Grant grant, CommitId commit, AccessPolicy policy) {
        if (proven.contains(commit)) {
            return;
        }
        List<UnmetRequirement> missing = missing(grant, commit, policy);
        if (missing.isEmpty()) {
            proven.add(commit);
        } else {
            notifier.openWithoutApproval(grant, commit, missing);
        }
    }

    /** Longer than it could become without anybody approving that too. */
    private static boolean isLongerThanOpened(Grant grant, EnvironmentRules rules) {
        Duration covered = AccessPolicy.covered(grant, rules);
        Duration agreed = grant.approvalBasis() instanceof ApprovalBasis.Approved(var _, GrantDuration duration, var _)
                ? duration.length()
                : Duration.ZERO;
        return grant.total().compareTo(covered) > 0 && grant.total().compareTo(agreed) > 0;
    }

    /** That somebody approved after the fact counts from those alone who may, however it came into the ledger. */
    private static ApprovalBasis believed(ApprovalBasis.BreakGlass glass, Grant grant, EnvironmentRules rules) {
        return new ApprovalBasis.BreakGlass(glass.approvedBy()
                .filter(person -> rules.approvers().includes(person))
                .filter(person -> !person.is(grant.holder())));
    }

    /** Who would have been asked, and is told instead. */
    static List<Person> bypassedApprovers(Grant grant, AccessPolicy policy) {
        Audience approvers = policy.rulesOf(grant.environment()).approvers();
        return policy.people().membersOf(approvers).stream()
                .filter(person -> !person.is(grant.holder()))
                .toList();
    }

    private List<UnmetRequirement> missing(Grant grant, CommitId commit, AccessPolicy policy) {
        EnvironmentRules rules = policy.rulesOf(grant.environment());
        Optional<ProposalRepository.MergedPullRequest> mergedPullRequestOf = proposals.mergedPullRequestOf(commit);
        if (mergedPullRequestOf.isEmpty()) {
            return List.of(new UnmetRequirement.Approvals(0, rules.approvals()));
        }
        ProposalRepository.MergedPullRequest merged = mergedPullRequestOf.get();
        ReviewTally.Question question = new ReviewTally.Question(
                merged.number(), merged.head(), List.of(grant.holder()), rules.approvers(), Instant.MAX);
        ReviewTally count = ReviewTally.of(question, merged.reviews(), policy.people());
        return count.missing(rules.approvals());
    }
}
