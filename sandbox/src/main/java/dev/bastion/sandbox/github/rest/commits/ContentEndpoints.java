package dev.bastion.sandbox.github.rest.commits;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.github.git.CommitHistory;
import dev.bastion.sandbox.github.git.GitReplica;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.rest.ApiJson;
import dev.bastion.sandbox.github.rest.Endpoints;
import dev.bastion.sandbox.github.rest.JsonExchange;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The endpoint {@code /contents}: a file at any commit. */
public final class ContentEndpoints implements Endpoints {
    private final BareRepository repository;
    private final GitReplica replica;
    private final CommitHistory history;
    private final ApiJson apiJson;

    public ContentEndpoints(BareRepository repository, GitReplica replica, ApiJson apiJson) {
        this.repository = repository;
        this.replica = replica;
        this.history = new CommitHistory(repository);
        this.apiJson = apiJson;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        routes.get(root + "/repos/{owner}/{name}/contents/<path>", this::contents);
    }

    private void contents(Context request) {
        String path = request.pathParam("path");
        String ref = request.queryParam("ref");
        String commit = replica.resolve(ref == null ? BareRepository.DEFAULT_BRANCH : ref);
        if (commit.equals(Push.NOTHING)) {
            throw new GitHubException(404, "No commit found for the ref " + ref);
        }
        try (TreeWalk found =
                TreeWalk.forPath(repository.git(), path, history.commit(commit).getTree())) {
            if (found == null || found.isSubtree()) {
                throw GitHubException.notFound();
            }
            JsonExchange.send(request, 200, file(path, commit, found.getObjectId(0)));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + path + " at " + commit, failure);
        }
    }

    private Map<String, Object> file(String path, String commit, ObjectId blob) throws IOException {
        byte[] bytes = repository.git().open(blob).getBytes();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "file");
        json.put("encoding", "base64");
        json.put("size", bytes.length);
        json.put("name", path.substring(path.lastIndexOf('/') + 1));
        json.put("path", path);
        json.put("content", Base64.getMimeEncoder(60, "\n".getBytes(UTF_8)).encodeToString(bytes) + "\n");
        json.put("sha", blob.name());
        json.put("url", apiJson.inRepository("/contents/" + path + "?ref=" + commit));
        json.put("git_url", apiJson.inRepository("/git/blobs/" + blob.name()));
        json.put("html_url", apiJson.web("/" + apiJson.name() + "/blob/" + commit + "/" + path));
        json.put("download_url", apiJson.web("/raw/" + apiJson.name() + "/" + commit + "/" + path));
        json.put("_links", Map.of("git", json.get("git_url"), "self", json.get("url"), "html", json.get("html_url")));
        return json;
    }
}
