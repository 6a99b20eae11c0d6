package dev.bastion.ledger.github;

import dev.bastion.access.CommitId;
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

    private final GithubCalls calls;
    private final RepositoryPath here;

    PullRequestReader(GithubCalls calls, RepositoryPath here) {
        this.calls = calls;
        this.here = here;
    }

    Optional<PullRequest> read(int number) throws IOException {
        Call call = Call.get(here.to("pulls", Integer.toString(number)));
        Reply reply = calls.answer(call);
        return reply.status() == 404
                ? Optional.empty()
                : Optional.of(
                        GithubCalls.successful(call, reply).as(Shape.Pull.class).read());
    }

    List<PullRequest> withHead(String branch) throws IOException {
        Call call = Call.get(here.to("pulls")).with("state", "all").with("head", here.owner() + ":" + branch);
        // an Enterprise server takes a filter that it does not understand for none
        return calls.all(call, Shape.Pull[].class).stream()
                .map(Shape.Pull::read)
                .filter(pull -> pull.fromHere() && pull.branch().equals(branch))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** Whatever was closed since then was changed since then: the list by change need not be read any further. */
    List<PullRequest> recent(String prefix, Instant since) throws IOException {
        Call pulls = Call.get(here.to("pulls"));
        List<Shape.Pull> open = calls.all(pulls.with("state", "open"), Shape.Pull[].class);
        List<Shape.Pull> closed = calls.pages(
                pulls.with("state", "closed").with("sort", "updated").with("direction", "desc"),
                Shape.Pull[].class,
                page -> page.stream().anyMatch(pull -> pull.touchedAt().isBefore(since)));
        Map<Integer, PullRequest> found = new LinkedHashMap<>();
        Stream.concat(open.stream(), closed.stream())
                .map(Shape.Pull::read)
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
        Call call = Call.get(here.to("pulls", Integer.toString(number), "reviews"));
        return calls.all(call, Shape.Review[].class).stream()
                .flatMap(review -> review.read().stream())
                .toList();
    }

    /** GitHub lists them newest first. */
    List<PostedStatus> statuses(CommitId commit) throws IOException {
        Map<Saying, PostedStatus> newest = new LinkedHashMap<>();
        for (Shape.Status status :
                calls.all(Call.get(here.to("commits", commit.value(), "statuses")), Shape.Status[].class)) {
            PostedStatus posted = status.read();
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
            Call events = Call.get(here.to("issues", Integer.toString(number), "events"));
            return calls.all(events, Shape.Event[].class).stream()
                    .filter(Shape.Event::isClosing)
                    .reduce((_, later) -> later)
                    .flatMap(closing -> Optional.ofNullable(closing.actor()))
                    .map(Shape.User::login);
        } catch (Refused e) {
            LOG.warn("forge.closer.unknown pull={} reason={}", number, e.getMessage());
            return Optional.empty();
        }
    }

    /** 422: GitHub has no such commit. */
    List<PullRequest> broughtBy(CommitId commit) throws IOException {
        try {
            return calls.all(Call.get(here.to("commits", commit.value(), "pulls")), Shape.Pull[].class).stream()
                    .map(Shape.Pull::read)
                    .filter(pull -> pull.state() instanceof PullRequest.State.Merged)
                    .sorted(NEWEST_FIRST)
                    .toList();
        } catch (Refused e) {
            if (e.status() == 422) {
                return List.of();
            }
            throw e;
        }
    }

    /** A file that was moved is changed in both places. */
    List<String> files(int number) throws IOException {
        List<String> paths = new ArrayList<>();
        for (Shape.File file :
                calls.all(Call.get(here.to("pulls", Integer.toString(number), "files")), Shape.File[].class)) {
            paths.add(file.filename());
            Optional.ofNullable(file.previousFilename()).ifPresent(paths::add);
        }
        return List.copyOf(paths);
    }

    List<PullRequests.RemoteHead> branches(String prefix) throws IOException {
        return calls.all(Call.get(here.toReferences("matching-refs", prefix)), Shape.Ref[].class).stream()
                .filter(ref -> ref.ref().startsWith(BRANCHES + prefix))
                .map(ref -> new PullRequests.RemoteHead(
                        ref.ref().substring(BRANCHES.length()),
                        new CommitId(ref.object().sha())))
                .toList();
    }
}
