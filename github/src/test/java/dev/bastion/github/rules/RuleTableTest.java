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
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every rule × bypass × action of the service. */
class RuleTableTest {
    /** Also what {@link RuleContractTest} holds against the sandbox. */
    static final String OUTCOMES = "/dev/bastion/github/rules/outcomes.csv";

    static final RequiredPermissions USE =
            new RequiredPermissions("main", true, true, "bastion@users.noreply.github.com", "environments");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The rule, its parameters, and the outcome of a push, a proposal's merge, an entry's merge, a new branch, a deletion. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = OUTCOMES, delimiter = '|', quoteCharacter = '~', numLinesToSkip = 1)
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
