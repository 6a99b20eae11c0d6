package dev.bastion.github.pulls;

import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequestReview;
import dev.bastion.github.PullRequests;
import dev.bastion.github.client.ApiCall;
import dev.bastion.github.client.ApiModel;
import dev.bastion.github.client.ApiResponse;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import dev.bastion.github.client.RepositoryPath;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@link PullRequests} reads, each as GitHub lists it. */
final class PullRequestReader {
    private static final Logger LOG = LoggerFactory.getLogger(PullRequestReader.class);
    private static final Comparator<PullRequest> NEWEST_FIRST =
            Comparator.comparingInt(PullRequest::number).reversed();
    private static final String BRANCHES = "refs/heads/";

    private final GithubClient calls;
    private final RepositoryPath here;

    PullRequestReader(GithubClient calls, RepositoryPath here) {
        this.calls = calls;
        this.here = here;
    }

    Optional<PullRequest> read(int number) throws IOException {
        ApiCall call = ApiCall.get(here.to("pulls", Integer.toString(number)));
        ApiResponse reply = calls.answer(call);
        return reply.status() == 404
                ? Optional.empty()
                : Optional.of(GithubClient.successful(call, reply)
                        .as(ApiModel.Pull.class)
                        .read());
    }

    List<PullRequest> withHead(String branch) throws IOException {
        ApiCall call = ApiCall.get(here.to("pulls")).with("state", "all").with("head", here.owner() + ":" + branch);
        // an Enterprise server takes a filter that it does not understand for none
        return calls.all(call, ApiModel.Pull[].class).stream()
                .map(ApiModel.Pull::read)
                .filter(pull -> pull.fromHere() && pull.branch().equals(branch))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** Whatever was closed since then was changed since then: the list by change need not be read any further. */
    List<PullRequest> recent(String prefix, Instant since) throws IOException {
        ApiCall pulls = ApiCall.get(here.to("pulls"));
        List<ApiModel.Pull> open = calls.all(pulls.with("state", "open"), ApiModel.Pull[].class);
        List<ApiModel.Pull> closed = calls.pages(
                pulls.with("state", "closed").with("sort", "updated").with("direction", "desc"),
                ApiModel.Pull[].class,
                page -> page.stream().anyMatch(pull -> pull.touchedAt().isBefore(since)));
        Map<Integer, PullRequest> found = new LinkedHashMap<>();
        Stream.concat(open.stream(), closed.stream())
                .map(ApiModel.Pull::read)
                .filter(pull -> pull.branch().startsWith(prefix) && !isOver(pull, since))
                // one that was closed between the two lists is in both: the later word counts
                .forEach(pull -> found.put(pull.number(), pull));
        return found.values().stream().sorted(NEWEST_FIRST).toList();
    }

    private static boolean isOver(PullRequest pull, Instant since) {
        return switch (pull.state()) {
            case PullRequest.State.Open _ -> false;
            case PullRequest.State.Closed(Instant at) -> at.isBefore(since);
            case PullRequest.State.Merged(var _, var _, Instant at) -> at.isBefore(since);
        };
    }

    List<PullRequestReview> reviews(int number) throws IOException {
        ApiCall call = ApiCall.get(here.to("pulls", Integer.toString(number), "reviews"));
        return calls.all(call, ApiModel.Review[].class).stream()
                .flatMap(review -> review.read().stream())
                .toList();
    }

    /** GitHub lists them newest first. */
    List<CommitStatus> statuses(CommitId commit) throws IOException {
        Map<Saying, CommitStatus> newest = new LinkedHashMap<>();
        for (ApiModel.Status status :
                calls.all(ApiCall.get(here.to("commits", commit.value(), "statuses")), ApiModel.Status[].class)) {
            CommitStatus posted = status.read();
            newest.putIfAbsent(new Saying(posted.context(), posted.by()), posted);
        }
        return List.copyOf(newest.values());
    }

    /** Whoever says something anew replaces what they said before, and nothing of anybody else's. */
    private record Saying(String context, String by) {}

    /**
     * Its events say so, oldest first, to whoever may read pull requests; its issue says so too, but to those alone who may
     * read issues. Who does not get to know it still knows that it was closed.
     */
    Optional<String> closedBy(int number) throws IOException {
        try {
            ApiCall events = ApiCall.get(here.to("issues", Integer.toString(number), "events"));
            return calls.all(events, ApiModel.Event[].class).stream()
                    .filter(ApiModel.Event::isClosing)
                    .reduce((_, later) -> later)
                    .flatMap(closing -> Optional.ofNullable(closing.actor()))
                    .map(ApiModel.User::login);
        } catch (GithubRejected e) {
            LOG.warn("forge.closer.unknown pull={} reason={}", number, e.getMessage());
            return Optional.empty();
        }
    }

    /** 422: GitHub has no such commit. */
    List<PullRequest> mergedPullRequestOf(CommitId commit) throws IOException {
        try {
            return calls.all(ApiCall.get(here.to("commits", commit.value(), "pulls")), ApiModel.Pull[].class).stream()
                    .map(ApiModel.Pull::read)
                    .filter(pull -> pull.state() instanceof PullRequest.State.Merged)
                    .sorted(NEWEST_FIRST)
                    .toList();
        } catch (GithubRejected e) {
            if (e.status() == 422) {
                return List.of();
            }
            throw e;
        }
    }

    /** A file that was moved is changed in both places. */
    List<String> files(int number) throws IOException {
        List<String> paths = new ArrayList<>();
        for (ApiModel.File file :
                calls.all(ApiCall.get(here.to("pulls", Integer.toString(number), "files")), ApiModel.File[].class)) {
            paths.add(file.filename());
            Optional.ofNullable(file.previousFilename()).ifPresent(paths::add);
        }
        return List.copyOf(paths);
    }

    List<PullRequests.RemoteHead> branches(String prefix) throws IOException {
        return calls.all(ApiCall.get(here.toReferences("matching-refs", prefix)), ApiModel.Ref[].class).stream()
                .filter(ref -> ref.ref().startsWith(BRANCHES + prefix))
                .map(ref -> new PullRequests.RemoteHead(
                        ref.ref().substring(BRANCHES.length()),
                        new CommitId(ref.object().sha())))
                .toList();
    }
}
