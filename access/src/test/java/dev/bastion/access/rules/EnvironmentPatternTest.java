package dev.bastion.access.rules;

import static dev.bastion.access.Examples.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.Examples;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.policy.AccessPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which environments a key of the policy names, and which of several keys applies. */
class EnvironmentPatternTest {
    private static final RulesByEnvironment RULES = new RulesByEnvironment(
            number(9),
            false,
            Map.of(Examples.PROD, rules(Audience.EVERYONE, false, 1), new EnvironmentName("prod/orders"), number(2)),
            Map.of(
                    new EnvironmentPattern("prod/*"), number(3),
                    new EnvironmentPattern("prod/eu-*"), number(4),
                    new EnvironmentPattern("*/*"), number(5)));

    private static EnvironmentRules number(int approvals) {
        return rules(Audience.EVERYONE, false, approvals);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "prod/*,     prod/orders,    true",
        "prod/*,     prod,           false",
        "prod/*,     prod/eu/orders, false",
        "prod/*,     preprod/orders, false",
        "prod/*,     prod-a/orders,  false",
        "*,          prod,           true",
        "*,          prod/orders,    false",
        "team-*/dev, team-a/dev,     true",
        "team-*/dev, team-a/b/dev,   false",
        "team-*/dev, team-a/dev2,    false",
        "team-*,     team,           false",
        "dev*,       dev,            true",
        "*-eu-*,     a-eu-b,         true",
        "*-eu-*,     a-eu,           false",
        "*a*a*a*b,   aaaaaaaaaaaaaa, false",
        "PROD-*,     prod-Orders_DB, true",
        "v1.*,       V1.2,           true",
    })
    void aStarStandsForWhateverIsInOnePartOfThePath(String pattern, String environment, boolean matches) {
        assertThat(new EnvironmentPattern(pattern).matches(new EnvironmentName(environment)))
                .isEqualTo(matches);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "*-dev, *-eu,   false",
        "*-dev, team-*, true",
        "*/dev, */prod, false",
        "*/dev, */d*,   true",
        "*/dev, *,      false",
        "a*c,   ab*,    true",
        "A*c,   aB*,    true",
    })
    void twoPatternsOverlapWhereOneNameCouldMatchBoth(String one, String other, boolean overlaps) {
        EnvironmentPattern left = new EnvironmentPattern(one);
        EnvironmentPattern right = new EnvironmentPattern(other);
        assertThat(left.overlaps(right)).isEqualTo(overlaps);
        assertThat(right.overlaps(left)).isEqualTo(overlaps);
    }

    @Test
    void aPatternIsWrittenAsItIs() {
        assertThat(new EnvironmentPattern("prod/*")).hasToString("prod/*");
        assertThat(new EnvironmentPattern("prod/*").literalPrefix()).isEqualTo(5);
        assertThat(new EnvironmentPattern("*-eu-*").literalPrefix()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod", "**", "prod/**", "*/../x", "/*", "*/", "a b*", "*\n", "[a-z]*", "?*"})
    void whatIsNoNameWithStarsIsNoPattern(String key) {
        assertThatThrownBy(() -> new EnvironmentPattern(key)).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "prod,         1, prod",
        "prod/orders,  2, prod/orders",
        "prod/other,   3, prod/*",
        "prod/eu-one,  4, prod/eu-*",
        "team/dev,     5, */*",
        "PROD,         1, PROD",
        "Prod/Eu-One,  4, prod/eu-*",
    })
    void theExactNameAppliesThenTheLongestLiteralPrefix(String environment, int approvals, String key) {
        EnvironmentName name = new EnvironmentName(environment);
        assertThat(RULES.of(name).approvals()).isEqualTo(approvals);
        assertThat(RULES.keyOf(name)).contains(key);
        assertThat(RULES.isNamed(name)).isTrue();
    }

    @Test
    void theOtherKeysThatMatchAreKnown() {
        RulesByEnvironment rules = new RulesByEnvironment(
                number(9),
                false,
                Map.of(new EnvironmentName("Prod/Eu-One"), number(1)),
                Map.of(
                        new EnvironmentPattern("*/*"), number(5),
                        new EnvironmentPattern("prod/eu-*"), number(4),
                        new EnvironmentPattern("prod/*"), number(3),
                        new EnvironmentPattern("dev*"), number(3)));
        assertThat(rules.keysOf(new EnvironmentName("prod/eu-ONE")))
                .containsExactly("prod/eu-ONE", "prod/eu-*", "prod/*", "*/*");
        assertThat(rules.keysOf(new EnvironmentName("prod/x"))).containsExactly("prod/*", "*/*");
        assertThat(rules.keysOf(new EnvironmentName("prod/x#2")))
                .as("a slot has the keys of its environment")
                .containsExactly("prod/*", "*/*");
        assertThat(RulesByEnvironment.of(rules.defaults(), Map.of(new EnvironmentName("Dev"), rules.defaults()))
                        .keysOf(new EnvironmentName("dev#2")))
                .containsExactly("dev");
        assertThat(RulesByEnvironment.of(rules.defaults(), Map.of(new EnvironmentName("Dev"), rules.defaults()))
                        .keyOf(new EnvironmentName("dev#2")))
                .contains("dev");
        assertThat(new RulesByEnvironment(
                                number(9), false, Map.of(), Map.of(new EnvironmentPattern("*-dev"), number(3)))
                        .keysOf(new EnvironmentName("a-dev#2")))
                .containsExactly("*-dev");
        assertThat(rules.keysOf(new EnvironmentName("x"))).isEmpty();
        assertThat(rules.of(new EnvironmentName("prod/eu-ONE")).approvals()).isOne();
    }

    @Test
    void whatNoKeyNamesHasTheDefaultsToEndByAndIsNobodys() {
        EnvironmentName unnamed = new EnvironmentName("production");
        AccessPolicy policy = new AccessPolicy(RULES, PeopleDirectory.NOBODY);
        assertThat(RULES.keyOf(unnamed)).isEmpty();
        assertThat(policy.rulesOf(unnamed).approvals()).isEqualTo(9);
        assertThat(policy.mayRequest(Examples.JOHN, unnamed)).isFalse();
        AccessPolicy open = new AccessPolicy(RulesByEnvironment.unnamed(number(0)), PeopleDirectory.NOBODY);
        assertThat(open.mayRequest(Examples.JOHN, unnamed)).isTrue();
    }
}
