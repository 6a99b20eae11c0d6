package dev.bastion.ledger.github;

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
final class SmallPullRequests implements SmallGithub.Part {
    static final String NOW = "2026-01-15T11:00:00Z";
    private static final String PULLS = "/repos/acme/environments/pulls";
    private static final String ISSUE = "/repos/acme/environments/issues/\\d+";

    /** Who can be asked for a review. */
    final Set<String> collaborators = new TreeSet<>(List.of("janeroe", "johndoe"));

    final Map<String, String> branches = new TreeMap<>();
    final Set<String> labels = new TreeSet<>();
    private final Map<Integer, SmallPull> pulls = new TreeMap<>();

    SmallPull open(String branch) {
        SmallPull pull = new SmallPull(pulls.size() + 1, branch);
        pulls.put(pull.number, pull);
        branches.put(branch, pull.head);
        return pull;
    }

    SmallPull numbered(int number) {
        return Optional.ofNullable(pulls.get(number)).orElseThrow();
    }

    @Override
    public Optional<Said> apply(Asked asked) {
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
                    .orElseGet(() -> Said.message(404, "Not Found")));
        }
        if (asked.is("GET", "/repos/acme/environments/commits/[0-9a-f]{40}/pulls")) {
            return Optional.of(broughtBy(asked.part(1)));
        }
        return elsewhere(asked);
    }

    private Said list(Asked asked) {
        String state = asked.query("state");
        Comparator<SmallPull> order = asked.query("sort").equals("updated")
                ? Comparator.comparing(pull -> pull.updatedAt)
                : Comparator.comparingInt(pull -> pull.number);
        return Said.list(pulls.values().stream()
                .filter(pull -> state.equals("all") || state.equals("open") == pull.isOpen())
                .filter(pull -> asked.query("head").isEmpty()
                        || asked.query("head").equals(pull.repository.split("/")[0] + ":" + pull.branch))
                .sorted(order.reversed())
                .map(SmallPull::brief)
                .toList());
    }

    private Said create(JsonNode body) {
        String branch = body.path("head").asText();
        if (!branches.containsKey(branch)) {
            return Said.invalid("head invalid");
        }
        if (pulls.values().stream().anyMatch(pull -> pull.isOpen() && pull.branch.equals(branch))) {
            return Said.invalid("A pull request already exists for acme:" + branch + ".");
        }
        if (branches.get(branch).equals(branches.get(body.path("base").asText()))) {
            return Said.invalid("No commits between main and " + branch);
        }
        SmallPull pull = new SmallPull(pulls.size() + 1, branch);
        pull.head = Optional.ofNullable(branches.get(branch)).orElseThrow();
        pull.base = body.path("base").asText();
        pull.title = body.path("title").asText();
        pulls.put(pull.number, pull);
        return Said.of(201, pull.whole());
    }

    private Said about(SmallPull pull, Asked asked) {
        String what = asked.method() + " " + asked.path().replaceFirst(".*/(pulls|issues)/\\d+", "$1");
        return switch (what) {
            case "GET pulls" -> Said.of(200, pull.whole());
            case "GET pulls/reviews" -> Said.list(pull.reviews);
            case "GET pulls/files" -> Said.list(pull.files);
            case "PATCH pulls" -> close(pull);
            case "PUT pulls/merge" -> merge(pull, asked.json());
            case "POST pulls/requested_reviewers" -> ask(pull, asked.json());
            case "GET issues/events" -> Said.list(pull.events);
            case "POST issues/comments" -> comment(pull, asked.json());
            case "POST issues/labels" -> label(pull, asked.json());
            default -> Said.message(404, "Not Found");
        };
    }

    private static Said close(SmallPull pull) {
        if (pull.mergedAt != null) {
            return Said.invalid("state cannot be changed. The pull request is merged.");
        }
        pull.close("bastion-bot", NOW);
        return Said.of(200, pull.whole());
    }

    private static Said merge(SmallPull pull, JsonNode body) {
        if (!pull.isOpen()) {
            return Said.message(405, "Pull Request is not mergeable");
        }
        if (!body.path("sha").asText().equals(pull.head)) {
            return Said.message(409, "Head branch was modified. Review and try the merge again.");
        }
        pull.merged("c".repeat(40), "bastion-bot", NOW);
        return Said.of(200, SmallShapes.json("sha", pull.mergedAs, "merged", true));
    }

    private Said ask(SmallPull pull, JsonNode body) {
        List<String> logins = new ArrayList<>();
        body.path("reviewers").forEach(login -> logins.add(login.asText()));
        if (!collaborators.containsAll(logins)) {
            return Said.message(
                    422,
                    "Reviews may only be requested from collaborators. One or more of the users or"
                            + " teams you specified is not a collaborator of the acme/environments repository.");
        }
        pull.reviewers.addAll(logins);
        return Said.of(201, pull.brief());
    }

    private static Said comment(SmallPull pull, JsonNode body) {
        pull.comments.add(body.path("body").asText());
        return Said.of(201, SmallShapes.json("id", pull.comments.size()));
    }

    private Said label(SmallPull pull, JsonNode body) {
        String label = body.path("labels").path(0).asText();
        if (!labels.contains(label)) {
            return Said.message(404, "Not Found");
        }
        pull.labels.add(label);
        return Said.of(200, List.of());
    }

    private Said broughtBy(String commit) {
        return Said.list(pulls.values().stream()
                .filter(pull -> commit.equals(pull.mergedAs) || commit.equals(pull.head))
                .map(SmallPull::brief)
                .toList());
    }

    private Optional<Said> elsewhere(Asked asked) {
        if (asked.is("POST", "/repos/acme/environments/labels")) {
            return Optional.of(
                    labels.add(asked.json().path("name").asText())
                            ? Said.of(201, SmallShapes.json("id", 1))
                            : Said.invalid("already_exists"));
        }
        if (asked.is("DELETE", "/repos/acme/environments/git/refs/heads/.+")) {
            boolean was = branches.remove(asked.path().replaceFirst(".*/heads/", "")) != null;
            return Optional.of(was ? Said.nothing() : Said.message(422, "Reference does not exist"));
        }
        if (asked.is("GET", "/repos/acme/environments/git/matching-refs/heads/.+")) {
            String prefix = asked.path().replaceFirst(".*/heads/", "");
            return Optional.of(Said.list(branches.entrySet().stream()
                    .filter(branch -> branch.getKey().startsWith(prefix))
                    .map(branch -> SmallShapes.json(
                            "ref",
                            "refs/heads/" + branch.getKey(),
                            "object",
                            SmallShapes.json("type", "commit", "sha", branch.getValue())))
                    .toList()));
        }
        return Optional.empty();
    }
}
