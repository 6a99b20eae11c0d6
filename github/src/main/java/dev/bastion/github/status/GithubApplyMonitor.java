package dev.bastion.github.status;

import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.port.ApplyMonitor;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.client.GithubRepository;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHCommitStatus;
import org.kohsuke.github.GHException;

/**
 * Reads what CI says of a commit from its statuses on GitHub. Success is asked for once; a failure is asked for again,
 * because people run what failed once more.
 */
public final class GithubApplyMonitor implements ApplyMonitor, AutoCloseable {
    private record Question(EnvironmentName environment, CommitId commit) {}

    private final GithubRepository github;
    private final Map<Question, ApplyStatus> reviewed = new ConcurrentHashMap<>();

    public GithubApplyMonitor(GithubSettings settings) {
        this.github = new GithubRepository(settings);
    }

    @Override
    public ApplyStatus reportOn(EnvironmentName environment, CommitId commit) {
        Question question = new Question(environment, commit);
        ApplyStatus known = reviewed.get(question);
        if (known != null) {
            return known;
        }
        ApplyStatus report = ask(question);
        if (report instanceof ApplyStatus.Succeeded) {
            reviewed.put(question, report);
        }
        return report;
    }

    private ApplyStatus ask(Question question) {
        String context = StatusContext.of(question.environment());
        try {
            // newest first: the first of a context is the one that counts
            for (GHCommitStatus status :
                    github.repository().listCommitStatuses(question.commit().value())) {
                if (context.equals(status.getContext())) {
                    return report(status);
                }
            }
            return new ApplyStatus.Unknown();
        } catch (IOException | GHException e) {
            throw new ObservationFailed(
                    "reading the statuses of commit " + question.commit().brief(), e);
        }
    }

    private static ApplyStatus report(GHCommitStatus status) {
        Optional<URI> run = address(status.getTargetUrl());
        return switch (status.getState()) {
            case PENDING -> new ApplyStatus.Running(run);
            case SUCCESS -> new ApplyStatus.Succeeded(run);
            case FAILURE, ERROR -> new ApplyStatus.Failed(said(status.getDescription()), run);
        };
    }

    private static String said(@Nullable String description) {
        return description == null || description.isBlank() ? "CI does not say" : description;
    }

    private static Optional<URI> address(@Nullable String url) {
        try {
            return url == null || url.isBlank() ? Optional.empty() : Optional.of(URI.create(url));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        github.close();
    }
}
