package dev.bastion.sandbox.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;

/** {@code /contents}: files, at any commit. */
final class Contents implements Resource {
    private final BareRepository repository;
    private final History history;
    private final Shapes shapes;

    Contents(BareRepository repository, Shapes shapes) {
        this.repository = repository;
        this.history = new History(repository);
        this.shapes = shapes;
    }

    @Override
    public void mount(RoutesConfig routes, String root) {
        routes.get(root + "/repos/{owner}/{name}/contents/<path>", this::contents);
    }

    private void contents(Context request) {
        String path = request.pathParam("path");
        String ref = request.queryParam("ref");
        String commit = repository.resolve(ref == null ? BareRepository.DEFAULT_BRANCH : ref);
        if (commit.equals(Push.NOTHING)) {
            throw new Problem(404, "No commit found for the ref " + ref);
        }
        try (TreeWalk found =
                TreeWalk.forPath(repository.git(), path, history.commit(commit).getTree())) {
            if (found == null || found.isSubtree()) {
                throw Problem.notFound();
            }
            Answer.send(request, 200, file(path, commit, found.getObjectId(0)));
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
        json.put("url", shapes.inRepository("/contents/" + path + "?ref=" + commit));
        json.put("git_url", shapes.inRepository("/git/blobs/" + blob.name()));
        json.put("html_url", shapes.web("/" + shapes.name() + "/blob/" + commit + "/" + path));
        return json;
    }
}
