package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.RepositoryProblem;
import dev.bastion.github.RepositoryProblem.Severity;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Finds what the rules of the ledger's branch leave open: ways to change it past the access policy. "Require branches to be
 * up to date" is not asked for: {@code bastion/policy} judges the head again whenever the branch moves, and with it every
 * entry would stop all waiting proposals.
 */
final class OpenRules {
    private static final String GUIDE = "docs/ci.md, \"The rules at GitHub\"";
    private static final List<String> CODEOWNERS = List.of(".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS");

    private final GithubClient github;

    OpenRules(GithubClient github) {
        this.github = github;
    }

    /** @param rules all rules of the branch, also those that the service bypasses */
    List<RepositoryProblem> problems(String branch, BranchRules rules) throws IOException {
        OptionalLong app = app();
        String page = github.repository().getFullName() + ": Settings → Rules → Rulesets: ";
        if (rules.rules().isEmpty()) {
            return List.of(new RepositoryProblem(
                    Severity.GRAVELY_OPEN,
                    "no rule protects " + branch
                            + ", so everyone who can write to the repository can grant access without approval",
                    page + "add the ruleset of " + GUIDE));
        }
        List<RepositoryProblem> problems = new ArrayList<>(policyCheck(branch, rules, app, page));
        problems.addAll(codeOwners(branch, rules, page));
        if (rules.of("non_fast_forward").findAny().isEmpty()) {
            problems.add(tooOpen(
                    "force pushes to " + branch + " are allowed, so a writer can rewrite the ledger's history",
                    page + "turn on \"Block force pushes\" for " + branch));
        }
        if (rules.of("deletion").findAny().isEmpty()) {
            problems.add(tooOpen(
                    branch + " may be deleted, and the ledger with it",
                    page + "turn on \"Restrict deletions\" for " + branch));
        }
        rules.rulesets().forEach(ruleset -> problems.addAll(bypassList(ruleset, app)));
        return problems;
    }

    /** The number of the service's app; empty for an account with a token. Settings may have the client id in its place. */
    private OptionalLong app() throws IOException {
        return switch (github.settings().credentials()) {
            case GithubCredentials.Token _ -> OptionalLong.empty();
            case GithubCredentials.App app ->
                OptionalLong.of(
                        app.id().matches("\\d{1,18}")
                                ? Long.parseLong(app.id())
                                : github.installation(app).getAppId());
        };
    }

    private static RepositoryProblem tooOpen(String what, String remedy) {
        return new RepositoryProblem(Severity.TOO_OPEN, what, remedy);
    }

    private static List<RepositoryProblem> policyCheck(
            String branch, BranchRules rules, OptionalLong app, String page) {
        List<JsonNode> required = rules.of("required_status_checks")
                .flatMap(rule -> each(rule.parameters().path("required_status_checks")))
                .filter(check -> check.path("context").asText().equals(Parameters.POLICY))
                .toList();
        if (required.isEmpty()) {
            return List.of(new RepositoryProblem(
                    Severity.GRAVELY_OPEN,
                    Parameters.POLICY + " is not a required check of " + branch
                            + ", so a pull request against the access policy can be merged",
                    page + "turn on \"Require status checks to pass\" and add " + Parameters.POLICY
                            + ", with the service's app as its source"));
        }
        boolean isOfAnotherApp = app.isPresent()
                && required.stream()
                        .filter(OpenRules::isPinned)
                        .anyMatch(check -> check.path("integration_id").asLong() != app.getAsLong());
        if (isOfAnotherApp) {
            return List.of(new RepositoryProblem(
                    Parameters.POLICY + " is required from another app, so the service's status does not count",
                    page + Parameters.POLICY + ": choose the service's app as its source"));
        }
        return required.stream().anyMatch(OpenRules::isPinned)
                ? List.of()
                : List.of(tooOpen(
                        Parameters.POLICY + " counts from every account that can write to the repository",
                        page + Parameters.POLICY + ": choose the service's app as its source"
                                + (app.isPresent() ? "" : "; that needs a GitHub App in place of github.token")));
    }

    private static boolean isPinned(JsonNode check) {
        return check.path("integration_id").isIntegralNumber();
    }

    private List<RepositoryProblem> codeOwners(String branch, BranchRules rules, String page) throws IOException {
        boolean isRequired = rules.of("pull_request")
                .anyMatch(rule ->
                        rule.parameters().path("require_code_owner_review").asBoolean());
        if (!isRequired) {
            return List.of(tooOpen(
                    "no code owner has to review what CI runs and who may do what",
                    page + "turn on \"Require review from Code Owners\" for " + branch));
        }
        for (String path : CODEOWNERS) {
            if (exists(path)) {
                return List.of();
            }
        }
        return List.of(tooOpen(
                "a code owner's review is required, but the repository has no CODEOWNERS file",
                "add .github/CODEOWNERS as in " + GUIDE));
    }

    private boolean exists(String path) throws IOException {
        try {
            github.rest()
                    .get(Stream.concat(Stream.of("contents"), Stream.of(path.split("/")))
                            .toArray(String[]::new));
            return true;
        } catch (GithubRejected e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    private static List<RepositoryProblem> bypassList(BranchRuleset ruleset, OptionalLong app) {
        String page = ruleset.source().page() + " → Bypass list: ";
        if (ruleset.actors().isEmpty()) {
            return List.of(new RepositoryProblem(
                    Severity.UNSEEN,
                    ruleset.source().name() + ": the bypass list cannot be seen by the service",
                    page + "check that it has the service's app and no other entry"));
        }
        List<BypassActor> others = others(ruleset, ruleset.actors().get(), app);
        return others.isEmpty()
                ? List.of()
                : List.of(tooOpen(
                        ruleset.source().name() + ": "
                                + others.stream().map(BypassActor::name).collect(Collectors.joining(", "))
                                + " may bypass it, and so grant access without approval",
                        page + "remove every entry but the service's app"));
    }

    /** An account with a token is on the list by a role or a team, so one entry is taken for its own. */
    private static List<BypassActor> others(BranchRuleset ruleset, List<BypassActor> actors, OptionalLong app) {
        if (app.isPresent()) {
            return actors.stream()
                    .filter(actor -> !actor.isApp(app.getAsLong()))
                    .toList();
        }
        return actors.size() == 1 && ruleset.bypass() != Bypass.NEVER ? List.of() : actors;
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
