package dev.bastion.github.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.PullRequests;
import dev.bastion.github.PullRequests.MergeMethod;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import dev.bastion.github.openapi.SandboxRepository;
import dev.bastion.github.pulls.GithubPullRequests;
import dev.bastion.github.rules.RuleEffect.Outcome;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.pulls.ReviewThread;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * The rule table against the sandbox's GitHub: each rule is set over REST and read back by the service's client, the action
 * is done by that client or by git, and its outcome is the one that the table predicts; with each mode of bypass.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RuleContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OF_PUSHES =
            Set.of("file_path_restriction", "max_file_path_length", "file_extension_restriction", "max_file_size");
    private static final String NOT_BYPASSED = "";

    private SandboxRepository sandbox;
    private GithubClient app;
    private GithubClient administrator;
    private PullRequests pulls;
    private int branches;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        sandbox = new SandboxRepository(
                folder,
                Permissions.parse(
                        "contents=write,pull_requests=write,statuses=write,metadata=read,administration=read"));
        app = sandbox.asApp();
        administrator = sandbox.client(new GithubCredentials.Token("ghp_jane"));
        pulls = new GithubPullRequests(app);
    }

    @AfterAll
    void stop() {
        app.close();
        administrator.close();
        sandbox.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = RuleTableTest.OUTCOMES, delimiter = '|', quoteCharacter = '~', numLinesToSkip = 1)
    void whatTheTableSaysOfARuleIsWhatHappens(String type, String parameters) throws Exception {
        JsonNode details = JSON.readTree(parameters);
        if (!isKnownToGithub(type)) {
            return;
        }
        for (ServiceAction action : ServiceAction.values()) {
            if (holds(action, type, details, NOT_BYPASSED) == Outcome.ALLOWED) {
                continue;
            }
            for (String mode : modes(action, type)) {
                holds(action, type, details, mode);
            }
        }
    }

    /** A type that GitHub does not accept is one that the table does not know either. */
    private boolean isKnownToGithub(String type) throws Exception {
        boolean isRow = RuleTable.rows().stream().anyMatch(row -> row.name().equals(type));
        if (!isRow) {
            try {
                administrator
                        .rest()
                        .send("POST", ruleset(type, JSON.createObjectNode(), "main", NOT_BYPASSED), "rulesets");
                throw new AssertionError(type + " was accepted");
            } catch (GithubRejected e) {
                assertThat(e.reason()).contains("Invalid rule '" + type + "'");
            }
        }
        return isRow;
    }

    /** "Exempt" is tried by pushes alone, because it is "Always" without a prompt. */
    private static List<String> modes(ServiceAction action, String type) {
        if (type.equals("lock_branch")) {
            return List.of(); // classic protection has no bypass list for it
        }
        String other = action == ServiceAction.PUSH ? "exempt" : "always";
        return OF_PUSHES.contains(type) ? List.of(other) : List.of(other, "pull_request");
    }

    /** Does the action under the rule; returns what the table says of it. */
    private Outcome holds(ServiceAction action, String type, JsonNode parameters, String mode) throws Exception {
        String branch = "bastion/dev/01JHR7Z9C0V6T" + ++branches;
        Attempt attempt = attempt(action, branch);
        String bound = action.isOnItsBranches() ? branch : "main";
        SetRule rule = set(type, parameters, bound, mode);
        try {
            Outcome expected = rule.outcome(action);
            String what = "%s %s of %s, bypass \"%s\"".formatted(action, type, bound, mode);
            switch (expected) {
                case ALLOWED -> assertThat(attempt.refusal()).as(what).isEmpty();
                case REFUSED -> mustRefuse(attempt, action, type, what);
                case DEPENDS -> {
                    mustSay(attempt.refusal(), type, what);
                    attempt.meet();
                    assertThat(attempt.refusal()).as(what).isEmpty();
                }
                case UNKNOWN -> {} // GitHub's documents do not say
            }
            return expected;
        } finally {
            rule.remove();
        }
    }

    /** A merge is refused whatever becomes of the pull request. */
    private static void mustRefuse(Attempt attempt, ServiceAction action, String type, String what) throws Exception {
        if (!action.isMerge()) {
            assertThat(attempt.refusal()).as(what).isNotEmpty();
            return;
        }
        mustSay(attempt.refusal(), type, what);
        attempt.meet();
        mustSay(attempt.refusal(), type, what);
    }

    /** The table names GitHub's words, by which the service finds the setting to change. */
    private static void mustSay(String refusal, String type, String what) {
        String said = refusal.toLowerCase(Locale.ROOT);
        assertThat(RuleTable.row(type).words())
                .as("%s: %s", what, refusal)
                .anyMatch(words -> said.contains(words.toLowerCase(Locale.ROOT)));
    }

    /** An action that is prepared: what it needs is pushed before the rule is there. */
    private interface Attempt {
        /** What GitHub says against it; empty when it is done. */
        String refusal() throws Exception;

        /** Meets what a pull request can meet. */
        void meet() throws Exception;
    }

    private Attempt attempt(ServiceAction action, String branch) throws Exception {
        CommitId head = sandbox.commitOnMain();
        return switch (action) {
            case PUSH -> byGit("main");
            case CREATE_BRANCH -> byGit(branch);
            case MERGE_PROPOSAL -> merge(branch, head, MergeMethod.MERGE);
            case MERGE_ENTRY -> {
                Attempt merge = merge(branch, head, MergeMethod.REBASE);
                pass(head, POLICY); // as the service does for its own
                yield merge;
            }
            case DELETE_BRANCH -> {
                assertThat(sandbox.push(branch)).isEmpty();
                yield once(() -> {
                    try {
                        return pulls.deleteBranch(branch) ? "" : "there is no such branch";
                    } catch (LedgerRejected e) {
                        return String.valueOf(e.getMessage());
                    }
                });
            }
        };
    }

    private static final String POLICY = Parameters.POLICY;

    private interface Call {
        String send() throws Exception;
    }

    private static Attempt once(Call call) {
        return new Attempt() {
            @Override
            public String refusal() throws Exception {
                return call.send();
            }

            @Override
            public void meet() {
                throw new AssertionError("only a pull request can meet a rule");
            }
        };
    }

    private Attempt byGit(String branch) {
        return once(() -> sandbox.push(branch));
    }

    private Attempt merge(String branch, CommitId head, MergeMethod method) throws Exception {
        assertThat(sandbox.push(branch)).isEmpty();
        int number = pulls.create(branch, "main", "Open dev", "for john.doe").number();
        ReviewThread thread = sandbox.github().as("janeroe").begin(number, RuleTableTest.USE.file(), "why?");
        return new Attempt() {
            @Override
            public String refusal() {
                return switch (pulls.merge(number, head, method, "Open dev", "for john.doe")) {
                    case PullRequests.Merge.Merged _ -> "";
                    case PullRequests.Merge.NotMergeable(String reason) -> reason;
                    case PullRequests.Merge.HeadMoved _ -> "the head moved";
                };
            }

            @Override
            public void meet() {
                sandbox.github().as("janeroe").approve(number, "yes");
                sandbox.github().as("janeroe").resolve(number, thread);
                Stream.of(POLICY, "verify", "required_deployments", "workflows", "code_scanning", "code_quality")
                        .forEach(context -> pass(head, context));
            }
        };
    }

    private void pass(CommitId head, String context) {
        pulls.post(head, CommitStatus.State.SUCCESS, context, "passed");
    }

    /** A rule that is set, as the service reads it. */
    private interface SetRule {
        Outcome outcome(ServiceAction action) throws Exception;

        void remove() throws Exception;
    }

    private SetRule set(String type, JsonNode parameters, String branch, String mode) throws Exception {
        return type.equals("lock_branch") ? locked(branch) : ofRuleset(type, parameters, branch, mode);
    }

    private SetRule ofRuleset(String type, JsonNode parameters, String branch, String mode) throws Exception {
        String id = administrator
                .rest()
                .send("POST", ruleset(type, parameters, branch, mode), "rulesets")
                .path("id")
                .asText();
        return new SetRule() {
            @Override
            public Outcome outcome(ServiceAction action) throws Exception {
                return of(new Rulesets(app).rulesFor(branch).rules(), type, action);
            }

            @Override
            public void remove() throws Exception {
                administrator.rest().send("DELETE", null, "rulesets", id);
            }
        };
    }

    private SetRule locked(String branch) {
        long id = sandbox.github().addRuleset(Ruleset.classic(branch, new Rule.Locked()));
        return new SetRule() {
            @Override
            public Outcome outcome(ServiceAction action) throws Exception {
                List<BranchRule> rules = new ClassicProtection(app).rulesFor(branch, "bastion", false);
                return of(rules, "lock_branch", action);
            }

            @Override
            public void remove() {
                sandbox.github().removeRuleset(id);
            }
        };
    }

    /** A rule that is not among those of the branch allows everything. */
    private static Outcome of(List<BranchRule> rules, String type, ServiceAction action) {
        return rules.stream()
                .filter(rule -> rule.type().equals(type))
                .findFirst()
                .map(rule -> rule.outcome(action, RuleTableTest.USE))
                .orElse(Outcome.ALLOWED);
    }

    private static Map<String, Object> ruleset(String type, JsonNode parameters, String branch, String mode) {
        String target = OF_PUSHES.contains(type) ? "push" : type.equals("tag_name_pattern") ? "tag" : "branch";
        return Map.of(
                "name",
                "the rule",
                "target",
                target,
                "enforcement",
                "active",
                "conditions",
                Map.of("ref_name", Map.of("include", List.of("refs/heads/" + branch), "exclude", List.of())),
                "bypass_actors",
                mode.isEmpty()
                        ? List.of()
                        : List.of(Map.of("actor_id", 7, "actor_type", "Integration", "bypass_mode", mode)),
                "rules",
                List.of(Map.of("type", type, "parameters", parameters)));
    }
}
