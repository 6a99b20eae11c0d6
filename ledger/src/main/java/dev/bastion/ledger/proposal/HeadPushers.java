package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import dev.bastion.github.PullRequests.HeadPush;
import dev.bastion.ledger.git.object.CommitReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pushers of pull requests: one call for each new head, since a head's pushes do not change. Everyone who pushed a commit of
 * the pull request counts, not only the last one: a person can be led to push on top of another's commit.
 */
public final class HeadPushers {
    /** GitHub's record of a push may come some seconds after the push. */
    private static final Duration ASK_AGAIN_AFTER = Duration.ofMinutes(1);
    /** Beyond so many commits, every push to the branch counts. */
    private static final int MOST_COMMITS = 1000;

    private final PullRequests pulls;
    private final ProposalClone clone;
    private final InstantSource clock;
    private final Map<Head, Answer> known = new ConcurrentHashMap<>();

    private record Head(int number, CommitId commit) {}

    private record Answer(Pushers pushers, Instant at) {}

    public HeadPushers(PullRequests pulls, ProposalClone clone, InstantSource clock) {
        this.pulls = pulls;
        this.clone = clone;
        this.clock = clock;
    }

    /** @param base the commit that the pull request is, or was, merged into; empty when it is not known */
    Pushers of(PullRequest pull, Optional<CommitId> base) {
        Head head = new Head(pull.number(), pull.head());
        Instant now = clock.instant();
        Answer before = known.get(head);
        if (before != null
                && (before.pushers().known() || now.isBefore(before.at().plus(ASK_AGAIN_AFTER)))) {
            return before.pushers();
        }
        Pushers pushers = among(pulls.pushes(pull), pull.head(), base);
        known.put(head, new Answer(pushers, now));
        return pushers;
    }

    void forgetAllBut(Collection<Integer> numbers) {
        known.keySet().removeIf(head -> !numbers.contains(head.number()));
    }

    private Pushers among(List<HeadPush> pushes, CommitId head, Optional<CommitId> base) {
        if (pushes.stream().noneMatch(push -> push.commit().equals(head))) {
            return Pushers.UNKNOWN;
        }
        Optional<Set<CommitId>> commits = clone.read(reader -> between(reader, base, head));
        return Pushers.of(pushes.stream()
                .filter(push -> commits.map(own -> own.contains(push.commit())).orElse(true)
                        || push.commit().equals(head))
                .map(HeadPush::login)
                .distinct()
                .toList());
    }

    /** The commits of the pull request; empty when they cannot be told from others. */
    private static Optional<Set<CommitId>> between(CommitReader commits, Optional<CommitId> base, CommitId head) {
        return base.filter(commits::has)
                .filter(_ -> commits.has(head))
                .flatMap(from -> commits.ancestry().onlyIn(head, from, MOST_COMMITS));
    }
}
