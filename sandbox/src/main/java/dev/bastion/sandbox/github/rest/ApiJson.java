package dev.bastion.sandbox.github.rest;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.github.git.RepositoryName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** GitHub's JSON of accounts and the repository, and the addresses that all JSON contains. */
public final class ApiJson {
    private static final String CREATED = "2020-01-01T00:00:00Z";
    private static final List<String> COUNTS = List.of(
            "forks",
            "forks_count",
            "open_issues",
            "open_issues_count",
            "size",
            "stargazers_count",
            "watchers",
            "watchers_count");

    /** The links of an account that are no more than an address, with their paths below the account's. */
    private static final Map<String, String> ACCOUNT_LINKS = Map.of(
            "followers_url", "/followers",
            "following_url", "/following{/other_user}",
            "gists_url", "/gists{/gist_id}",
            "starred_url", "/starred{/owner}{/repo}",
            "subscriptions_url", "/subscriptions",
            "organizations_url", "/orgs",
            "repos_url", "/repos",
            "events_url", "/events{/privacy}",
            "received_events_url", "/received_events");

    /** The same of a repository. */
    private static final Map<String, String> REPOSITORY_LINKS = Map.ofEntries(
            Map.entry("archive_url", "/{archive_format}{/ref}"),
            Map.entry("assignees_url", "/assignees{/user}"),
            Map.entry("blobs_url", "/git/blobs{/sha}"),
            Map.entry("branches_url", "/branches{/branch}"),
            Map.entry("collaborators_url", "/collaborators{/collaborator}"),
            Map.entry("comments_url", "/comments{/number}"),
            Map.entry("commits_url", "/commits{/sha}"),
            Map.entry("compare_url", "/compare/{base}...{head}"),
            Map.entry("contents_url", "/contents/{+path}"),
            Map.entry("contributors_url", "/contributors"),
            Map.entry("deployments_url", "/deployments"),
            Map.entry("downloads_url", "/downloads"),
            Map.entry("events_url", "/events"),
            Map.entry("forks_url", "/forks"),
            Map.entry("git_commits_url", "/git/commits{/sha}"),
            Map.entry("git_refs_url", "/git/refs{/sha}"),
            Map.entry("git_tags_url", "/git/tags{/sha}"),
            Map.entry("hooks_url", "/hooks"),
            Map.entry("issue_comment_url", "/issues/comments{/number}"),
            Map.entry("issue_events_url", "/issues/events{/number}"),
            Map.entry("issues_url", "/issues{/number}"),
            Map.entry("keys_url", "/keys{/key_id}"),
            Map.entry("labels_url", "/labels{/name}"),
            Map.entry("languages_url", "/languages"),
            Map.entry("merges_url", "/merges"),
            Map.entry("milestones_url", "/milestones{/number}"),
            Map.entry("notifications_url", "/notifications{?since,all,participating}"),
            Map.entry("pulls_url", "/pulls{/number}"),
            Map.entry("releases_url", "/releases{/id}"),
            Map.entry("stargazers_url", "/stargazers"),
            Map.entry("statuses_url", "/statuses/{sha}"),
            Map.entry("subscribers_url", "/subscribers"),
            Map.entry("subscription_url", "/subscription"),
            Map.entry("tags_url", "/tags"),
            Map.entry("teams_url", "/teams"),
            Map.entry("trees_url", "/git/trees{/sha}"));

    private final Supplier<RepositoryName> name;
    private final Supplier<String> base;
    private final BooleanSupplier archived;

    /**
     * @param name the repository's, which may change
     * @param base where GitHub is reached, like {@code http://127.0.0.1:8080}; known once it listens
     */
    public ApiJson(Supplier<RepositoryName> name, Supplier<String> base, BooleanSupplier archived) {
        this.name = name;
        this.base = base;
        this.archived = archived;
    }

    public String web(String path) {
        return base.get() + path;
    }

    public String api(String path) {
        return base.get() + RestApi.ROOT + path;
    }

    public String inRepository(String path) {
        return api("/repos/" + name.get() + path);
    }

    public String name() {
        return name.get().toString();
    }

    /** The organisation that the repository belongs to. */
    public Map<String, Object> owner() {
        return account(new Account(name.get().owner(), 1, "Organization", ""));
    }

    public Map<String, Object> account(Account account) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("login", account.login());
        json.put("id", account.id());
        json.put("node_id", "U_" + account.id());
        json.put("avatar_url", web("/avatars/" + account.id()));
        json.put("gravatar_id", "");
        String url = api("/users/" + account.login().replace("[", "%5B").replace("]", "%5D"));
        json.put("url", url);
        json.put("html_url", page(account));
        ACCOUNT_LINKS.forEach((link, path) -> json.put(link, url + path));
        json.put("type", account.type());
        json.put("user_view_type", "public");
        json.put("site_admin", false);
        return json;
    }

    private String page(Account account) {
        return account.login().endsWith("[bot]")
                ? web("/apps/" + account.login().replace("[bot]", ""))
                : web("/" + account.login());
    }

    /** An account as {@code /user} and {@code /users/{login}} show it. */
    public Map<String, Object> profile(Account account) {
        Map<String, Object> json = account(account);
        for (String absent : List.of("name", "company", "blog", "location", "email", "hireable", "bio")) {
            json.put(absent, null);
        }
        for (String count : List.of("public_repos", "public_gists", "followers", "following")) {
            json.put(count, 0);
        }
        json.put("created_at", CREATED);
        json.put("updated_at", CREATED);
        return json;
    }

    /** The repository as it stands in other answers. */
    public Map<String, Object> repository() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", 1);
        json.put("node_id", "R_1");
        json.put("name", name.get().name());
        json.put("full_name", name.get().toString());
        json.put("owner", owner());
        json.put("private", true);
        json.put("visibility", "private");
        json.put("fork", false);
        json.put("description", null);
        json.put("default_branch", BareRepository.DEFAULT_BRANCH);
        json.put("url", inRepository(""));
        json.put("html_url", web("/" + name.get()));
        json.put("clone_url", web("/" + name.get() + ".git"));
        json.put("git_url", web("/" + name.get() + ".git").replaceFirst("^https?", "git"));
        json.put("ssh_url", "git@localhost:" + name.get() + ".git");
        json.put("svn_url", web("/" + name.get()));
        REPOSITORY_LINKS.forEach((link, path) -> json.put(link, inRepository(path)));
        for (String absent : List.of("homepage", "language", "mirror_url", "license")) {
            json.put(absent, null);
        }
        for (String number : COUNTS) {
            json.put(number, 0);
        }
        for (String feature : List.of("has_issues", "has_projects", "has_wiki", "has_downloads")) {
            json.put(feature, true);
        }
        for (String off : List.of("has_pages", "has_discussions", "disabled", "is_template")) {
            json.put(off, false);
        }
        json.put("archived", archived.getAsBoolean());
        for (String moment : List.of("created_at", "updated_at", "pushed_at")) {
            json.put(moment, CREATED);
        }
        json.put("topics", List.of());
        json.put("permissions", Map.of("admin", false, "maintain", false, "push", true, "triage", true, "pull", true));
        return json;
    }

    /** The repository as its own endpoint shows it to an account that may push: with its settings. */
    public Map<String, Object> repositoryWithSettings() {
        Map<String, Object> json = repository();
        json.put("allow_merge_commit", true);
        json.put("allow_squash_merge", true);
        json.put("allow_rebase_merge", true);
        json.put("network_count", 0);
        json.put("subscribers_count", 0);
        json.put("organization", owner());
        return json;
    }
}
