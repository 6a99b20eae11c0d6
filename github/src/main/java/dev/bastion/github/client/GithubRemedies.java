package dev.bastion.github.client;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What to change at each refusal by GitHub: by the words of its answer, else by the status. The words are those that GitHub
 * answers today; the first row that matches counts.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api">GitHub's errors</a>
 */
final class GithubRemedies {
    private static final String CREDENTIALS =
            "the credentials are wrong, expired or revoked: check github.token, or github.app_id, app_private_key and"
                    + " app_installation";
    private static final String RUNBOOK = "docs/runbook.md, \"GitHub refuses the service's push\"";

    /** @param words in lower case; one of them occurs in the answer */
    private record Row(Set<Integer> statuses, List<String> words, String remedy) {
        boolean matches(int status, String reason) {
            return (statuses.isEmpty() || statuses.contains(status))
                    && words.stream().anyMatch(reason::contains);
        }
    }

    private static final List<Row> ROWS = List.of(
            row(
                    Set.of(),
                    "unarchive the repository (Settings, Danger Zone), or set github.repository and ledger.remote to"
                            + " another one",
                    "archived"),
            row(
                    Set.of(),
                    "authorize github.token for the organization's SAML single sign-on (the token's page, Configure"
                            + " SSO), or use a GitHub App",
                    "saml"),
            row(
                    Set.of(),
                    "add the address that the service calls from to the organization's IP allow list (organization"
                            + " settings, Authentication security)",
                    "ip allow list"),
            row(
                    Set.of(),
                    "unsuspend the App's installation (organization settings, GitHub Apps), or the account",
                    "suspended"),
            row(
                    Set.of(),
                    "ask the organization's owners to settle the billing of the organization",
                    "billing",
                    "payment",
                    "spending limit"),
            row(Set.of(), "change the plan of the repository's owner, or do without the feature", "upgrade to github"),
            row(
                    Set.of(403, 451),
                    "ask GitHub's support why access to the repository is blocked",
                    "access blocked",
                    "disabled by github",
                    "dmca"),
            row(
                    Set.of(),
                    "use a GitHub App, or a token that the organization's policy for tokens permits (organization"
                            + " settings, Personal access tokens)",
                    "forbids access via",
                    "token's lifetime",
                    "oauth app access restrictions",
                    "enterprise managed user"),
            row(
                    Set.of(403, 404, 410, 422),
                    "enable issues in the repository (Settings, Features)",
                    "issues are disabled",
                    "issues has been disabled"),
            row(
                    Set.of(403, 422),
                    "unlock the conversation, or close the pull request: it is locked",
                    "issue is locked",
                    "conversation is locked"),
            row(
                    Set.of(403, 405, 422),
                    "change the rule that GitHub names, or allow the service's account to bypass it: " + RUNBOOK,
                    "rule violations",
                    "protected branch"),
            row(Set.of(409), "push the first commit to the repository", "repository is empty"));

    private GithubRemedies() {}

    private static Row row(Set<Integer> statuses, String remedy, String... words) {
        return new Row(statuses, List.of(words), remedy);
    }

    /** @param permissions the permissions that the route accepts, as GitHub's header has them; empty when it has none */
    static String of(int status, String reason, String permissions) {
        String lower = reason.toLowerCase(Locale.ROOT);
        return ROWS.stream()
                .filter(row -> row.matches(status, lower))
                .map(Row::remedy)
                .findFirst()
                .orElseGet(() -> ofStatus(status, permissions));
    }

    private static String ofStatus(int status, String permissions) {
        return switch (status) {
            case 401 -> CREDENTIALS;
            case 403 ->
                permissions.isEmpty()
                        ? "the service's account lacks a permission: " + RUNBOOK
                        : "give the App or the token the permission " + permissions.replace("; ", " or ")
                                + ", and accept it in the App's installation";
            case 404 ->
                "check github.repository and github.app_installation, and that the account may see and write it; if the"
                        + " repository was renamed and another one took its name, set the new name";
            case 410 -> "the feature is off in the repository: enable it (Settings, Features)";
            case 421 -> "set github.api_url to GitHub's present address";
            case 451 -> "ask GitHub's support: the repository is unavailable for legal reasons";
            default -> "see " + RUNBOOK;
        };
    }
}
