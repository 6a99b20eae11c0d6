package dev.bastion.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /pulls/{number}/merge}: makes it so. */
final class Merges implements Resource {
    private final RepositoryName name;
    private final PullRequests pulls;
    private final Branches branches;
    private final Merging merging;
    private final Rulebook rules;
    private final Faults faults;

    Merges(RepositoryName name, PullRequests pulls, Branches branches, Merging merging, Rulebook rules, Faults faults) {
        this.name = name;
        this.pulls = pulls;
        this.branches = branches;
        this.merging = merging;
        this.rules = rules;
        this.faults = faults;
    }

    /**
     * How somebody wants it merged.
     *
     * @param method merge, squash or rebase
     * @param title the commit's first line, empty for GitHub's own; {@code message} the rest
     * @param sha the head it must have, empty for any
     */
    record Wish(String method, String title, String message, String sha) {
        static final Wish PLAIN = new Wish("merge", "", "", "");
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String merge = root + "/repos/{owner}/{name}/pulls/{number}/merge";
        routes.put(merge, this::merge);
        routes.get(merge, this::isMerged);
    }

    private void isMerged(Context request) {
        if (!(pulls.numbered(Answer.number(request, "number")).fate() instanceof Fate.Merged)) {
            throw Problem.notFound();
        }
        Answer.sendNothing(request);
    }

    private void merge(Context request) {
        JsonNode body = Answer.readIfAny(request);
        String method = Answer.text(body, "merge_method");
        String commit = merge(
                pulls.numbered(Answer.number(request, "number")),
                Rest.caller(request),
                new Wish(
                        method.isEmpty() ? "merge" : method,
                        Answer.text(body, "commit_title"),
                        Answer.text(body, "commit_message"),
                        Answer.text(body, "sha")));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sha", commit);
        json.put("merged", true);
        json.put("message", "Pull Request successfully merged");
        Answer.send(request, 200, json);
    }

    /** The commit that the base branch has then. */
    String merge(PullRequest pull, Account who, Wish wish) {
        return pulls.locked(() -> {
            String base = branches.tip(pull.base());
            mayMerge(pull, base, who, wish);
            String commit =
                    commit(pull, base, who, wish).orElseThrow(() -> new Problem(405, "Pull Request is not mergeable"));
            if (!branches.set(pull.base(), base, commit, who)) {
                throw baseModified();
            }
            // before anybody hears that the branch moved: they find the pull request merged
            pulls.merged(pull, who, base, commit);
            branches.tell(new Push(pull.base(), base, commit), who);
            return commit;
        });
    }

    private void mayMerge(PullRequest pull, String base, Account who, Wish wish) {
        if (!pull.isOpen()) {
            throw new Problem(405, "Pull Request is not mergeable");
        }
        if (!wish.sha().isEmpty() && !wish.sha().equals(pull.head())) {
            throw new Problem(409, "Head branch was modified. Review and try the merge again.");
        }
        if (faults.takeModifiedBase()) {
            throw baseModified();
        }
        List<String> violations = rules.against(pull, base, who);
        if (!violations.isEmpty()) {
            throw new Problem(405, "Repository rule violations found\n\n" + String.join("\n\n", violations) + "\n\n");
        }
    }

    private static Problem baseModified() {
        return new Problem(405, "Base branch was modified. Review and try the merge again.");
    }

    private Optional<String> commit(PullRequest pull, String base, Account who, Wish wish) {
        Instant now = pulls.now();
        return switch (wish.method()) {
            case "merge" ->
                merging.merge(
                        base,
                        pull.head(),
                        who,
                        message(
                                wish.title(),
                                "Merge pull request #" + pull.number() + " from " + name.owner() + "/" + pull.branch(),
                                wish.message().isEmpty() ? pull.title() : wish.message()),
                        now);
            case "squash" ->
                merging.squash(
                        base,
                        pull.head(),
                        pull.author(),
                        message(wish.title(), pull.title() + " (#" + pull.number() + ")", wish.message()),
                        now);
            case "rebase" -> merging.rebase(base, pull.head(), who, now);
            default ->
                throw Problem.unprocessable("Invalid request.\n\n" + wish.method()
                        + " is not a member of [\"merge\", \"squash\", \"rebase\"].");
        };
    }

    private static String message(String title, String otherwise, String rest) {
        String first = title.isEmpty() ? otherwise : title;
        return rest.isEmpty() ? first : first + "\n\n" + rest;
    }
}
