package dev.bastion.access;

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
    /** Grants whose approvals were found once; they cannot be lost again. */
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
        for (Grant grant : snapshot.openGrants()) {
            if (snapshot.policy().rulesOf(grant.environment()).approvals() > 0 && !proven.contains(grant.openedBy())) {
                check(grant, snapshot.policy());
            }
        }
    }

    private void check(Grant grant, AccessPolicy policy) {
        EnvironmentRules rules = policy.rulesOf(grant.environment());
        if (grant.consent() instanceof Consent.BrokenGlass) {
            announcer.brokeGlass(grant, notWaitedFor(grant, policy));
            return;
        }
        List<Wanting> missing = missing(grant, rules, policy.people());
        if (missing.isEmpty()) {
            proven.add(grant.openedBy());
        } else {
            announcer.openWithoutApproval(grant, missing);
        }
    }

    /** Who would have been asked, and is told instead. */
    static List<Person> notWaitedFor(Grant grant, AccessPolicy policy) {
        Audience approvers = policy.rulesOf(grant.environment()).approvers();
        return policy.people().membersOf(approvers).stream()
                .filter(person -> !person.is(grant.holder()))
                .toList();
    }

    private List<Wanting> missing(Grant grant, EnvironmentRules rules, KnownPeople people) {
        Optional<ProposalBoard.MergedPullRequest> broughtBy = board.broughtBy(grant.openedBy());
        if (broughtBy.isEmpty()) {
            return List.of(new Wanting.Approvals(0, rules.approvals()));
        }
        ProposalBoard.MergedPullRequest merged = broughtBy.get();
        ReviewCount.Question question = new ReviewCount.Question(
                merged.number(), merged.head(), grant.holder(), rules.approvers(), Instant.MAX);
        ReviewCount count = ReviewCount.of(question, merged.reviews(), people);
        return count.missing(rules.approvals());
    }
}
