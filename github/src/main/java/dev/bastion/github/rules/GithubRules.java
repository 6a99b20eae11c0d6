package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.github.MergeRules;
import dev.bastion.github.RepositoryProblem;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.client.FaultTranslation;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rules, settings and missing permissions at GitHub that would refuse the service's work, before it starts the
 * work: rulesets, branch protection, settings of the repository. It only reads.
 */
public final class GithubRules {
    private final GithubClient github;
    private final RepositoryAccess access;
    private final Rulesets rulesets;
    private final ClassicProtection classic;

    public GithubRules(GithubClient github) {
        this.github = github;
        this.access = new RepositoryAccess(github);
        this.rulesets = new Rulesets(github);
        this.classic = new ClassicProtection(github);
    }

    /**
     * All problems; empty when nothing would be refused.
     *
     * @throws dev.bastion.access.fault.ObservationFailed when GitHub does not answer
     */
    public List<RepositoryProblem> problems(RequiredPermissions use) {
        return FaultTranslation.onRead("reading the rules of " + use.branch(), () -> found(use));
    }

    /**
     * The rules that bind the service when it merges into a branch.
     *
     * @throws dev.bastion.access.fault.ObservationFailed when GitHub does not answer
     */
    public MergeRules merging(String branch) {
        return FaultTranslation.onRead("reading the rules of " + branch, () -> binding(branch));
    }

    private MergeRules binding(String branch) throws IOException {
        RequiredPermissions use = new RequiredPermissions(branch, false, true, "", "");
        List<BranchRule> rules = new ArrayList<>();
        try {
            rules.addAll(rulesets.rulesFor(branch));
        } catch (GithubRejected _) {
            // a plan or an Enterprise server without rulesets
        }
        try {
            boolean administrator =
                    github.rest().get().path("permissions").path("admin").asBoolean();
            rules.addAll(classic.rulesFor(branch, github.login().replace("[bot]", ""), administrator));
        } catch (GithubRejected _) {
            // no classic protection, or it may not be read
        }
        return new MergeRules(rules.stream()
                .filter(rule -> rule.outcome(ServiceAction.MERGE_PROPOSAL, use) != RuleEffect.Outcome.ALLOWED)
                .map(rule -> rule.binding(use))
                .toList());
    }

    private List<RepositoryProblem> found(RequiredPermissions use) throws IOException {
        List<RepositoryProblem> problems = new ArrayList<>();
        try {
            JsonNode repository = github.rest().get();
            problems.addAll(access.against(use, repository));
            problems.addAll(ofRulesets(use));
            boolean administrator = repository.path("permissions").path("admin").asBoolean();
            problems.addAll(classic.against(use, github.login().replace("[bot]", ""), administrator));
        } catch (GithubRejected e) {
            problems.add(new RepositoryProblem(
                    "the service cannot read the repository's rules: " + e.getMessage(),
                    "check github.repository, the account's access to it, and github.token or the three app_* keys"));
        }
        return problems;
    }

    private List<RepositoryProblem> ofRulesets(RequiredPermissions use) throws IOException {
        try {
            return rulesets.rulesFor(use.branch()).stream()
                    .flatMap(rule -> rule.problems(ServiceAction.onTheLedger(use), use).stream())
                    .distinct()
                    .toList();
        } catch (GithubRejected e) {
            if (e.isForLackOfPlan()) {
                return List.of(lacksPlan(use));
            }
            if (e.status() == 404) {
                // an Enterprise server older than rulesets
                return List.of();
            }
            throw e;
        }
    }

    private RepositoryProblem lacksPlan(RequiredPermissions use) throws IOException {
        return new RepositoryProblem(
                "the GitHub plan of " + github.repository().getFullName()
                        + " has no rulesets for private repositories, so everyone who can write to it can push to "
                        + use.branch() + " without approval",
                "upgrade to GitHub Pro, Team or Enterprise and add the rulesets of "
                        + "docs/ci.md, \"The rules at GitHub\"");
    }
}
