package dev.bastion.github.pulls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequestReview;
import dev.bastion.github.PullRequests;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.kohsuke.github.GHIssueEvent;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GHUser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reading half of {@link PullRequests}: one request for each page, and no other. */
final class PullRequestReader {
    private static final Logger LOG = LoggerFactory.getLogger(PullRequestReader.class);
    private static final Comparator<PullRequest> NEWEST_FIRST =
            Comparator.comparingInt(PullRequest::number).reversed();
    private static final String BRANCHES = "refs/heads/";
    private static final String PULLS = "pulls";

    private final GithubClient github;

    PullRequestReader(GithubClient github) {
        this.github = github;
    }

    Optional<PullRequest> read(int number) throws IOException {
        GHRepository repository = github.repository();
        try {
            return Optional.of(PullRequestMapper.read(repository.getPullRequest(number)));
        } catch (GithubRejected e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The pull requests, of any state, whose head is this branch of this repository; newest first. */
    List<PullRequest> withHead(String branch) throws IOException {
        String owner = owner();
        // an Enterprise server takes a filter that it does not understand for none
        List<PullRequest> found = mapped(
                list(Map.of("state", "all", "head", owner + ":" + branch), _ -> false),
                pull -> pull.fromHere() && pull.branch().equals(branch));
        // a redirect keeps the old owner in the filter, which then matches nothing
        boolean transferred = !owner().equals(owner);
        return transferred ? withHead(branch) : found;
    }

    private String owner() throws IOException {
        return github.repository().getFullName().split("/")[0];
    }

    List<PullRequest> recent(Instant since) throws IOException {
        List<GHPullRequest> listed = new ArrayList<>(list(Map.of("state", "open"), _ -> false));
        listed.addAll(changedSince(since, "closed"));
        return mapped(listed, _ -> true);
    }

    /** Keeps the order of the list by update, which is not the order of the numbers. */
    List<PullRequest> changedSince(Instant moment) throws IOException {
        List<PullRequest> changed = new ArrayList<>();
        for (GHPullRequest pull : changedSince(moment, "all")) {
            changed.add(PullRequestMapper.read(pull));
        }
        return List.copyOf(changed);
    }

    private List<GHPullRequest> changedSince(Instant moment, String state) throws IOException {
        return list(
                        Map.of("state", state, "sort", "updated", "direction", "desc"),
                        page -> page.stream().anyMatch(each -> updatedAt(each).isBefore(moment)))
                .stream()
                .filter(pull -> !updatedAt(pull).isBefore(moment))
                .toList();
    }

    private static Instant updatedAt(GHPullRequest pull) {
        try {
            return pull.getUpdatedAt().toInstant();
        } catch (IOException e) {
            throw new IllegalStateException("a detached object sends nothing", e);
        }
    }

    private List<GHPullRequest> list(Map<String, String> query, Predicate<List<GHPullRequest>> enough)
            throws IOException {
        return github.rest().list(GHPullRequest[].class, query, enough, PULLS);
    }

    /** Newest first; one that was closed between two lists is in both, and the later list counts. */
    private static List<PullRequest> mapped(List<GHPullRequest> listed, Predicate<PullRequest> wanted)
            throws IOException {
        Map<Integer, PullRequest> found = new LinkedHashMap<>();
        for (GHPullRequest each : listed) {
            PullRequest pull = PullRequestMapper.read(each);
            if (wanted.test(pull)) {
                found.put(pull.number(), pull);
            }
        }
        return found.values().stream().sorted(NEWEST_FIRST).toList();
    }

    List<PullRequestReview> reviews(int number) throws IOException {
        return github.rest().list(JsonNode[].class, PULLS, Integer.toString(number), "reviews").stream()
                .flatMap(review -> PullRequestMapper.review(review).stream())
                .toList();
    }

    /**
     * The last account that closed it, by the events of its issue. Reading them takes no more permission than reading pull
     * requests, unlike the issue itself.
     */
    Optional<String> closedBy(int number) throws IOException {
        try {
            return github.rest().list(GHIssueEvent[].class, "issues", Integer.toString(number), "events").stream()
                    .filter(event -> event.getEvent().equals("closed"))
                    .reduce((_, later) -> later)
                    .map(GHIssueEvent::getActor)
                    .map(GHUser::getLogin);
        } catch (GithubRejected e) {
            LOG.atWarn()
                    .addKeyValue("pull", number)
                    .addKeyValue("reason", e.getMessage())
                    .log("github.closer-unknown");
            return Optional.empty();
        }
    }

    /** One page of each: everybody who can comment decides how much there is to read. */
    String words(int number, String login, Instant since) throws IOException {
        String pull = Integer.toString(number);
        Map<String, String> lately =
                Map.of("since", Timestamps.wholeSeconds(since).toString());
        return Stream.concat(
                        firstPage(Map.of(), PULLS, pull, "reviews").stream(),
                        firstPage(lately, "issues", pull, "comments").stream())
                .filter(said ->
                        GithubLogin.areSame(said.path("user").path("login").asText(""), login))
                .filter(said -> !said.path("body").asText("").isBlank())
                .max(Comparator.comparing(PullRequestReader::saidAt))
                .map(said -> said.path("body").asText())
                .orElse("");
    }

    private List<JsonNode> firstPage(Map<String, String> query, String... path) throws IOException {
        return github.rest().list(JsonNode[].class, query, _ -> true, path);
    }

    /** As GitHub writes it, which sorts like the time. */
    private static String saidAt(JsonNode said) {
        return said.path("submitted_at").asText(said.path("created_at").asText(""));
    }

    /** 422: GitHub has no such commit. */
    List<PullRequest> mergedPullRequestOf(CommitId commit) throws IOException {
        try {
            return mapped(
                    github.rest().list(GHPullRequest[].class, "commits", commit.value(), PULLS),
                    pull -> pull.state() instanceof PullRequest.State.Merged);
        } catch (GithubRejected e) {
            if (e.status() == 422) {
                return List.of();
            }
            throw e;
        }
    }

    List<PullRequests.RemoteHead> branches(String prefix) throws IOException {
        return github.rest().matchingBranches(prefix).stream()
                .filter(ref -> ref.getRef().startsWith(BRANCHES + prefix))
                .map(ref -> new PullRequests.RemoteHead(
                        ref.getRef().substring(BRANCHES.length()),
                        new CommitId(Objects.requireNonNull(ref.getObject()).getSha())))
                .toList();
    }
}
