package dev.bastion.app.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.rules.ReasonRules;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonSettingsTest {
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final int TRIES = 20;

    private static ReasonRules rules(String defaults, String prod) {
        String policy = "defaults:\n" + defaults.indent(2) + "environments:\n  prod:\n    default_duration: 1h\n"
                + prod.indent(4);
        return new PolicyFiles()
                .read(new PolicyDocuments(Optional.of(policy.getBytes(UTF_8)), Optional.empty(), Optional.empty()))
                .rulesOf(PROD)
                .reasons();
    }

    private static Optional<Refusal> refusal(ReasonRules rules, String reason) {
        return rules.refusal(PROD, Reason.of(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "INC-[0-9]+,       INC-12 slow query,   true",
        "INC-[0-9]+,       slow query (INC-12), true",
        "INC-[0-9]+,       inc-12 slow query,   false",
        "INC-[0-9]+,       INC-,                false",
        "INC-[0-9]+,       '',                  false",
        "(?i)INC-[0-9]+,   inc-12,              true",
        "^INC-[0-9]+,      see INC-12,          false",
        "^INC-[0-9]+$,     INC-12,              true",
        "^INC-[0-9]+$,     INC-12 and more,     false",
        "'.{20,}',         too short,           false",
        "'.{20,}',         twenty characters and more, true",
        "'\\p{L}+-\\d{2,6}', ТИКЕТ-123,        true",
    })
    void aReasonMustContainThePattern(String pattern, String reason, boolean isEnough) {
        ReasonRules rules = rules("reason_required: false", "reason_pattern: '" + pattern + "'");
        assertThat(rules.isAnyRequired()).isTrue();
        assertThat(refusal(rules, reason))
                .isEqualTo(
                        isEnough
                                ? Optional.empty()
                                : Optional.of(new Refusal.ReasonMismatch(PROD, pattern, Optional.empty())));
    }

    @Test
    void anEnvironmentInheritsThePatternAndMayReplaceItOrItsHelp() {
        String defaults = "reason_pattern: INC-[0-9]+\nreason_help: Name the incident.";
        assertThat(refusal(rules(defaults, ""), "x"))
                .contains(new Refusal.ReasonMismatch(PROD, "INC-[0-9]+", Optional.of("Name the incident.")));
        assertThat(refusal(rules(defaults, "reason_help: Ask Jane."), "x"))
                .contains(new Refusal.ReasonMismatch(PROD, "INC-[0-9]+", Optional.of("Ask Jane.")));
        // the help explains the pattern that it stands beside
        assertThat(refusal(rules(defaults, "reason_pattern: CHG-[0-9]+"), "x"))
                .contains(new Refusal.ReasonMismatch(PROD, "CHG-[0-9]+", Optional.empty()));
        assertThat(rules(defaults, "reason_pattern: none").isAnyRequired()).isFalse();
        assertThat(rules("", "")).isEqualTo(ReasonRules.NONE);
        assertThat(rules(defaults, "")).isEqualTo(rules(defaults, ""));
    }

    /** Each would take minutes, a stack of its own or all memory in an engine that backtracks, or that writes counts out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|aa)+$",
                "(a|a?)+b",
                "(.*a){20}z",
                "^(([a-z])+.)+[A-Z]([a-z])+$",
                "(a?){300}a{1}b",
                "((((a*)*)*)*)*b",
                "(?:x+x+)+y",
                "([a ]+)*([a ]+)*([a ]+)*b",
                "(?:.|.)*(?:.|.)*(?:.|.)*\\d",
            })
    @Timeout(20)
    void noReasonTakesLong(String pattern) {
        ReasonRules rules = rules("", "reason_pattern: '" + pattern + "'");
        for (int attempt = 0; attempt < TRIES; attempt++) {
            for (String piece : new String[] {"a", "x", "ab", "a ", ".", "aaaaaaaaa!"}) {
                String reason = piece.repeat(Reason.LONGEST / piece.length()).strip();
                rules.refusal(PROD, Reason.cut(reason));
            }
        }
        assertThat(rules.isAnyRequired()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(INC-[0-9]+", // no expression
                "(?=INC)x", // look-around
                "(a)\\1", // back reference
                "INC-[0-9]*|", // an empty reason matches
                ".*",
                "((a{1000}){1000}){1000}", // all memory
                "((((((((a?){9}){9}){9}){9}){9}){9}){9}){9}",
                "(?:a{1,20}){1,20}",
                "a{99999999999}",
            })
    @Timeout(20)
    void anUnusablePatternIsAnErrorWithTheKey(String pattern) {
        assertThatThrownBy(() -> rules("", "reason_pattern: '" + pattern + "'"))
                .isInstanceOfSatisfying(
                        PolicyProblems.class,
                        wrong -> assertThat(wrong.problems())
                                .singleElement()
                                .asString()
                                .startsWith("access-policy.yaml: environments.prod.reason_pattern: "));
    }

    @Test
    void aPatternIsNeitherLongNorANumberAndAHelpHasSomethingToExplain() {
        for (String wrong : new String[] {
            "reason_pattern: '" + "a".repeat(ReasonSettings.LinearPattern.LONGEST + 1) + "'",
            "reason_pattern: 12",
            "reason_help: Name the incident.",
            "reason_pattern: INC\nreason_help: ' '",
            "reason_pattern: INC\nreason_help: " + "x".repeat(Reason.LONGEST + 1)
        }) {
            assertThatThrownBy(() -> rules("", wrong)).as(wrong).isInstanceOf(PolicyProblems.class);
        }
    }
}
