package dev.bastion.access.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalAudienceTest {
    @ParameterizedTest
    @CsvSource({
        "github-team:acme/dba,          GITHUB_TEAM, acme/dba,          GitHub",
        "github-team:acme-eu/on-call_2, GITHUB_TEAM, acme-eu/on-call_2, GitHub",
        "slack-group:S0123ABC,          SLACK_GROUP, S0123ABC,          Slack",
        "oncall:PABC123,                ON_CALL,     PABC123,           PagerDuty"
    })
    void eachKindIsReadAndWrittenTheSame(String text, ExternalAudience.Scheme scheme, String id, String system) {
        ExternalAudience audience = ExternalAudience.parse(text);
        assertThat(audience).isEqualTo(new ExternalAudience(scheme, id));
        assertThat(audience.value()).isEqualTo(text).isEqualTo(audience.toString());
        assertThat(audience.scheme().system()).isEqualTo(system);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "github-team:dba          | is no GitHub audience; write the organization and the team's slug, in small letters, like github-team:acme/dba",
                "github-team:Acme/dba     | like github-team:acme/dba",
                "github-team:acme/DBA     | like github-team:acme/dba",
                "github-team:/dba         | like github-team:acme/dba",
                "github-team:acme/        | like github-team:acme/dba",
                "github-team:acme/dba/sub | like github-team:acme/dba",
                "github-team:acme/../x    | like github-team:acme/dba",
                "github-team:@acme/dba    | like github-team:acme/dba",
                "slack-group:s0123abc     | like slack-group:S0123ABC",
                "slack-group:@dba         | like slack-group:S0123ABC",
                "slack-group:U0123ABC     | like slack-group:S0123ABC",
                "oncall:pabc123           | like oncall:PABC123",
                "oncall:primary           | like oncall:PABC123",
                "oncall:                  | like oncall:PABC123"
            })
    void anIdOfAnotherFormSaysWhatToWrite(String text, String words) {
        assertThatThrownBy(() -> ExternalAudience.parse(text.strip()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"github-org:acme", "GitHub-Team:acme/dba", "oncal:PABC123", "Group:platform", ":x", "x\u2028:y"})
    void anUnknownWordNamesThoseThatExist(String text) {
        assertThatThrownBy(() -> ExternalAudience.parse(text))
                .hasMessageContaining("everyone, group:<name>, machine:<name>, github-team:acme/dba,"
                        + " slack-group:S0123ABC, oncall:PABC123")
                .hasMessageNotContaining("\u2028");
    }

    @Test
    void aLongIdIsCutInTheMessage() {
        assertThatThrownBy(() -> ExternalAudience.parse("oncall:" + "p".repeat(200)))
                .hasMessageContaining("p".repeat(60) + "...")
                .hasMessageNotContaining("p".repeat(61));
        assertThatThrownBy(() -> ExternalAudience.parse("oncall:" + "p".repeat(60)))
                .hasMessageNotContaining("...");
    }

    @Test
    void onlyAWordAndAColonAreWrittenLikeOne() {
        assertThat(ExternalAudience.isWrittenLike("okta:x")).isTrue();
        assertThat(ExternalAudience.isWrittenLike("U12345678")).isFalse();
        assertThat(ExternalAudience.isWrittenLike(":x")).isFalse();
    }

    @Test
    void aMembershipKeepsAnAccountAndWholeSeconds() {
        ExternalAudience audience = ExternalAudience.parse("oncall:PABC123");
        Membership membership = new Membership(audience, "PXYZ_9-8", Instant.parse("2026-01-15T10:30:00.9Z"));
        assertThat(membership.at()).isEqualTo("2026-01-15T10:30:00Z");
        assertThatThrownBy(() -> new Membership(audience, "a b", Instant.EPOCH)).hasMessageContaining("oncall:PABC123");
        assertThat(Membership.isAccount("a".repeat(100))).isTrue();
        assertThat(Membership.isAccount("a".repeat(101))).isFalse();
        assertThat(Membership.isAccount("")).isFalse();
    }

    @Test
    void audiencesAreInTheOrderOfTheirText() {
        assertThat(ExternalAudience.parse("github-team:acme/dba"))
                .isLessThan(ExternalAudience.parse("github-team:acme/dev"))
                .isLessThan(ExternalAudience.parse("oncall:PABC123"));
    }
}
