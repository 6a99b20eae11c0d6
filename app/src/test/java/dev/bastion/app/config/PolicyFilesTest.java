package dev.bastion.app.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.AccessPolicy;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.EnvironmentRules;
import dev.bastion.access.Person;
import dev.bastion.access.PolicyProblems;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyFilesTest {
    private static final String PEOPLE = """
            people:
              - {id: U1, name: john.doe, github: johndoe}
              - {id: U2, name: jane.roe}
            groups:
              platform: [U2]
            """;

    @Test
    void an_environment_says_what_differs_from_the_defaults() {
        AccessPolicy policy = read("""
                defaults:
                  default_duration: 1h
                  approvers: [group:platform]
                environments:
                  dev:
                  prod/orders:
                    approvals: 1
                    may_request: [U1]
                    warn_before_end: 0
                """, PEOPLE);
        EnvironmentRules orders = policy.rulesOf(new EnvironmentName("prod/orders"));
        assertThat(orders.defaultDuration()).hasToString("1h");
        assertThat(orders.approvals()).isEqualTo(1);
        assertThat(orders.warningBeforeEnd()).isEqualTo(Duration.ZERO);
        assertThat(orders.mayRequest().includes(new Person("U1", "x"))).isTrue();
        assertThat(orders.mayRequest().includes(new Person("U2", "x"))).isFalse();
        assertThat(orders.approvers().includes(new Person("U2", "x"))).isTrue();
        EnvironmentRules dev = policy.rulesOf(new EnvironmentName("dev"));
        assertThat(dev).isEqualTo(policy.defaults());
        assertThat(dev.mayRequest().includes(new Person("U9", "x"))).isTrue();
        assertThat(dev.longestTotal()).isEqualTo(PolicyFiles.BUILT_IN.longestTotal());
    }

    @Test
    void every_problem_of_both_files_is_told_at_once() {
        assertThatThrownBy(() -> read("""
                        defaults: {default_duration: 9h, aprovals: 1}
                        environments:
                          Prod: {}
                          prod: {approvals: 2, approvers: [U2], may_request: [group:nobody, '<@U1>'], longest_total: 1h}
                        """, """
                        people:
                          - {id: U1, name: john.doe, github: same}
                          - {id: U1, name: 'a b', github: Same}
                          - {name: x}
                        groups: {platform: [U7]}
                        """))
                .isInstanceOfSatisfying(
                        PolicyProblems.class,
                        wrong -> assertThat(wrong.problems())
                                .contains(
                                        "access-policy.yaml: defaults.default_duration: is 9h, longer than longest_duration, 8h",
                                        "access-policy.yaml: environments.prod.longest_total: is 1h, shorter than longest_duration, 8h")
                                .anyMatch(line ->
                                        line.contains("defaults.aprovals: is not a known key; known are approvals,"))
                                .anyMatch(
                                        line -> line.contains("environments.Prod: \"Prod\" is not a valid environment"))
                                .anyMatch(line ->
                                        line.contains("prod.approvers: names 1 people, fewer than the 2 approvals"))
                                .anyMatch(line -> line.contains("prod.may_request: group nobody is not in people.yaml"))
                                .anyMatch(line -> line.contains("prod.may_request: \"<@U1>\" is none of everyone"))
                                .anyMatch(line -> line.contains("people.yaml: people[1].id: U1 is there twice"))
                                .anyMatch(line -> line.contains("people.yaml: people[1].name: is \"a b\""))
                                .anyMatch(line -> line.contains("people.yaml: people[1].github: Same is there twice"))
                                .anyMatch(line -> line.contains("people.yaml: people[2].id: is missing"))
                                .anyMatch(line ->
                                        line.contains("people.yaml: groups.platform: U7 is not among the people")));
    }

    @Test
    void what_is_not_yaml_or_not_there_is_a_problem() {
        assertThatThrownBy(() -> read("defaults: {", PEOPLE))
                .hasMessageContaining("access-policy.yaml: the file: line");
        assertThatThrownBy(() -> read("- a\n- b\n", PEOPLE)).hasMessageContaining("must be a mapping");
        assertThatThrownBy(() -> read("environments: [dev]\n", PEOPLE))
                .hasMessageContaining("environments: must be a mapping");
        assertThatThrownBy(() -> new PolicyFiles().read(Optional.empty(), Optional.empty()))
                .hasMessageContaining("access-policy.yaml: the file: is missing");
    }

    private static AccessPolicy read(String policy, String people) {
        return new PolicyFiles().read(Optional.of(policy.getBytes(UTF_8)), Optional.of(people.getBytes(UTF_8)));
    }
}
