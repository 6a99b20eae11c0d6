package dev.bastion.app.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.CheckFailed;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.diagnosis.InstallationCheck;
import dev.bastion.github.RepositoryProblem;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import dev.bastion.github.rules.GithubRules;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The check of GitHub: credentials, permissions, settings and rules of the repository; and of CI, which is there only
 * where
 * GitHub is. A look costs about a dozen REST calls.
 */
public final class GithubCheck implements InstallationCheck {
    private final GithubClient github;
    private final GithubRules rules;
    private final Optional<LedgerReading> ledger;
    private final Function<Optional<LedgerContent>, RequiredPermissions> use;
    private final CiFindings ci;
    private final Optional<GithubLogins> logins;

    /**
     * @param use what the service does in the repository under the policy of this content
     * @param asksLogins whether to ask GitHub for each login, which costs a call each
     */
    public GithubCheck(
            GithubClient github,
            Optional<LedgerReading> ledger,
            Function<Optional<LedgerContent>, RequiredPermissions> use,
            CiFindings ci,
            boolean asksLogins) {
        this.github = github;
        this.rules = new GithubRules(github);
        this.ledger = ledger;
        this.use = use;
        this.ci = ci;
        this.logins = asksLogins ? Optional.of(new GithubLogins(github)) : Optional.empty();
    }

    @Override
    public Area area() {
        return Area.GITHUB;
    }

    @Override
    public String system() {
        return "GitHub";
    }

    @Override
    public void examine(Findings found) {
        if (!isAccepted(found)) {
            return;
        }
        Optional<LedgerContent> content = ledger.flatMap(LedgerReading::ifReadable);
        List<RepositoryProblem> problems = rules.problems(use.apply(content));
        problems.forEach(problem -> found.add(finding(problem)));
        if (problems.isEmpty()) {
            found.add(Finding.ok(Area.GITHUB, "rules and permissions", "nothing would refuse what the service does"));
        }
        content.ifPresent(known -> found.addAll(ci.of(known)));
        logins.ifPresent(known ->
                content.flatMap(LedgerContent::people).ifPresent(people -> found.addAll(known.findings(people))));
    }

    private boolean isAccepted(Findings found) {
        String repository = github.settings().repository();
        try {
            github.rest().get();
            found.add(Finding.ok(Area.GITHUB, "credentials", "the service is " + github.login() + " in " + repository));
            return true;
        } catch (GithubRejected e) {
            found.add(Finding.problem(
                    Area.GITHUB,
                    "credentials",
                    "GitHub answered " + e.status() + " for " + repository + ": " + e.reason(),
                    e.remedy()));
            return false;
        } catch (IllegalArgumentException e) {
            found.add(Finding.problem(
                    Area.GITHUB, "credentials", String.valueOf(e.getMessage()), "correct it in the github section"));
            return false;
        } catch (IOException e) {
            throw new CheckFailed("reading the repository " + repository, e);
        }
    }

    private static Finding finding(RepositoryProblem problem) {
        Finding.Status status = switch (problem.severity()) {
            case REFUSES, GRAVELY_OPEN -> Finding.Status.PROBLEM;
            case TOO_OPEN -> Finding.Status.WARNING;
            case UNSEEN -> Finding.Status.UNKNOWN;
        };
        return new Finding(Area.GITHUB, "rules and permissions", status, problem.what(), problem.remedy());
    }
}
