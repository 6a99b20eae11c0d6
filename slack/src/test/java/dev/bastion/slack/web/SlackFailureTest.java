package dev.bastion.slack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.fault.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slack's answers as outcomes. */
class SlackFailureTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"users.info", "auth.test", "conversations.history", "conversations.open", "apps.connections.open"
            })
    void aReadWithoutAnAnswerDidNothing(String method) {
        assertThat(SlackFailure.down(method, "status 503").fault()).isInstanceOf(Fault.Later.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat.postMessage", "chat.update", "chat.postEphemeral", "views.open", "response_url"})
    void aWriteWithoutAnAnswerIsUnknown(String method) {
        assertThat(SlackFailure.down(method, "status 503").fault()).isInstanceOf(Fault.Unknown.class);
    }

    @Test
    void aLimitIsLaterAndSaysWhen() {
        assertThat(SlackFailure.busy("users.info", Duration.ofSeconds(30)).fault())
                .isInstanceOfSatisfying(
                        Fault.Later.class,
                        later -> assertThat(later.retryAfter()).contains(Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid_auth",
                "not_authed",
                "token_revoked",
                "token_expired",
                "account_inactive",
                "app_deleted",
                "org_login_required",
                "team_access_not_granted",
                "two_factor_setup_required",
                "ekm_access_denied",
                "access_denied",
                "accesslimited",
                "enterprise_is_restricted",
                "missing_scope",
                "no_permission",
                "not_allowed_token_type",
                "not_in_channel",
                "channel_not_found",
                "is_archived",
                "restricted_action",
            })
    void aRefusalForGoodHasAWayToRepairItAndDoesNotPass(String error) {
        assertThat(SlackErrors.passes(error)).isFalse();
        assertThat(SlackErrors.tokenRemedy(error)
                        .or(() -> SlackErrors.scopeRemedy(error))
                        .or(() -> SlackErrors.channelRemedy(error)))
                .as(error)
                .isPresent();
        assertThat(SlackFailure.setup("users.info", error, "repair it").fault())
                .isInstanceOfSatisfying(Fault.Refused.class, refused -> {
                    assertThat(refused.answered()).isEqualTo(error);
                    assertThat(refused.remedy()).isEqualTo("repair it");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "internal_error",
                "fatal_error",
                "service_unavailable",
                "request_timeout",
                "message_limit_exceeded"
            })
    void whatPassesByItselfIsNoRefusal(String error) {
        assertThat(SlackErrors.passes(error)).isTrue();
    }
}
