package dev.bastion.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Pull requests as GitHub documents them, as far as a proposal needs them. */
public final class FakePullRequests implements FakeGithub.Part {
    public static final String NOW = "2026-01-15T11:00:00Z";
    private static final String PULLS = "/repos/acme/environments/pulls";
    private static final String ISSUE = "/repos/acme/environments/issues/\\d+";

    /** Who can be asked for a review. */
    public final Set<String> collaborators = new TreeSet<>(List.of("janeroe", "johndoe"));

    public final Map<String, String> branches = new TreeMap<>();
    public final Set<String> labels = new TreeSet<>();
    private final Map<Integer, FakePull> pulls = new TreeMap<>();

    public FakePull open(String branch) {
        FakePull pull = new FakePull(pulls.size() + 1, branch);
        pulls.put(pull.number, pull);
        branches.put(branch, pull.head);
        return pull;
    }

    public FakePull numbered(int number) {
        return Optional.ofNullable(pulls.get(number)).orElseThrow();
    }

    @Override
    public Optional<FakeResponse> apply(RecordedRequest asked) {
        if (asked.is("GET", PULLS)) {
            return Optional.of(list(asked));
        }
        if (asked.is("POST", PULLS)) {
            return Optional.of(create(asked.json()));
        }
        if (asked.path().matches("(" + PULLS + "/\\d+|" + ISSUE + ").*")) {
            String number = asked.path().replaceFirst(".*/(?:pulls|issues)/(\\d+).*", "$1");
            return Optional.of(Optional.ofNullable(pulls.get(Integer.parseInt(number)))
                    .map(pull -> about(pull, asked))
                    .orElseGet(() -> FakeResponse.message(404, "Not Found")));
        }
        if (asked.is("GET", "/repos/acme/environments/commits/[0-9a-f]{40}/pulls")) {
            return Optional.of(mergedPullRequestOf(asked.part(1)));
        }
        return elsewhere(asked);
    }

    private FakeResponse list(RecordedRequest asked) {
        String state = asked.query("state");
        Comparator<FakePull> order = asked.query("sort").equals("updated")
                ? Comparator.comparing(pull -> pull.updatedAt)
                : Comparator.comparingInt(pull -> pull.number);
        return FakeResponse.list(pulls.values().stream()
                .filter(pull -> state.equals("all") || state.equals("open") == pull.isOpen())
                .filter(pull -> asked.query("head").isEmpty()
                        || asked.query("head").equals(pull.repository.split("/")[0] + ":" + pull.branch))
                .sorted(order.reversed())
                .map(FakePull::brief)
                .toList());
    }

    private FakeResponse create(JsonNode body) {
        String branch = body.path("head").asText();
        if (!branches.containsKey(branch)) {
            return FakeResponse.invalid("head invalid");
        }
        if (pulls.values().stream().anyMatch(pull -> pull.isOpen() && pull.branch.equals(branch))) {
            return FakeResponse.invalid("A pull request already exists for acme:" + branch + ".");
        }
        if (branches.get(branch).equals(branches.get(body.path("base").asText()))) {
            return FakeResponse.invalid("No commits between main and " + branch);
        }
        FakePull pull = new FakePull(pulls.size() + 1, branch);
        pull.head = Optional.ofNullable(branches.get(branch)).orElseThrow();
        pull.base = body.path("base").asText();
        pull.title = body.path("title").asText();
        pulls.put(pull.number, pull);
        return FakeResponse.of(201, pull.whole());
    }

    private FakeResponse about(FakePull pull, RecordedRequest asked) {
        String what = asked.method() + " " + asked.path().replaceFirst(".*/(pulls|issues)/\\d+", "$1");
        return switch (what) {
            case "GET pulls" -> FakeResponse.of(200, pull.whole());
            case "GET pulls/reviews" -> FakeResponse.list(pull.reviews);
            case "PATCH pulls" -> close(pull);
            case "PUT pulls/merge" -> merge(pull, asked.json());
            case "POST pulls/requested_reviewers" -> ask(pull, asked.json());
            case "GET issues/events" -> FakeResponse.list(pull.events);
            case "GET issues/comments" -> FakeResponse.list(pull.written);
            case "POST issues/comments" -> comment(pull, asked.json());
            case "POST issues/labels" -> label(pull, asked.json());
            default -> FakeResponse.message(404, "Not Found");
        };
    }

    private static FakeResponse close(FakePull pull) {
        if (pull.mergedAt != null) {
            return FakeResponse.invalid("state cannot be changed. The pull request is merged.");
        }
        pull.close("bastion-bot", NOW);
        return FakeResponse.of(200, pull.whole());
    }

    private static FakeResponse merge(FakePull pull, JsonNode body) {
        if (!pull.isOpen()) {
            return FakeResponse.message(405, "Pull Request is not mergeable");
        }
        if (!body.path("sha").asText().equals(pull.head)) {
            return FakeResponse.message(409, "Head branch was modified. Review and try the merge again.");
        }
        pull.merged("c".repeat(40), "bastion-bot", NOW);
        return FakeResponse.of(200, FakeShapes.json("sha", pull.mergedAs, "merged", true));
    }

    private FakeResponse ask(FakePull pull, JsonNode body) {
        List<String> logins = new ArrayList<>();
        body.path("reviewers").forEach(login -> logins.add(login.asText()));
        if (!collaborators.containsAll(logins)) {
            return FakeResponse.message(
                    422,
                    "Reviews may only be requested from collaborators. One or more of the users or"
                            + " teams you specified is not a collaborator of the acme/environments repository.");
        }
        pull.reviewers.addAll(logins);
        return FakeResponse.of(201, pull.brief());
    }

    private static FakeResponse comment(FakePull pull, JsonNode body) {
        pull.comments.add(body.path("body").asText());
        return FakeResponse.of(201, FakeShapes.json("id", pull.comments.size()));
    }

    private FakeResponse label(FakePull pull, JsonNode body) {
        String label = body.path("labels").path(0).asText();
        if (!labels.contains(label)) {
            return FakeResponse.message(404, "Not Found");
        }
        pull.labels.add(label);
        return FakeResponse.of(200, List.of());
    }

    private FakeResponse mergedPullRequestOf(String commit) {
        return FakeResponse.list(pulls.values().stream()
                .filter(pull -> commit.equals(pull.mergedAs) || commit.equals(pull.head))
                .map(FakePull::brief)
                .toList());
    }

    private Optional<FakeResponse> elsewhere(RecordedRequest asked) {
        if (asked.is("POST", "/repos/acme/environments/labels")) {
            return Optional.of(
                    labels.add(asked.json().path("name").asText())
                            ? FakeResponse.of(201, FakeShapes.json("id", 1))
                            : FakeResponse.invalid("already_exists"));
        }
        if (asked.is("DELETE", "/repos/acme/environments/git/refs/heads/.+")) {
            boolean was = branches.remove(asked.path().replaceFirst(".*/heads/", "")) != null;
            return Optional.of(was ? FakeResponse.nothing() : FakeResponse.message(422, "Reference does not exist"));
        }
        if (asked.is("GET", "/repos/acme/environments/git/matching-refs/heads/.+")) {
            String prefix = asked.path().replaceFirst(".*/heads/", "");
            return Optional.of(FakeResponse.list(branches.entrySet().stream()
                    .filter(branch -> branch.getKey().startsWith(prefix))
                    .map(branch -> FakeShapes.json(
                            "ref",
                            "refs/heads/" + branch.getKey(),
                            "object",
                            FakeShapes.json("type", "commit", "sha", branch.getValue())))
                    .toList()));
        }
        return Optional.empty();
    }
}
