package dev.bastion.access;

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
public final class CheckConsent {
    private final GrantLedger ledger;
    private final ProposalBoard board;
    private final Announcer announcer;
    /** Commits whose approvals were found once; they cannot be lost again. */
    private final Set<CommitId> proven = ConcurrentHashMap.newKeySet();

    public CheckConsent(GrantLedger ledger, ProposalBoard board, Announcer announcer) {
        this.ledger = ledger;
        this.board = board;
        this.announcer = announcer;
    }

    /**
     * One look at everything that is open.
     *
     * @throws LedgerUnreachable when the ledger could not be read
     * @throws ObservationFailed when the forge could not be asked
     */
    public void check() {
        LedgerSnapshot snapshot = ledger.read();
        Failures failures = new Failures();
        for (Grant grant : snapshot.openGrants()) {
            if (snapshot.policy().rulesOf(grant.environment()).approvals() > 0) {
                failures.outlive(() -> check(grant, snapshot.endSetBy(grant), snapshot.policy()));
            }
        }
        failures.tellTheLast();
    }

    private void check(Grant grant, CommitId endSetBy, AccessPolicy policy) {
        EnvironmentRules rules = policy.rulesOf(grant.environment());
        if (grant.consent() instanceof Consent.BrokenGlass glass) {
            announcer.brokeGlass(grant.with(believed(glass, grant, rules)), notWaitedFor(grant, policy));
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
        List<Wanting> missing = missing(grant, commit, policy);
        if (missing.isEmpty()) {
            proven.add(commit);
        } else {
            announcer.openWithoutApproval(grant, commit, missing);
        }
    }

    /** Longer than it could become without anybody approving that too. */
    private static boolean isLongerThanOpened(Grant grant, EnvironmentRules rules) {
        Duration covered = AccessPolicy.covered(grant, rules);
        Duration agreed = grant.consent() instanceof Consent.Approved(var _, GrantDuration duration, var _)
                ? duration.length()
                : Duration.ZERO;
        return grant.total().compareTo(covered) > 0 && grant.total().compareTo(agreed) > 0;
    }

    /** That somebody approved after the fact counts from those alone who may, however it came into the ledger. */
    private static Consent believed(Consent.BrokenGlass glass, Grant grant, EnvironmentRules rules) {
        return new Consent.BrokenGlass(glass.endorsedBy()
                .filter(person -> rules.approvers().includes(person))
                .filter(person -> !person.is(grant.holder())));
    }

    /** Who would have been asked, and is told instead. */
    static List<Person> notWaitedFor(Grant grant, AccessPolicy policy) {
        Audience approvers = policy.rulesOf(grant.environment()).approvers();
        return policy.people().membersOf(approvers).stream()
                .filter(person -> !person.is(grant.holder()))
                .toList();
    }

    private List<Wanting> missing(Grant grant, CommitId commit, AccessPolicy policy) {
        EnvironmentRules rules = policy.rulesOf(grant.environment());
        Optional<ProposalBoard.MergedPullRequest> broughtBy = board.broughtBy(commit);
        if (broughtBy.isEmpty()) {
            return List.of(new Wanting.Approvals(0, rules.approvals()));
        }
        ProposalBoard.MergedPullRequest merged = broughtBy.get();
        ReviewCount.Question question = new ReviewCount.Question(
                merged.number(), merged.head(), List.of(grant.holder()), rules.approvers(), Instant.MAX);
        ReviewCount count = ReviewCount.of(question, merged.reviews(), policy.people());
        return count.missing(rules.approvals());
    }
}
