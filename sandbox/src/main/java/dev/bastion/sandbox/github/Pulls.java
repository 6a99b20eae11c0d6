package dev.bastion.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.PullRequestChange.Kind;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/** {@code /pulls}: listed, opened, read, edited; and what is in them. */
final class Pulls implements Resource {
    private final RepositoryName name;
    private final PullRequests pulls;
    private final Standing standing;
    private final PullShapes shapes;
    private final CommitShapes commits;

    Pulls(RepositoryName name, PullRequests pulls, Standing standing, PullShapes shapes, CommitShapes commits) {
        this.name = name;
        this.pulls = pulls;
        this.standing = standing;
        this.shapes = shapes;
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
        routes.get(all + "/{number}/comments", request -> {
            of(request);
            Answer.send(request, 200, List.of()); // nobody comments on single lines here
        });
    }

    private PullRequest of(Context request) {
        return pulls.numbered(Answer.number(request, "number"));
    }

    private void list(Context request) {
        String state = Optional.ofNullable(request.queryParam("state")).orElse("open");
        String head = Optional.ofNullable(request.queryParam("head")).orElse("");
        String base = Optional.ofNullable(request.queryParam("base")).orElse("");
        List<PullRequest> found = pulls.all().stream()
                .filter(pull -> state.equals("all") || state.equals("open") == pull.isOpen())
                .filter(pull -> head.isEmpty() || head.equals(name.owner() + ":" + pull.branch()))
                .filter(pull -> base.isEmpty() || base.equals(pull.base()))
                .sorted(order(request))
                .toList();
        Answer.send(
                request,
                200,
                Answer.page(request, found).stream().map(shapes::brief).toList());
    }

    /** What brought a commit into the default branch; of one that is not there, what would. */
    private void ofCommit(Context request) {
        String ref = request.pathParam("ref");
        List<PullRequest> found = standing.with(ref, pulls.all());
        Answer.send(
                request,
                200,
                Answer.page(request, found).stream().map(shapes::brief).toList());
    }

    private static Comparator<PullRequest> order(Context request) {
        Comparator<PullRequest> order = "updated".equals(request.queryParam("sort"))
                ? Comparator.comparing(PullRequest::updated).thenComparingInt(PullRequest::number)
                : Comparator.comparingInt(PullRequest::number);
        return "asc".equals(request.queryParam("direction")) ? order : order.reversed();
    }

    private void create(Context request) {
        JsonNode body = Answer.read(request);
        Proposal proposal = new Proposal(
                Answer.text(body, "title").strip(),
                Answer.text(body, "body"),
                branch(Answer.text(body, "head")),
                Answer.text(body, "base"));
        if (proposal.title().isEmpty()) {
            throw Problem.field("PullRequest", "title", "missing_field");
        }
        PullRequest pull = pulls.open(Rest.caller(request), proposal);
        Answer.send(request, 201, shapes.whole(pull));
    }

    /** {@code owner:branch} means the same as {@code branch}; another owner's branches are not here. */
    private String branch(String head) {
        int colon = head.indexOf(':');
        boolean ours = colon < 0 || head.substring(0, colon).equalsIgnoreCase(name.owner());
        return ours ? head.substring(colon + 1) : "";
    }

    private void show(Context request) {
        PullRequest pull = of(request);
        if (Optional.ofNullable(request.header("Accept")).orElse("").contains("diff")) {
            request.contentType("application/vnd.github.v3.diff; charset=utf-8").result(standing.diff(pull));
        } else {
            Answer.send(request, 200, shapes.whole(pull));
        }
    }

    private void edit(Context request) {
        PullRequest pull = of(request);
        JsonNode body = Answer.read(request);
        edit(pull, body, Rest.caller(request));
        Answer.send(request, 200, shapes.whole(pull));
    }

    /** Also what {@code PATCH /issues/{number}} does. */
    void edit(PullRequest pull, JsonNode body, Account who) {
        pulls.locked(() -> {
            if (body.hasNonNull("title") || body.hasNonNull("body")) {
                pull.edit(
                        body.hasNonNull("title") ? Answer.text(body, "title") : pull.title(),
                        body.hasNonNull("body") ? Answer.text(body, "body") : pull.body());
                pulls.told(pull, Kind.EDITED);
            }
            switch (Answer.text(body, "state")) {
                case "closed" -> pulls.close(pull, who);
                case "open" -> pulls.reopen(pull, who);
                case "" -> {}
                default -> throw Problem.field("PullRequest", "state", "invalid");
            }
            return pull;
        });
    }

    private void files(Context request) {
        PullRequest pull = of(request);
        List<FileChange> files = Answer.page(request, standing.files(pull));
        Answer.send(
                request,
                200,
                files.stream().map(file -> commits.file(file, pull.head())).toList());
    }

    private void commits(Context request) {
        List<RevCommit> page = Answer.page(request, standing.commits(of(request)));
        Answer.send(request, 200, page.stream().map(commits::commit).toList());
    }
}
