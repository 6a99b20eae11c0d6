package dev.bastion.github.rules;

import static dev.bastion.github.rules.RuleEffect.Outcome.ALLOWED;
import static dev.bastion.github.rules.RuleEffect.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.github.RequiredPermissions;
import dev.bastion.github.rules.RuleEffect.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule × bypass × action of the service. */
class RuleTableTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RequiredPermissions USE =
            new RequiredPermissions("main", true, true, "bastion@users.noreply.github.com", "environments");

    /** The rule, its parameters, and the outcome of a push, a proposal's merge, an entry's merge, a new branch, a deletion. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            creation                    | {}                                                    | allowed | allowed | allowed | refused | allowed
            update                      | {}                                                    | refused | refused | refused | allowed | allowed
            deletion                    | {}                                                    | allowed | allowed | allowed | allowed | refused
            non_fast_forward            | {}                                                    | allowed | allowed | allowed | allowed | allowed
            required_linear_history     | {}                                                    | allowed | refused | allowed | allowed | allowed
            required_signatures         | {}                                                    | refused | refused | refused | refused | allowed
            lock_branch                 | {}                                                    | refused | refused | refused | allowed | refused
            merge_queue                 | {}                                                    | refused | refused | refused | allowed | allowed
            required_deployments        | {}                                                    | refused | depends | depends | unknown | allowed
            workflows                   | {}                                                    | refused | depends | depends | refused | allowed
            workflows                   | {"do_not_enforce_on_create": true}                    | refused | depends | depends | allowed | allowed
            code_scanning               | {}                                                    | refused | depends | depends | unknown | allowed
            code_quality                | {}                                                    | refused | depends | depends | unknown | allowed
            copilot_code_review         | {}                                                    | allowed | allowed | allowed | allowed | allowed
            pull_request                | {}                                                    | refused | allowed | allowed | allowed | allowed
            pull_request                | {"dismiss_stale_reviews_on_push": true}               | refused | allowed | allowed | allowed | allowed
            pull_request                | {"required_approving_review_count": 1}                | refused | depends | depends | allowed | allowed
            pull_request                | {"require_code_owner_review": true}                   | refused | depends | depends | allowed | allowed
            pull_request                | {"require_last_push_approval": true}                  | refused | depends | depends | allowed | allowed
            pull_request                | {"required_review_thread_resolution": true}           | refused | depends | depends | allowed | allowed
            pull_request                | {"required_reviewers": [{"minimum_approvals": 1}]}    | refused | depends | depends | allowed | allowed
            pull_request                | {"allowed_merge_methods": ["squash", "rebase"]}       | refused | refused | allowed | allowed | allowed
            pull_request                | {"allowed_merge_methods": ["merge"]}                  | refused | allowed | refused | allowed | allowed
            required_status_checks      | {"required_status_checks": []}                        | allowed | allowed | allowed | allowed | allowed
            required_status_checks      | {"required_status_checks": [{"context": "bastion/policy", "integration_id": 7}]} | refused | depends | allowed | refused | allowed
            required_status_checks      | {"required_status_checks": [{"context": "verify"}]}   | refused | depends | depends | refused | allowed
            required_status_checks      | {"required_status_checks": [{"context": "verify"}], "do_not_enforce_on_create": true} | refused | depends | depends | allowed | allowed
            required_status_checks      | {"required_status_checks": [{"context": "bastion/policy"}], "strict_required_status_checks_policy": true} | refused | depends | allowed | refused | allowed
            commit_message_pattern      | {"operator": "starts_with", "pattern": "JIRA-"}       | refused | refused | refused | refused | allowed
            commit_message_pattern      | {"operator": "starts_with", "pattern": "bastion("}    | allowed | allowed | allowed | allowed | allowed
            commit_author_email_pattern | {"operator": "ends_with", "pattern": "@acme.example"} | refused | refused | refused | refused | allowed
            committer_email_pattern     | {"operator": "ends_with", "pattern": "@acme.example"} | refused | refused | refused | refused | allowed
            branch_name_pattern         | {"operator": "starts_with", "pattern": "feature/"}    | allowed | allowed | allowed | refused | allowed
            branch_name_pattern         | {"operator": "starts_with", "pattern": "bastion/"}    | allowed | allowed | allowed | allowed | allowed
            tag_name_pattern            | {"operator": "starts_with", "pattern": "v"}           | allowed | allowed | allowed | allowed | allowed
            file_path_restriction       | {"restricted_file_paths": ["environments/**"]}        | refused | refused | refused | refused | allowed
            file_path_restriction       | {"restricted_file_paths": ["docs/**"]}                | allowed | allowed | allowed | allowed | allowed
            max_file_path_length        | {"max_file_path_length": 20}                          | refused | refused | refused | refused | allowed
            max_file_path_length        | {"max_file_path_length": 255}                         | allowed | allowed | allowed | allowed | allowed
            file_extension_restriction  | {"restricted_file_extensions": ["*.hcl"]}             | refused | refused | refused | refused | allowed
            file_extension_restriction  | {"restricted_file_extensions": ["*.exe"]}             | allowed | allowed | allowed | allowed | allowed
            max_file_size               | {"max_file_size": 1}                                  | allowed | allowed | allowed | allowed | allowed
            no_mondays                  | {}                                                    | unknown | unknown | unknown | unknown | unknown
            """)
    void everyRuleHasItsOutcome(
            String type, String parameters, String push, String merge, String entry, String create, String delete)
            throws JsonProcessingException {
        Iterator<String> bound = List.of(push, merge, entry, create, delete).iterator();
        for (ServiceAction action : ServiceAction.values()) {
            Outcome expected = Outcome.valueOf(bound.next().toUpperCase(Locale.ROOT));
            for (Bypass bypass : Bypass.values()) {
                assertThat(rule(type, parameters, bypass).outcome(action, USE))
                        .as("%s for %s with bypass %s", type, action, bypass)
                        .isEqualTo(with(bypass, action, expected));
            }
        }
    }

    private static BranchRule rule(String type, String parameters, Bypass bypass) throws JsonProcessingException {
        JsonNode json = JSON.readTree(parameters);
        return new BranchRule(type, json, new RuleSource("ruleset", "page", "bypass"), bypass);
    }

    private static Outcome with(Bypass bypass, ServiceAction action, Outcome bound) {
        boolean isMerge = action == ServiceAction.MERGE_PROPOSAL || action == ServiceAction.MERGE_ENTRY;
        return switch (bypass) {
            case ALWAYS -> ALLOWED;
            case PULL_REQUESTS -> isMerge ? ALLOWED : bound;
            case NEVER -> bound;
            case UNKNOWN -> bound == ALLOWED ? ALLOWED : UNKNOWN;
        };
    }

    @Test
    void githubsWordsForABypassAreKnown() {
        assertThat(Stream.of("always", "exempt", "pull_requests_only", "never", "something new")
                        .map(Bypass::of))
                .containsExactly(Bypass.ALWAYS, Bypass.ALWAYS, Bypass.PULL_REQUESTS, Bypass.NEVER, Bypass.UNKNOWN);
    }

    /** The first column of the table in docs/ci.md. */
    @Test
    void theDocumentsTableHasTheSameRules() throws IOException {
        String page = Files.readString(Path.of("../docs/ci.md"));
        String table = page.substring(page.indexOf("### Each rule"));
        assertThat(table.lines()
                        .filter(line -> line.startsWith("| `"))
                        .flatMap(line -> Stream.of(line.split("\\|")[1].split(","))
                                .map(name -> name.strip().replace("`", "")))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(
                        RuleTable.rows().stream().map(RuleType::name).collect(Collectors.toList()));
    }
}
