package dev.bastion.github.rules;

import dev.bastion.github.GithubSettings;
import dev.bastion.github.RepositoryProblem;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.client.ApiResponse;
import dev.bastion.github.client.CurrentUser;
import dev.bastion.github.client.FaultTranslation;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import dev.bastion.github.client.RepositoryPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what at GitHub would refuse what the service does, before it does it: rulesets and branch protection that bind it,
 * settings of the repository, missing permissions. It only reads.
 */
public final class GithubRules implements AutoCloseable {
    private final GithubClient calls;
    private final CurrentUser myself;
    private final RepositoryAccess access;
    private final Rulesets rulesets;
    private final ClassicProtection classic;

    public GithubRules(GithubSettings settings) {
        RepositoryPath here = RepositoryPath.of(settings.repository());
        this.calls = new GithubClient(settings, "-rules");
        this.myself = new CurrentUser(calls, settings.credentials());
        this.access = new RepositoryAccess(calls, here, settings.credentials());
        this.rulesets = new Rulesets(calls, here);
        this.classic = new ClassicProtection(calls, here);
    }

    /**
     * Everything that is against it; empty when nothing is.
     *
     * @throws dev.bastion.access.port.ObservationFailed when GitHub does not answer
     */
    public List<RepositoryProblem> problems(RequiredPermissions use) {
        return FaultTranslation.onRead("reading the rules of " + use.branch(), () -> found(use));
    }

    private List<RepositoryProblem> found(RequiredPermissions use) throws IOException {
        List<RepositoryProblem> problems = new ArrayList<>();
        try {
            ApiResponse repository = access.repository();
            problems.addAll(access.against(use, repository));
            problems.addAll(ofRulesets(use));
            boolean administrator =
                    repository.json().path("permissions").path("admin").asBoolean();
            problems.addAll(classic.against(use, myself.login().replace("[bot]", ""), administrator));
        } catch (GithubRejected e) {
            problems.add(new RepositoryProblem(
                    "GitHub does not let the service look: " + e.getMessage(),
                    "check github.repository, the account's access to it, and github.token or github.app_…"));
        }
        return problems;
    }

    /** An Enterprise server of before rulesets has none. */
    private List<RepositoryProblem> ofRulesets(RequiredPermissions use) throws IOException {
        try {
            return rulesets.rulesFor(use.branch()).stream()
                    .flatMap(rule -> rule.against(use).stream())
                    .distinct()
                    .toList();
        } catch (GithubRejected e) {
            if (e.status() == 404) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        calls.close();
    }
}
