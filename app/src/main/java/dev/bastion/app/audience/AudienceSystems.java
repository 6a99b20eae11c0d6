package dev.bastion.app.audience;

import dev.bastion.access.audience.AudienceDirectory;
import dev.bastion.access.audience.AudienceListing;
import dev.bastion.access.audience.AudienceReads;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.app.config.Settings;
import dev.bastion.github.client.GithubClient;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The three systems that keep external audiences.
 *
 * @param github empty where it is not configured
 * @param pagerduty empty where it is not configured
 * @param ownsSlack whether the client of Slack is closed with these
 */
public record AudienceSystems(
        Optional<GithubClient> github,
        SlackClient slack,
        Optional<PagerdutySchedules> pagerduty,
        boolean ownsSlack,
        InstantSource clock)
        implements AudienceDirectory, AutoCloseable {
    public static AudienceSystems of(
            Settings settings,
            Optional<GithubClient> github,
            SlackClient slack,
            boolean ownsSlack,
            InstantSource clock) {
        Settings.Pagerduty at = settings.pagerduty();
        return new AudienceSystems(
                github,
                slack,
                Optional.of(at)
                        .filter(given -> given.token().isGiven())
                        .map(given -> new PagerdutySchedules(given, clock)),
                ownsSlack,
                clock);
    }

    @Override
    public AudienceListing list(ExternalAudience audience) {
        return switch (audience.scheme()) {
            case GITHUB_TEAM ->
                new GithubTeams(
                                github.orElseThrow(() -> unconfigured(
                                        audience,
                                        "github.repository is not set",
                                        "set github.repository and its credentials")),
                                clock)
                        .list(audience);
            case SLACK_GROUP -> ofSlack(audience);
            case ON_CALL ->
                pagerduty
                        .orElseThrow(() -> unconfigured(
                                audience,
                                "pagerduty.token is not set",
                                "set pagerduty.token or pagerduty.token_file to a read-only API key"))
                        .list(audience);
        };
    }

    private AudienceListing ofSlack(ExternalAudience audience) {
        try {
            return AudienceListing.of(clock.instant(), slack.userGroupMembers(audience.id()));
        } catch (SlackFailure e) {
            throw e.error().equals("no_such_subteam")
                    ? refused(audience, e.error(), "check that the user group is in the workspace and not disabled", e)
                    : e;
        }
    }

    private static ObservationFailed unconfigured(ExternalAudience audience, String why, String remedy) {
        return refused(audience, why, remedy, new IllegalStateException(why));
    }

    static ObservationFailed refused(ExternalAudience audience, String answered, String remedy, Throwable cause) {
        return new ObservationFailed(
                new Fault.Refused(AudienceReads.systemOf(audience.scheme()), attempted(audience), answered, remedy),
                cause);
    }

    static String attempted(ExternalAudience audience) {
        return "asking who is in " + audience;
    }

    @Override
    public void close() {
        pagerduty.ifPresent(PagerdutySchedules::close);
        if (ownsSlack) {
            slack.close();
        }
    }
}
