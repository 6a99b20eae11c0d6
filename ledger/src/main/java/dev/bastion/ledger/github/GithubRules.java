package dev.bastion.ledger.github;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what at GitHub would refuse what the service does, before it does it: rulesets and branch protection that bind it,
 * settings of the repository, missing permissions. It only reads.
 */
public final class GithubRules implements AutoCloseable {
    private final GithubCalls calls;
    private final Myself myself;
    private final RepositoryAccess access;
    private final Rulesets rulesets;
    private final ClassicProtection classic;

    public GithubRules(GithubSettings settings) {
        RepositoryPath here = RepositoryPath.of(settings.repository());
        this.calls = new GithubCalls(settings, "-rules");
        this.myself = new Myself(calls, settings.credentials());
        this.access = new RepositoryAccess(calls, here, settings.credentials());
        this.rulesets = new Rulesets(calls, here);
        this.classic = new ClassicProtection(calls, here);
    }

    /**
     * Everything that is against it; empty when nothing is.
     *
     * @throws dev.bastion.access.ObservationFailed when GitHub does not answer
     */
    public List<ForgeProblem> problems(ForgeUse use) {
        return Attempt.toRead("reading the rules of " + use.branch(), () -> found(use));
    }

    private List<ForgeProblem> found(ForgeUse use) throws IOException {
        List<ForgeProblem> problems = new ArrayList<>();
        try {
            Reply repository = access.repository();
            problems.addAll(access.against(use, repository));
            problems.addAll(ofRulesets(use));
            boolean administrator =
                    repository.json().path("permissions").path("admin").asBoolean();
            problems.addAll(classic.against(use, myself.login().replace("[bot]", ""), administrator));
        } catch (Refused e) {
            problems.add(new ForgeProblem(
                    "GitHub does not let the service look: " + e.getMessage(),
                    "check github.repository, the account's access to it, and github.token or github.app_…"));
        }
        return problems;
    }

    /** An Enterprise server of before rulesets has none. */
    private List<ForgeProblem> ofRulesets(ForgeUse use) throws IOException {
        try {
            return rulesets.rulesFor(use.branch()).stream()
                    .flatMap(rule -> rule.against(use).stream())
                    .distinct()
                    .toList();
        } catch (Refused e) {
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
