package dev.bastion.app.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.CheckFailed;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import dev.bastion.ledger.git.object.Commit;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The findings about CI: its workflows, what they reported last, and the trust policy of its plan role. */
public final class CiFindings {
    private static final String ACTIONS = "github-actions[bot]";
    private static final String STATUS = "bastion/apply/";

    private final GithubClient github;
    private final String branch;
    private final String ciLogin;
    private final Duration longestApply;
    private final Instant now;

    /** @param longestApply how long CI may take until it has reported on a commit */
    public CiFindings(GithubClient github, String branch, String ciLogin, Duration longestApply, Instant now) {
        this.github = github;
        this.branch = branch;
        this.ciLogin = ciLogin;
        this.longestApply = longestApply;
        this.now = now;
    }

    List<Finding> of(LedgerContent content) {
        List<Finding> found = new ArrayList<>();
        boolean isElsewhere =
                !ciLogin.equals(ACTIONS) && Workflow.named("apply", content).isEmpty();
        if (isElsewhere) {
            found.add(Finding.unknown(
                    Area.CI,
                    "workflows",
                    "github.ci_login is " + ciLogin + ", so another CI applies the ledger, which cannot"
                            + " be seen from here",
                    "check that it does what docs/ci.md says"));
        } else {
            found.addAll(workflows(content));
        }
        found.addAll(PlanRoleTrust.findings(content, github.settings().repository()));
        content.lastEntry().ifPresent(entry -> found.add(reports(entry)));
        return found;
    }

    private List<Finding> workflows(LedgerContent content) {
        List<Finding> found = new ArrayList<>();
        found.add(Workflow.named("apply", content)
                .map(this::apply)
                .orElseGet(() -> missing("apply", "no commit of the service opens or ends anything")));
        found.add(Workflow.named("plan", content)
                .map(CiFindings::plan)
                .orElseGet(() -> missing("plan", "requests that need approval wait for bastion/plan for ever")));
        found.add(Workflow.named("policy", content)
                .map(policy -> Finding.ok(Area.CI, "workflow policy", policy.path()))
                .orElseGet(() -> Finding.warning(
                        Area.CI,
                        "workflow policy",
                        "it is not on " + branch + ", so a change of the policy is not tested",
                        "add .github/workflows/policy.yml of the product")));
        found.addAll(inactive(content));
        return found;
    }

    private Finding missing(String name, String consequence) {
        return Finding.problem(
                Area.CI,
                "workflow " + name,
                "it is not on " + branch + ", so " + consequence,
                "add .github/workflows/" + name + ".yml of the product (docs/ci.md)");
    }

    private Finding apply(Workflow apply) {
        return apply.startsOnPushTo(branch)
                ? Finding.ok(Area.CI, "workflow apply", apply.path())
                : Finding.problem(
                        Area.CI,
                        "workflow apply",
                        "a push to " + branch + " does not start it, so nothing is opened or ended",
                        "name " + branch + " under on: push: branches: in " + apply.path()
                                + ", or set ledger.branch to the branch there");
    }

    private static Finding plan(Workflow plan) {
        if (plan.startsOn("pull_request")) {
            return Finding.problem(
                    Area.CI,
                    PlanRoleTrust.SUBJECT,
                    plan.path() + " starts on pull_request, so a pull request brings its own workflow"
                            + " and takes the plan role",
                    "start it on pull_request_target alone, as the product's does");
        }
        return plan.startsOn("pull_request_target")
                ? Finding.ok(Area.CI, "workflow plan", plan.path())
                : Finding.problem(
                        Area.CI,
                        "workflow plan",
                        "no pull request starts " + plan.path() + ", so requests that need approval wait for ever",
                        "start it on pull_request_target, as the product's does");
    }

    /** Workflows that are switched off, as far as the account may see it. */
    private List<Finding> inactive(LedgerContent content) {
        try {
            JsonNode workflows = github.rest().get("actions", "workflows").path("workflows");
            return StreamSupport.stream(workflows.spliterator(), false)
                    .filter(workflow ->
                            content.files().containsKey(workflow.path("path").asText()))
                    .filter(workflow -> !"active".equals(workflow.path("state").asText("active")))
                    .map(workflow -> Finding.problem(
                            Area.CI,
                            workflow.path("path").asText(),
                            "GitHub does not run it: " + workflow.path("state").asText(),
                            "gh workflow enable " + workflow.path("name").asText()))
                    .toList();
        } catch (GithubRejected _) {
            // Actions: read is none of the permissions that the service needs; the last report says whether CI works
            return List.of();
        } catch (IOException e) {
            throw new CheckFailed("listing the workflows", e);
        }
    }

    /** What CI reported on the newest commit of the service. */
    private Finding reports(Commit entry) {
        String subject = "reports of CI";
        String commit = entry.id().brief();
        List<JsonNode> all = statuses(entry.id().value());
        List<JsonNode> own = all.stream()
                .filter(status -> ciLogin.equalsIgnoreCase(login(status)))
                .toList();
        if (own.isEmpty() && !all.isEmpty()) {
            return Finding.problem(
                    Area.CI,
                    subject,
                    login(all.getFirst()) + " reported on " + commit + ", and only reports of " + ciLogin + " count",
                    "set github.ci_login to the account that CI reports as");
        }
        if (own.isEmpty()) {
            boolean isLate = entry.at().plus(longestApply).isBefore(now);
            return isLate
                    ? Finding.problem(
                            Area.CI,
                            subject,
                            "CI reported nothing on " + commit + ", the last commit of the service",
                            "look at the runs of the workflow apply; it needs statuses: write")
                    : Finding.ok(Area.CI, subject, "the run for " + commit + " may still go on");
        }
        return failed(own)
                .map(failure -> Finding.problem(
                        Area.CI,
                        subject,
                        failure.path("context").asText() + " of " + commit + " is "
                                + failure.path("state").asText() + ": "
                                + failure.path("description").asText(""),
                        "open the run, and follow docs/troubleshooting.md, \"CI refuses or fails\""))
                .orElseGet(() -> Finding.ok(Area.CI, subject, "CI applied " + commit));
    }

    /** GitHub lists the newest status first. */
    private static Optional<JsonNode> failed(List<JsonNode> statuses) {
        JsonNode newest = statuses.getFirst();
        String state = newest.path("state").asText();
        return state.equals("failure") || state.equals("error") ? Optional.of(newest) : Optional.empty();
    }

    private List<JsonNode> statuses(String commit) {
        try {
            JsonNode all = github.rest().get("commits", commit, "statuses");
            return StreamSupport.stream(all.spliterator(), false)
                    .filter(status -> status.path("context").asText("").startsWith(STATUS))
                    .toList();
        } catch (IOException e) {
            throw new CheckFailed("reading the statuses of " + commit, e);
        }
    }

    private static String login(JsonNode status) {
        return status.path("creator").path("login").asText("");
    }
}
