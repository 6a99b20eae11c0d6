package dev.bastion.sandbox.github.rest.pulls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.git.FileChange;
import dev.bastion.sandbox.github.git.GitReplica;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.git.RepositoryName;
import dev.bastion.sandbox.github.merge.PullRequestDetails;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestStore;
import dev.bastion.sandbox.github.pulls.PullRequestVersions;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rest.RestApi;
import dev.bastion.sandbox.github.rest.commits.CommitJson;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.revwalk.RevCommit;

/** The endpoints {@code /pulls}: list, open, read and edit pull requests, and list their files and commits. */
public final class PullRequestEndpoints implements Endpoints {
    private final RepositoryName name;
    private final PullRequestStore pulls;
    private final PullRequestVersions shown;
    private final GitReplica replica;
    private final PullRequestDetails details;
    private final PullRequestJson pullJson;
    private final CommitJson commits;

    public PullRequestEndpoints(
            RepositoryName name,
            PullRequestStore pulls,
            PullRequestVersions shown,
            GitReplica replica,
            PullRequestDetails details,
            PullRequestJson pullJson,
            CommitJson commits) {
        this.name = name;
        this.pulls = pulls;
        this.shown = shown;
        this.replica = replica;
        this.details = details;
        this.pullJson = pullJson;
        this.commits = commits;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String all = root + "/repos/{owner}/{name}/pulls";
        routes.get(all, this::list);
        routes.post(all, this::create);
        routes.get(all + "/{number}", this::show);
        routes.patch(all + "/{number}", this::edit);
        routes.get(all + "/{number}/files", this::files);
        routes.get(all + "/{number}/commits", this::commits);
        routes.get(root + "/repos/{owner}/{name}/commits/<ref>/pulls", this::ofCommit);
        routes.get(all + "/{number}/comments", this::threads);
    }

    private PullRequest of(Context request) {
        return pulls.byNumber(JsonExchange.number(request, "number"));
    }

    private void threads(Context request) {
        PullRequest pull = shown(request);
        JsonExchange.send(
                request,
                200,
                JsonExchange.page(request, pull.threads()).stream()
                        .map(thread -> pullJson.thread(pull, thread))
                        .toList());
    }

    private PullRequest shown(Context request) {
        return shown.byNumber(JsonExchange.number(request, "number"));
    }

    private void list(Context request) {
        String state = Optional.ofNullable(request.queryParam("state")).orElse("open");
        String head = Optional.ofNullable(request.queryParam("head")).orElse("");
        String base = Optional.ofNullable(request.queryParam("base")).orElse("");
        List<PullRequest> found = shown.all().stream()
                .filter(pull -> state.equals("all") || state.equals("open") == pull.isOpen())
                .filter(pull -> head.isEmpty() || head.equals(name.owner() + ":" + pull.branch()))
                .filter(pull -> base.isEmpty() || base.equals(pull.base()))
                .sorted(order(request))
                .toList();
        JsonExchange.send(
                request,
                200,
                JsonExchange.page(request, found).stream().map(pullJson::brief).toList());
    }

    /** What brought a commit into the default branch; of one that is not there, what would. */
    private void ofCommit(Context request) {
        String ref = request.pathParam("ref");
        List<PullRequest> found = details.with(ref, shown.all());
        JsonExchange.send(
                request,
                200,
                JsonExchange.page(request, found).stream().map(pullJson::brief).toList());
    }

    private static Comparator<PullRequest> order(Context request) {
        Comparator<PullRequest> order = "updated".equals(request.queryParam("sort"))
                ? Comparator.comparing(PullRequest::updated).thenComparingInt(PullRequest::number)
                : Comparator.comparingInt(PullRequest::number);
        return "asc".equals(request.queryParam("direction")) ? order : order.reversed();
    }

    private void create(Context request) {
        JsonNode body = JsonExchange.read(request);
        NewPullRequest proposal = new NewPullRequest(
                JsonExchange.text(body, "title").strip(),
                JsonExchange.text(body, "body"),
                branch(JsonExchange.text(body, "head")),
                JsonExchange.text(body, "base"));
        if (proposal.title().isEmpty()) {
            throw GitHubException.field("PullRequest", "title", "missing_field");
        }
        if (replica.resolve(Constants.R_HEADS + proposal.branch()).equals(Push.NOTHING)) {
            throw GitHubException.field("PullRequest", "head", "invalid");
        }
        PullRequest pull = pulls.open(RestApi.caller(request), proposal);
        JsonExchange.send(request, 201, pullJson.whole(pull));
    }

    /** {@code owner:branch} means the same as {@code branch}; another owner's branches are not here. */
    private String branch(String head) {
        int colon = head.indexOf(':');
        boolean ours = colon < 0 || head.substring(0, colon).equalsIgnoreCase(name.owner());
        return ours ? head.substring(colon + 1) : "";
    }

    private void show(Context request) {
        PullRequest pull = shown(request);
        if (Optional.ofNullable(request.header("Accept")).orElse("").contains("diff")) {
            request.contentType("application/vnd.github.v3.diff; charset=utf-8").result(details.diff(pull));
        } else {
            JsonExchange.send(request, 200, pullJson.whole(pull));
        }
    }

    private void edit(Context request) {
        PullRequest pull = of(request);
        JsonNode body = JsonExchange.read(request);
        edit(pull, body, RestApi.caller(request));
        JsonExchange.send(request, 200, pullJson.whole(pull));
    }

    /** Also what {@code PATCH /issues/{number}} does. */
    void edit(PullRequest pull, JsonNode body, Account who) {
        pulls.locked(() -> {
            if (body.hasNonNull("title") || body.hasNonNull("body")) {
                pulls.edit(
                        pull,
                        body.hasNonNull("title") ? JsonExchange.text(body, "title") : pull.title(),
                        body.hasNonNull("body") ? JsonExchange.text(body, "body") : pull.body());
            }
            switch (JsonExchange.text(body, "state")) {
                case "closed" -> pulls.close(pull, who);
                case "open" -> pulls.reopen(pull, who);
                case "" -> {}
                default -> throw GitHubException.field("PullRequest", "state", "invalid");
            }
            return pull;
        });
    }

    private void files(Context request) {
        PullRequest pull = shown(request);
        List<FileChange> files = JsonExchange.page(request, details.files(pull));
        JsonExchange.send(
                request,
                200,
                files.stream().map(file -> commits.file(file, pull.head())).toList());
    }

    private void commits(Context request) {
        List<RevCommit> page = JsonExchange.page(request, details.commits(shown(request)));
        JsonExchange.send(request, 200, page.stream().map(commits::commit).toList());
    }
}
