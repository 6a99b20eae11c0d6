package dev.bastion.sandbox.github.rest;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.github.git.RepositoryName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** GitHub's JSON of accounts and the repository, and the addresses that all JSON contains. */
public final class ApiJson {
    private final RepositoryName name;
    private final Supplier<String> base;

    /** @param base where GitHub is reached, like {@code http://127.0.0.1:8080}; known once it listens */
    public ApiJson(RepositoryName name, Supplier<String> base) {
        this.name = name;
        this.base = base;
    }

    public String web(String path) {
        return base.get() + path;
    }

    public String api(String path) {
        return base.get() + RestApi.ROOT + path;
    }

    public String inRepository(String path) {
        return api("/repos/" + name + path);
    }

    public String name() {
        return name.toString();
    }

    /** The organisation that the repository belongs to. */
    public Map<String, Object> owner() {
        return account(new Account(name.owner(), 1, "Organization", ""));
    }

    public Map<String, Object> account(Account account) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("login", account.login());
        json.put("id", account.id());
        json.put("node_id", "U_" + account.id());
        json.put("type", account.type());
        json.put("site_admin", false);
        json.put("url", api("/users/" + account.login()));
        json.put("html_url", web("/" + account.login()));
        json.put("avatar_url", "");
        return json;
    }

    public Map<String, Object> repository() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", 1);
        json.put("node_id", "R_1");
        json.put("name", name.name());
        json.put("full_name", name.toString());
        json.put("owner", owner());
        json.put("private", true);
        json.put("visibility", "private");
        json.put("fork", false);
        json.put("archived", false);
        json.put("default_branch", BareRepository.DEFAULT_BRANCH);
        json.put("url", inRepository(""));
        json.put("html_url", web("/" + name));
        json.put("clone_url", web("/" + name + ".git"));
        json.put("allow_merge_commit", true);
        json.put("allow_squash_merge", true);
        json.put("allow_rebase_merge", true);
        json.put("permissions", Map.of("admin", false, "maintain", false, "push", true, "triage", true, "pull", true));
        return json;
    }
}
