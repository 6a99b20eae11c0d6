package dev.bastion.sandbox.github.rest.commits;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.github.git.Branches;
import dev.bastion.sandbox.github.git.CommitHistory;
import dev.bastion.sandbox.github.git.GitReplica;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import dev.bastion.sandbox.github.rest.RestApi;
import dev.bastion.sandbox.github.rules.RulesetEnforcer;
import dev.bastion.sandbox.github.rules.Violations;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/** The endpoints {@code /git/refs}: create, move and delete branches. */
public final class RefEndpoints implements Endpoints {
    private final BareRepository repository;
    private final GitReplica replica;
    private final Branches branches;
    private final CommitHistory history;
    private final RulesetEnforcer rules;
    private final ApiJson apiJson;

    public RefEndpoints(
            BareRepository repository, GitReplica replica, Branches branches, RulesetEnforcer rules, ApiJson apiJson) {
        this.repository = repository;
        this.replica = replica;
        this.branches = branches;
        this.history = new CommitHistory(repository);
        this.rules = rules;
        this.apiJson = apiJson;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        String git = root + "/repos/{owner}/{name}/git";
        routes.post(git + "/refs", this::create);
        routes.get(git + "/ref/<ref>", request -> JsonExchange.send(request, 200, existing(request)));
        routes.get(git + "/refs/<ref>", request -> JsonExchange.send(request, 200, existing(request)));
        routes.get(git + "/matching-refs/<ref>", this::matching);
        routes.patch(git + "/refs/<ref>", this::update);
        routes.delete(git + "/refs/<ref>", this::delete);
    }

    private Map<String, Object> existing(Context request) {
        String ref = Constants.R_REFS + request.pathParam("ref");
        String commit = replica.resolve(ref);
        if (commit.equals(Push.NOTHING)) {
            throw GitHubException.notFound();
        }
        return shape(ref, commit);
    }

    private void matching(Context request) {
        String prefix = Constants.R_REFS + request.pathParam("ref");
        List<Map<String, Object>> found = replica.branches().stream()
                .map(branch -> Constants.R_HEADS + branch)
                .filter(ref -> ref.startsWith(prefix))
                .map(ref -> shape(ref, replica.resolve(ref)))
                .toList();
        JsonExchange.send(request, 200, found);
    }

    private void create(Context request) {
        JsonNode body = JsonExchange.read(request);
        String ref = JsonExchange.text(body, "ref");
        String sha = JsonExchange.text(body, "sha");
        if (!ref.startsWith(Constants.R_HEADS) || !Repository.isValidRefName(ref)) {
            throw GitHubException.unprocessable(
                    "Reference name must start with 'refs/' and have at least two slashes and be well-formed.");
        }
        if (!sha.matches("[0-9a-f]{40}") || !repository.has(sha)) {
            throw GitHubException.unprocessable("Object does not exist");
        }
        move(request, ref, Push.NOTHING, sha, "Reference already exists");
        JsonExchange.send(request, 201, shape(ref, sha));
    }

    private void update(Context request) {
        JsonNode body = JsonExchange.read(request);
        String ref = Constants.R_REFS + request.pathParam("ref");
        String sha = JsonExchange.text(body, "sha");
        String before = mustExist(ref);
        if (!sha.matches("[0-9a-f]{40}") || !repository.has(sha)) {
            throw GitHubException.unprocessable("Object does not exist");
        }
        if (!body.path("force").asBoolean(false) && !history.descendsFrom(sha, before)) {
            throw GitHubException.unprocessable("Update is not a fast forward");
        }
        move(request, ref, before, sha, "Reference cannot be updated");
        JsonExchange.send(request, 200, shape(ref, sha));
    }

    private void delete(Context request) {
        String ref = Constants.R_REFS + request.pathParam("ref");
        move(request, ref, mustExist(ref), Push.NOTHING, "Reference cannot be deleted");
        JsonExchange.sendNothing(request);
    }

    private String mustExist(String ref) {
        String commit = ref.startsWith(Constants.R_HEADS) ? repository.resolve(ref) : Push.NOTHING;
        if (commit.equals(Push.NOTHING)) {
            throw GitHubException.unprocessable("Reference does not exist");
        }
        return commit;
    }

    private void move(Context request, String ref, String from, String to, String otherwise) {
        String branch = ref.substring(Constants.R_HEADS.length());
        Account caller = RestApi.caller(request);
        Violations violations = rules.violations(new Push(branch, from, to), caller);
        if (!violations.isEmpty()) {
            throw GitHubException.unprocessable(violations.message());
        }
        if (!branches.move(branch, from, to, caller)) {
            throw GitHubException.unprocessable(otherwise);
        }
    }

    private Map<String, Object> shape(String ref, String commit) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ref", ref);
        json.put("node_id", "REF_" + ref);
        json.put("url", apiJson.inRepository("/git/" + ref));
        json.put(
                "object",
                Map.of("type", "commit", "sha", commit, "url", apiJson.inRepository("/git/commits/" + commit)));
        return json;
    }
}
