package dev.bastion.sandbox.github.merge;

import dev.bastion.sandbox.github.git.Branches;
import dev.bastion.sandbox.github.git.MergeCommits;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/**
 * Whether pull requests can be merged without conflict. As on GitHub, it is computed in the background after the first
 * request for it.
 */
public final class Mergeability implements AutoCloseable {
    private final Branches branches;
    private final MergeCommits merging;
    private final PullRequestStore pulls;
    private final Map<Question, Trial> known = new ConcurrentHashMap<>();
    private final Set<Question> asked = ConcurrentHashMap.newKeySet();
    private final ExecutorService workers;

    private record Question(String base, String head) {}

    /** @param commit the tentative merge commit; empty when there are conflicts */
    record Trial(Optional<String> commit) {
        boolean isClean() {
            return commit.isPresent();
        }
    }

    /** @param workers compute it; closed with this */
    public Mergeability(Branches branches, MergeCommits merging, PullRequestStore pulls, ExecutorService workers) {
        this.workers = workers;
        this.branches = branches;
        this.merging = merging;
        this.pulls = pulls;
    }

    /** Empty until it is computed; the first call starts the computation. */
    Optional<Trial> of(PullRequest pull) {
        Question question = question(pull);
        Optional<Trial> answer = Optional.ofNullable(known.get(question));
        if (answer.isEmpty() && asked.add(question)) {
            workers.execute(() -> known.put(question, attempt(pull, question)));
        }
        return answer;
    }

    private Question question(PullRequest pull) {
        return new Question(branches.tip(pull.base()), pull.head());
    }

    private Trial attempt(PullRequest pull, Question question) {
        if (question.base().equals(Push.NOTHING)) {
            return new Trial(Optional.empty());
        }
        String message = "Merge " + question.head() + " into " + question.base();
        return new Trial(merging.merge(question.base(), question.head(), pull.author(), message, pulls.now()));
    }

    /** Waits for running computations: nothing writes into the repository afterwards. */
    @Override
    public void close() {
        workers.close();
    }
}
