package dev.bastion.sandbox.github.rest.commits;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.Accounts;
import dev.bastion.sandbox.github.git.FileChange;
import dev.bastion.sandbox.github.rest.ApiJson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** GitHub's JSON of commits and changed files. */
public final class CommitJson {
    private static final Pattern NO_REPLY = Pattern.compile("\\d+\\+(.+)@users\\.noreply\\.github\\.com");

    private final ApiJson apiJson;
    private final Accounts accounts;

    public CommitJson(ApiJson apiJson, Accounts accounts) {
        this.apiJson = apiJson;
        this.accounts = accounts;
    }

    public Map<String, Object> commit(RevCommit commit) {
        Map<String, Object> git = new LinkedHashMap<>();
        git.put("author", person(commit.getAuthorIdent()));
        git.put("committer", person(commit.getCommitterIdent()));
        git.put("message", commit.getFullMessage());
        git.put("tree", reference("/git/trees/", commit.getTree().name()));
        git.put("url", apiJson.inRepository("/git/commits/" + commit.name()));
        git.put("comment_count", 0);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sha", commit.name());
        json.put("node_id", "C_" + commit.name());
        json.put("commit", git);
        json.put("url", apiJson.inRepository("/commits/" + commit.name()));
        json.put("comments_url", apiJson.inRepository("/commits/" + commit.name() + "/comments"));
        json.put("html_url", apiJson.web("/" + apiJson.name() + "/commit/" + commit.name()));
        json.put("author", account(commit.getAuthorIdent()));
        json.put("committer", account(commit.getCommitterIdent()));
        json.put(
                "parents",
                Arrays.stream(commit.getParents())
                        .map(parent -> reference("/commits/", parent.name()))
                        .toList());
        return json;
    }

    public Map<String, Object> file(FileChange file, String commit) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sha", file.blob());
        json.put("filename", file.path());
        json.put("status", file.status());
        json.put("additions", file.additions());
        json.put("deletions", file.deletions());
        json.put("changes", file.additions() + file.deletions());
        json.put("blob_url", apiJson.web("/" + apiJson.name() + "/blob/" + commit + "/" + file.path()));
        json.put("raw_url", apiJson.web("/" + apiJson.name() + "/raw/" + commit + "/" + file.path()));
        json.put("contents_url", apiJson.inRepository("/contents/" + file.path() + "?ref=" + commit));
        if (!file.patch().isEmpty()) {
            json.put("patch", file.patch());
        }
        if (!file.previous().equals(file.path())) {
            json.put("previous_filename", file.previous());
        }
        return json;
    }

    private Map<String, Object> reference(String path, String id) {
        return Map.of("sha", id, "url", apiJson.inRepository(path + id));
    }

    private static Map<String, Object> person(PersonIdent who) {
        return Map.of(
                "name", who.getName(),
                "email", who.getEmailAddress(),
                "date", who.getWhenAsInstant().toString());
    }

    /** Whose account an address is: GitHub knows only those that it gave out itself. */
    private @Nullable Map<String, Object> account(PersonIdent who) {
        Matcher address = NO_REPLY.matcher(who.getEmailAddress());
        Optional<Account> owner = address.matches() ? accounts.byLogin(address.group(1)) : Optional.empty();
        return owner.map(apiJson::account).orElse(null);
    }
}
