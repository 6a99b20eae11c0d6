package dev.bastion.ledger.proposal;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot.Mergeability;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.github.MergeRules;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pace of merges. GitHub's {@code blocked} does not say whether the service may bypass the rule that blocks, so the merge
 * call decides. After a refusal the next attempt waits, longer each time, unless GitHub's state of the pull request changes.
 */
final class MergeAttempts {
    private static final Logger LOG = LoggerFactory.getLogger(MergeAttempts.class);
    /** How long a required check that binds the service, like its own {@code bastion/policy}, may take to be seen. */
    private static final Duration PENDING_FOR = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(8);
    /** An attempt costs five calls of the twelve that a minute may cost. */
    private static final int GROWTH = 4;

    /**
     * A merge that is not tried before a moment, as long as the pull request is as it was.
     *
     * @param why what people are shown
     */
    private record Hold(
            CommitId head, PullRequest.Mergeability seen, Mergeability why, Duration pause, Instant until) {}

    private final PullRequests pulls;
    private final String base;
    private final InstantSource clock;
    private final Map<Integer, Hold> holds = new ConcurrentHashMap<>();
    private final Map<Integer, PullRequest.Mergeability> lastSeen = new ConcurrentHashMap<>();

    /** @param base the branch that proposals are merged into */
    MergeAttempts(PullRequests pulls, String base, InstantSource clock) {
        this.pulls = pulls;
        this.base = base;
        this.clock = clock;
    }

    void forgetAllBut(Collection<Integer> numbers) {
        holds.keySet().retainAll(numbers);
        lastSeen.keySet().retainAll(numbers);
    }

    /** @param pull read by itself just now, or cached since it was */
    Mergeability of(PullRequest pull) {
        lastSeen.put(pull.number(), pull.mergeability());
        return switch (pull.mergeability()) {
            case UNKNOWN -> new Mergeability.Unknown();
            case CONFLICTING -> new Mergeability.Conflicting();
            case CLEAN -> held(pull).orElseGet(Mergeability.Clean::new);
            case BLOCKED -> held(pull).orElseGet(Mergeability.Blocked::new);
        };
    }

    private Optional<Mergeability> held(PullRequest pull) {
        return Optional.ofNullable(holds.get(pull.number()))
                .filter(hold -> hold.head().equals(pull.head()) && hold.seen() == pull.mergeability())
                .filter(hold -> clock.instant().isBefore(hold.until()))
                .map(Hold::why);
    }

    /**
     * What an approved proposal waits for before its first attempt: GitHub shows it as blocked, and a rule that the service
     * may not bypass can still be met.
     */
    Optional<UnmetRequirement> pending(Proposal proposal) {
        boolean isFirst = Optional.ofNullable(holds.get(proposal.number()))
                .filter(hold -> hold.head().equals(proposal.head()))
                .isEmpty();
        boolean isBlocked = lastSeen.get(proposal.number()) == PullRequest.Mergeability.BLOCKED;
        if (!isFirst || !isBlocked || !rules().mayBePending()) {
            return Optional.empty();
        }
        hold(proposal, new Mergeability.Pending(), Duration.ZERO, PENDING_FOR);
        return Optional.of(new UnmetRequirement.Forge(false));
    }

    /** After GitHub refused for a reason in its rules. */
    UnmetRequirement refused(Proposal proposal, String answer) {
        return refused(proposal, answer, lastRemedy(proposal, answer).orElseGet(() -> rules().remedy(answer)));
    }

    /** Whether GitHub refused the same head with the same words before: the pull request is open, as it was read for this. */
    boolean isRepeated(Proposal proposal, String answer) {
        Hold last = holds.get(proposal.number());
        return last != null
                && last.head().equals(proposal.head())
                && lastRemedy(proposal, answer).isPresent();
    }

    /** The same answer needs no other read of the rules. */
    private Optional<String> lastRemedy(Proposal proposal, String answer) {
        Hold last = holds.get(proposal.number());
        return last != null
                        && last.why() instanceof Mergeability.Refused(String before, String remedy)
                        && before.equals(answer)
                ? Optional.of(remedy)
                : Optional.empty();
    }

    UnmetRequirement refused(Proposal proposal, String answer, String remedy) {
        Duration last = Optional.ofNullable(holds.get(proposal.number()))
                .filter(hold -> hold.head().equals(proposal.head()) && hold.seen() == seen(proposal))
                .map(Hold::pause)
                .orElse(Duration.ZERO);
        Duration longer = last.isZero() ? FIRST_PAUSE : last.multipliedBy(GROWTH);
        Duration pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        hold(proposal, new Mergeability.Refused(answer, remedy), pause, pause);
        LOG.atWarn()
                .addKeyValue("pull", proposal.number())
                .addKeyValue("answer", answer)
                .addKeyValue("remedy", remedy)
                .addKeyValue("next", pause)
                .log("proposal.merge_refused");
        return new UnmetRequirement.MergeRefused(answer, remedy);
    }

    private void hold(Proposal proposal, Mergeability why, Duration pause, Duration until) {
        holds.put(
                proposal.number(),
                new Hold(
                        proposal.head(),
                        seen(proposal),
                        why,
                        pause,
                        clock.instant().plus(until)));
    }

    private PullRequest.Mergeability seen(Proposal proposal) {
        return lastSeen.getOrDefault(proposal.number(), PullRequest.Mergeability.UNKNOWN);
    }

    /** None where they cannot be read: the merge call decides anyway. */
    private MergeRules rules() {
        try {
            return pulls.mergeRules(base);
        } catch (ObservationFailed e) {
            LOG.atWarn().addKeyValue("branch", base).setCause(e).log("proposal.merge_rules.unknown");
            return new MergeRules(List.of());
        }
    }
}
