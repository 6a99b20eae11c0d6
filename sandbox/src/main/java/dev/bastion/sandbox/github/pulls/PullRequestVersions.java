package dev.bastion.sandbox.github.pulls;

import dev.bastion.sandbox.github.fault.GitHubException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The pull requests as REST shows them: while GitHub lags, each as it was before the changes that are not shown. One that
 * was opened a moment ago is not there.
 */
public final class PullRequestVersions {
    private final PullRequestStore pulls;
    private final Predicate<Instant> isShown;
    private final Map<Integer, List<PullRequest>> versions = new HashMap<>();

    /** @param isShown whether REST shows what was written at a moment */
    public PullRequestVersions(PullRequestStore pulls, Predicate<Instant> isShown) {
        this.pulls = pulls;
        this.isShown = isShown;
        pulls.onChange(change -> add(change.pullRequest()));
    }

    private synchronized void add(PullRequest pull) {
        versions.computeIfAbsent(pull.number(), _ -> new ArrayList<>()).add(pull.copy());
    }

    /** Newest first. */
    public List<PullRequest> all() {
        return pulls.all().stream().flatMap(pull -> shown(pull).stream()).toList();
    }

    public PullRequest byNumber(int number) {
        return shown(pulls.byNumber(number)).orElseThrow(GitHubException::notFound);
    }

    private synchronized Optional<PullRequest> shown(PullRequest pull) {
        if (isShown.test(pull.updated())) {
            return Optional.of(pull);
        }
        return versions.getOrDefault(pull.number(), List.of()).reversed().stream()
                .filter(version -> isShown.test(version.updated()))
                .findFirst();
    }
}
