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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the rules, settings and missing permissions at GitHub that would refuse the service's work, before it starts the
 * work: rulesets, branch protection, settings of the repository; and those that leave the ledger open to others. It only
 * reads.
 */
public final class GithubRules {
    private final GithubClient github;
    private final RepositoryAccess access;
    private final Rulesets rulesets;
    private final ClassicProtection classic;
    private final OpenRules open;

    public GithubRules(GithubClient github) {
        this.github = github;
        this.access = new RepositoryAccess(github);
        this.rulesets = new Rulesets(github);
        this.classic = new ClassicProtection(github);
        this.open = new OpenRules(github);
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
        boolean administrator = isAdministrator(github.rest().get());
        List<BranchRule> rules = new ArrayList<>();
        try {
            rules.addAll(rulesets.rulesFor(branch).rules());
        } catch (GithubRejected _) {
            // a plan or an Enterprise server without rulesets
        }
        try {
            rules.addAll(classic.rulesFor(branch, login(), administrator));
        } catch (GithubRejected _) {
            // no classic protection, or it may not be read
        }
        return new MergeRules(rules.stream()
                .filter(rule -> rule.outcome(ServiceAction.MERGE_PROPOSAL, use) != RuleEffect.Outcome.ALLOWED)
                .map(rule -> rule.binding(use))
                .toList());
    }

    private static boolean isAdministrator(JsonNode repository) {
        return repository.path("permissions").path("admin").asBoolean();
    }

    private String login() throws IOException {
        return github.login().replace("[bot]", "");
    }

    private List<RepositoryProblem> found(RequiredPermissions use) throws IOException {
        List<RepositoryProblem> problems = new ArrayList<>();
        try {
            JsonNode repository = github.rest().get();
            problems.addAll(access.against(use, repository));
            problems.addAll(ofRules(use, isAdministrator(repository)));
        } catch (GithubRejected e) {
            problems.add(new RepositoryProblem(
                    "the service cannot read the repository's rules: " + e.getMessage(),
                    "check github.repository, the account's access to it, and github.token or the three app_* keys"));
        }
        return problems;
    }

    private List<RepositoryProblem> ofRules(RequiredPermissions use, boolean administrator) throws IOException {
        Set<RepositoryProblem> problems = new LinkedHashSet<>();
        BranchRules rules = BranchRules.NONE;
        boolean isKnown = true;
        try {
            rules = rulesets.rulesFor(use.branch());
            problems.addAll(
                    refusing(rulesets.rulesFor(use.proposalBranch()).rules(), ServiceAction.onItsBranches(use), use));
        } catch (GithubRejected e) {
            // 404: an Enterprise server older than rulesets
            if (!e.isForLackOfPlan() && e.status() != 404) {
                throw e;
            }
            if (e.isForLackOfPlan()) {
                problems.add(lacksPlan(use));
                isKnown = false;
            }
        }
        try {
            rules = rules.with(classic.rulesFor(use.branch(), login(), administrator));
        } catch (GithubRejected e) {
            Optional<RepositoryProblem> unreadable = classic.unreadable(use.branch(), e);
            problems.addAll(unreadable.stream().toList());
            isKnown = isKnown && unreadable.isEmpty();
        }
        problems.addAll(refusing(rules.rules(), ServiceAction.onTheLedger(use), use));
        if (isKnown) {
            problems.addAll(open.problems(use.branch(), rules));
        }
        return List.copyOf(problems);
    }

    private static List<RepositoryProblem> refusing(
            List<BranchRule> rules, Set<ServiceAction> actions, RequiredPermissions use) {
        return rules.stream()
                .flatMap(rule -> rule.problems(actions, use).stream())
                .toList();
    }

    private RepositoryProblem lacksPlan(RequiredPermissions use) throws IOException {
        return new RepositoryProblem(
                RepositoryProblem.Severity.GRAVELY_OPEN,
                "the GitHub plan of " + github.repository().getFullName()
                        + " has no rulesets for private repositories, so everyone who can write to it can push to "
                        + use.branch() + " without approval",
                "upgrade to GitHub Pro, Team or Enterprise and add the rulesets of "
                        + "docs/ci.md, \"The rules at GitHub\"");
    }
}
